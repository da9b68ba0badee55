"""Sixty questions over the demo network, each with what it asks for: a hazard, and where or when it was handled."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Asked:
    """A question and its meaning: `trait`, `country` and `region` (M49) are those of where it was gained."""

    question: str
    hazard: str
    trait: str | None = None
    country: str | None = None
    region: str | None = None
    since: int | None = None


QUESTIONS = (
    Asked("who has handled coastal flooding in a delta city", "coastal-flooding", trait="delta"),
    Asked("who knows about drought in Eastern Africa", "drought", region="014"),
    Asked("people who dealt with flash floods in Latin America", "flash-flooding", region="419"),
    Asked("experience with saltwater intrusion in delta cities", "saltwater-intrusion", trait="delta"),
    Asked("who worked on landslides since 2010", "landslide", since=2010),
    Asked("experts on riverine flooding in Bangladesh", "riverine-flooding", country="BD"),
    Asked("who has reduced heat waves in a megacity", "heatwave", trait="megacity"),
    Asked("people with experience of storm surges in coastal cities", "storm-surge", trait="coastal"),
    Asked("who handled tropical cyclones on islands", "tropical-cyclone", trait="island"),
    Asked("water scarcity in Western Asia", "water-scarcity", region="145"),
    Asked("who has worked on land subsidence in Indonesia", "land-subsidence", country="ID"),
    Asked("sewer flooding in capitals", "sewer-flooding", trait="capital"),
    Asked("who knows about groundwater depletion in South Asia", "groundwater-depletion", region="034"),
    Asked("coastal erosion in West Africa", "coastal-erosion", region="011"),
    Asked("who fought wildfires in Southern Europe", "wildfire", region="039"),
    Asked("experts on water pollution in Vietnam", "water-pollution", country="VN"),
    Asked("who has experience with dam failure", "dam-failure"),
    Asked("waterborne disease in sub-Saharan Africa", "waterborne-disease", region="202"),
    Asked("who dealt with sea level rise in small island states", "sea-level-rise", trait="small-island-state"),
    Asked("surface water flooding in secondary cities", "surface-water-flooding", trait="secondary-city"),
    Asked("soil erosion in Ethiopia", "soil-erosion", country="ET"),
    Asked("who has handled algal blooms since 2015", "algal-bloom", since=2015),
    Asked("soil salinity in Egypt", "soil-salinity", country="EG"),
    Asked("floods in the Philippines", "flooding", country="PH"),
    Asked("who knows about flooding in Mexico since 2012", "flooding", country="MX", since=2012),
    Asked("drought in Brazil", "drought", country="BR"),
    Asked("who has worked on water supply failure in India", "water-supply-failure", country="IN"),
    Asked("earthquakes in Asia", "earthquake", region="142"),
    Asked("people who prepared for a tsunami in Indonesia", "tsunami", country="ID"),
    Asked("volcanic ash in Latin America", "volcanic-ash", region="419"),
    Asked("who handled glacial lake outburst floods", "glacial-lake-outburst"),
    Asked("heavy snow in Europe", "heavy-snow", region="150"),
    Asked("who has experience with hail", "hail"),
    Asked("cold waves in Europe", "cold-wave", region="150"),
    Asked("desertification in Northern Africa", "desertification", region="015"),
    Asked("biodiversity loss in South-East Asia", "biodiversity-loss", region="035"),
    Asked("who has worked on eutrophication in Europe", "eutrophication", region="150"),
    Asked("air pollution in megacities", "air-pollution", trait="megacity"),
    Asked("vector-borne disease in Asia", "vector-borne-disease", region="142"),
    Asked("groundwater flooding in the Netherlands", "groundwater-flooding", country="NL"),
    Asked("river erosion in South Asia", "river-erosion", region="034"),
    Asked("estuarine flooding in a delta city", "estuarine-flooding", trait="delta"),
    Asked("heavy rain in South-East Asia", "heavy-rain", region="035"),
    Asked("who has handled strong winds in coastal cities", "strong-wind", trait="coastal"),
    Asked("tornadoes in Northern America", "tornado", region="021"),
    Asked("avalanches in Europe", "avalanche", region="150"),
    Asked("extratropical storms in Europe", "extratropical-storm", region="150"),
    Asked("inundaciones en Colombia", "flooding", country="CO"),
    Asked("quién ha trabajado con sequía en América del Sur", "drought", region="005"),
    Asked("qui a géré des inondations au Sénégal", "flooding", country="SN"),
    Asked("expérience de la sécheresse en Afrique de l'Ouest", "drought", region="011"),
    Asked("quem trabalhou com inundações em Moçambique", "flooding", country="MZ"),
    Asked("erosão costeira no Brasil", "coastal-erosion", country="BR"),
    Asked("wie heeft ervaring met verzilting in een deltastad", "saltwater-intrusion", trait="delta"),
    Asked("siapa yang menangani banjir di Jakarta", "flooding", country="ID"),
    Asked("kekeringan di Indonesia", "drought", country="ID"),
    Asked("ai có kinh nghiệm về xâm nhập mặn ở Việt Nam", "saltwater-intrusion", country="VN"),
    Asked("谁处理过中国的干旱", "drought", country="CN"),
    Asked("中国的内涝", "surface-water-flooding", country="CN"),
    Asked("من عمل على الجفاف في المغرب", "drought", country="MA"),
)
