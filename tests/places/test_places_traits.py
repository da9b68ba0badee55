"""Traits of cities that people name in their questions, as a facilitator would look them up."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from graph.model.places import TRAITS_WITH_DATA, City
from ingest.sources.places import Places

Find = Callable[[str, str], City]


def value(city: City, trait: str) -> bool | None:
    return next((known.value for known in city.traits if known.trait == trait), None)


def ground(city: City, trait: str) -> str:
    return next(known.ground for known in city.traits if known.trait == trait)


@pytest.mark.parametrize(
    ("name", "country"),
    [
        ("Rotterdam", "NL"),
        ("Dordrecht", "NL"),
        ("Ho Chi Minh City", "VN"),
        ("Can Tho", "VN"),
        ("Dhaka", "BD"),
        ("Khulna", "BD"),
        ("Kolkata", "IN"),
        ("Alexandria", "EG"),
        ("New Orleans", "US"),
        ("Jakarta", "ID"),
        ("Bangkok", "TH"),
        ("Shanghai", "CN"),
        ("Guangzhou", "CN"),
        ("Beira", "MZ"),
        ("Guayaquil", "EC"),
        ("Karachi", "PK"),
        ("Hai Phong", "VN"),
        ("Yangon", "MM"),
        ("Port Harcourt", "NG"),
        ("Saint-Louis", "SN"),
        ("Port Said", "EG"),
        ("Basra", "IQ"),
        ("Quelimane", "MZ"),
        ("Cuttack", "IN"),
        ("Tulcea", "RO"),
    ],
)
def test_delta_city(find: Find, name: str, country: str) -> None:
    city = find(name, country)
    assert value(city, "delta") is True
    assert "delta" in ground(city, "delta")
    assert "Edmonds et al. 2020" in ground(city, "delta") or "drawn by hand" in ground(city, "delta")
    assert {"land-subsidence", "riverine-flooding"} <= {exposure.hazard for exposure in city.exposure}


@pytest.mark.parametrize(
    ("name", "country"), [("Madrid", "ES"), ("Denver", "US"), ("Lagos", "NG"), ("Nairobi", "KE"), ("Paris", "FR")]
)
def test_no_delta_city(find: Find, name: str, country: str) -> None:
    assert value(find(name, country), "delta") is False


def test_a_miss_near_the_sea_says_nothing(find: Find) -> None:
    assert value(find("Chittagong", "BD"), "delta") is None
    assert value(find("Ulaanbaatar", "MN"), "delta") is False


def test_lagos_is_coastal_and_lies_on_a_lagoon(find: Find) -> None:
    lagos = find("Lagos", "NG")
    assert value(lagos, "coastal") is True
    assert "lagoon" in ground(lagos, "delta")


@pytest.mark.parametrize(
    ("name", "country", "coastal"),
    [
        ("Alexandria", "EG", True),
        ("Malé", "MV", True),
        ("Rotterdam", "NL", None),
        ("Bangkok", "TH", None),
        ("Amsterdam", "NL", None),
        ("Madrid", "ES", False),
        ("Nairobi", "KE", False),
        ("Paris", "FR", False),
    ],
)
def test_coastal_is_yes_no_or_unknown(find: Find, name: str, country: str, coastal: bool | None) -> None:
    assert value(find(name, country), "coastal") is coastal


@pytest.mark.parametrize(
    ("name", "country"),
    [
        ("Malé", "MV"),
        ("Honolulu", "US"),
        ("Zanzibar", "TZ"),
        ("Singapore", "SG"),
        ("London", "GB"),
        ("Jakarta", "ID"),
        ("Colombo", "LK"),
        ("Reykjavík", "IS"),
        ("Odense", "DK"),
    ],
)
def test_island_names_its_size(find: Find, name: str, country: str) -> None:
    city = find(name, country)
    assert value(city, "island") is True
    assert "km2" in ground(city, "island")


def test_no_island(places: Places, find: Find) -> None:
    for name, country in [("Nairobi", "KE"), ("Paris", "FR"), ("Lisbon", "PT"), ("Sydney", "AU")]:
        assert value(find(name, country), "island") is None
    assert next(trait for trait in places.traits if trait.id == "island").complete


def test_size_and_rank(find: Find) -> None:
    assert value(find("Suva", "FJ"), "small-island-state") is True
    assert value(find("Colombo", "LK"), "small-island-state") is None
    assert value(find("Dhaka", "BD"), "megacity") is True
    assert "World Urbanization Prospects" in ground(find("Dhaka", "BD"), "megacity")
    assert value(find("London", "GB"), "megacity") is None
    assert value(find("Brooklyn", "US"), "megacity") is True
    assert value(find("Rotterdam", "NL"), "secondary-city") is True
    assert value(find("Amsterdam", "NL"), "secondary-city") is None
    assert value(find("Dhaka", "BD"), "secondary-city") is None
    assert value(find("Delft", "NL"), "secondary-city") is None


@pytest.mark.parametrize(
    ("name", "country"),
    [
        ("Amsterdam", "NL"),
        ("New Delhi", "IN"),
        ("Washington", "US"),
        ("Astana", "KZ"),
        ("Cape Town", "ZA"),
        ("La Paz", "BO"),
        ("Malé", "MV"),
    ],
)
def test_capital(find: Find, name: str, country: str) -> None:
    assert value(find(name, country), "capital") is True


def test_every_country_with_places_has_at_most_three_capitals_and_nearly_all_have_one(places: Places) -> None:
    capitals: dict[str, int] = {}
    for city in places.cities:
        capitals[city.country] = capitals.get(city.country, 0) + (value(city, "capital") is True)
    assert max(capitals.values()) == 3
    assert {country for country, count in capitals.items() if not count} == {"BQ"}


def test_every_trait_has_a_ground_and_a_rule(places: Places) -> None:
    assert {trait.id for trait in places.traits} == TRAITS_WITH_DATA
    assert all(trait.rule.endswith(".") for trait in places.traits)
    complete = {trait.id for trait in places.traits if trait.complete}
    assert not {"delta", "coastal"} & complete
    for city in places.cities:
        assert len({known.trait for known in city.traits}) == len(city.traits)
        for known in city.traits:
            assert known.trait in TRAITS_WITH_DATA
            assert known.ground
            assert known.value or known.trait not in complete
