"""Cities and countries by the names that an alumni office has in its files."""

from __future__ import annotations

import pytest

from ingest.sources.cities_by_name import CityNames, country_code
from ingest.sources.names import normalised


@pytest.mark.parametrize("name", ["Rotterdam", "ROTTERDAM", " rotterdam ", "鹿特丹", "Роттердам"])
def test_a_name_in_any_script_and_case(names: CityNames, name: str) -> None:
    assert names.resolve(name, "NL")[0].id == "2747891"


def test_a_shared_name_shows_every_city_the_largest_first(names: CityNames) -> None:
    found = names.resolve("Rotterdam")
    assert [city.country for city in found[:2]] == ["NL", "US"]
    populations = [city.population for city in names.resolve("Springfield") if city.name == "Springfield"]
    assert len(populations) > 5
    assert populations == sorted(populations, reverse=True)


def test_a_citys_own_name_goes_before_another_citys_other_name(names: CityNames) -> None:
    assert [city.name for city in names.resolve("New Delhi", "IN")[:2]] == ["New Delhi", "Delhi"]
    assert names.resolve("Manhattan", "US")[0].district_of == "5128581"


def test_names_without_marks_and_former_names(names: CityNames) -> None:
    assert names.resolve("Can Tho")[0].name == "Cần Thơ"
    assert names.resolve("Sao Paulo", "BR")[0].name == "São Paulo"
    assert names.resolve("s Hertogenbosch")[0].name == "'s-Hertogenbosch"
    assert names.resolve("Bombay")[0].name == "Mumbai"


def test_vowel_signs_are_no_accents() -> None:
    assert normalised("दिल्ली") != normalised("दल्ल")
    assert normalised("Đà Nẵng") == "da nang"


def test_districts_are_found_too(names: CityNames) -> None:
    assert names.resolve("Brooklyn", "US")[0].district_of == "5128581"


@pytest.mark.parametrize("name", ["", "  ", "?", "Nowhereville"])
def test_no_city(names: CityNames, name: str) -> None:
    assert names.resolve(name) == []


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Viet Nam", "VN"),
        ("vietnam", "VN"),
        ("越南", "VN"),
        ("هولندا", "NL"),
        ("España", "ES"),
        ("NL", "NL"),
        ("nld", "NL"),
        ("Scotland", "GB"),
        ("Kosovo", "XK"),
        ("USSR", None),
        ("EU", None),
        ("AN", None),
        ("Neverland", None),
        ("", None),
    ],
)
def test_country(text: str, code: str | None) -> None:
    assert country_code(text) == code
