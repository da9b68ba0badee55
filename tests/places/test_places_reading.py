"""What `read_places` gives as a whole: counts, closed references, exposure, equal values each time."""

from __future__ import annotations

import pytest

from graph.errors import WrongInput
from graph.model.places import City
from ingest.sources.geonames import LargestPlaces
from ingest.sources.places import Places, read_places
from ingest.tables import rows

HAZARDS = {
    "flooding",
    "storm-surge",
    "coastal-erosion",
    "coastal-flooding",
    "tsunami",
    "river-erosion",
    "estuarine-flooding",
    "sea-level-rise",
    "soil-erosion",
    "flash-flooding",
    "tropical-cyclone",
    "landslide",
    "riverine-flooding",
    "extratropical-storm",
    "land-subsidence",
    "groundwater-flooding",
    "strong-wind",
    "earthquake",
    "surface-water-flooding",
    "tornado",
    "volcanic-ash",
    "glacial-lake-outburst",
    "heavy-rain",
    "avalanche",
    "sewer-flooding",
    "hail",
    "desertification",
    "drought",
    "heavy-snow",
    "wildfire",
    "water-scarcity",
    "heatwave",
    "biodiversity-loss",
    "groundwater-depletion",
    "cold-wave",
    "algal-bloom",
    "saltwater-intrusion",
    "dam-failure",
    "eutrophication",
    "soil-salinity",
    "water-supply-failure",
    "water-pollution",
    "waterborne-disease",
    "vector-borne-disease",
    "air-pollution",
}
"""The identifiers of the working vocabulary, written out here so that the tables are held to them."""


def city_of(places: Places, key: str) -> City:
    return next(city for city in places.cities if city.id == key)


def test_all_places_of_the_source_are_there_once(places: Places) -> None:
    assert 33_000 < len(places.cities) < 36_000
    assert len({city.id for city in places.cities}) == len(places.cities)
    assert 245 < len(places.countries) < 255
    assert all(isinstance(city.id, str) for city in places.cities)


def test_rotterdam_as_read(places: Places) -> None:
    rotterdam = city_of(places, "2747891")
    assert (rotterdam.name, rotterdam.country) == ("Rotterdam", "NL")
    assert rotterdam.population > 500_000
    assert "鹿特丹" in rotterdam.names
    assert rotterdam.name not in rotterdam.names
    assert "" not in rotterdam.names


def test_regions_are_closed_and_end_in_the_world(places: Places) -> None:
    within = {region.code: region.within for region in places.regions}
    assert [code for code, parent in within.items() if parent is None] == ["001"]
    for country in places.countries:
        code: str | None = country.region
        assert code is not None, f"{country.name} lies in no region"
        while code != "001":
            code = within[code]
            assert code is not None
    assert {city.country for city in places.cities} <= {country.code for country in places.countries}


def test_a_region_stands_before_those_that_lie_in_it(places: Places) -> None:
    seen: set[str] = set()
    for region in places.regions:
        assert region.within is None or region.within in seen
        seen.add(region.code)


def test_innermost_regions(places: Places) -> None:
    region = {country.code: country.region for country in places.countries}
    assert (region["NG"], region["VN"], region["NL"], region["FJ"]) == ("011", "035", "155", "054")
    assert region["XK"] == "039"
    assert region["TW"] == "030"


def test_country_exposure_is_the_whole_countrys(places: Places) -> None:
    assert len(places.country_exposure) > 230
    for code, levels in places.country_exposure.items():
        assert code in {country.code for country in places.countries}
        assert len({exposure.hazard for exposure in levels}) == len(levels)
        for exposure in levels:
            assert exposure.hazard in HAZARDS
            assert exposure.level in {"high", "medium", "low", "very low"}
            assert exposure.grain == "country"
            assert "ThinkHazard" in exposure.source
    dutch = {exposure.hazard: exposure.level for exposure in places.country_exposure["NL"]}
    assert dutch["riverine-flooding"] == "high"
    for renamed in ("CD", "YE", "TL", "RS", "PS", "FR", "NA"):
        assert renamed in places.country_exposure


def test_derived_exposure_names_its_traits_and_has_no_level(places: Places) -> None:
    for city in places.cities:
        assert len({exposure.hazard for exposure in city.exposure}) == len(city.exposure)
        traits = {trait.trait for trait in city.traits if trait.value}
        for exposure in city.exposure:
            assert exposure.hazard in HAZARDS
            assert (exposure.level, exposure.grain, exposure.year) == (None, "derived", None)
            assert any(f"{trait}: " in exposure.source for trait in traits)


def test_a_hazard_that_two_traits_bring_is_one_exposure_with_both_reasons(places: Places) -> None:
    alexandria = next(city for city in places.cities if city.name == "Alexandria" and city.country == "EG")
    rise = [exposure for exposure in alexandria.exposure if exposure.hazard == "sea-level-rise"]
    assert len(rise) == 1
    assert "coastal: " in rise[0].source
    assert "delta: " in rise[0].source


def test_reading_twice_gives_equal_values(places: Places) -> None:
    assert read_places() == places


def test_the_delta_table_is_long_and_sourced() -> None:
    table = rows("deltas.csv")
    assert len({row["name"] for row in table}) == len(table) >= 60
    for row in table:
        assert row["source"]
        assert len(row["outline"].split(";")) >= 3


def test_a_name_that_the_source_no_longer_has_is_an_error_that_says_where() -> None:
    with pytest.raises(WrongInput, match=r"districts\.csv") as error:
        LargestPlaces([]).named("Rotterdam", "NL", "districts.csv")
    assert "Rotterdam" in error.value.detail
    assert "ingest/tables/districts.csv" in error.value.mend
