"""Districts belong to their city; real cities beside a large one do not."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from graph.model.places import City
from ingest.sources.places import Places

Find = Callable[[str, str], City]


@pytest.mark.parametrize(
    ("district", "city", "country"),
    [
        ("Brooklyn", "New York City", "US"),
        ("Manhattan", "New York City", "US"),
        ("Hollywood", "Los Angeles", "US"),
        ("Kreuzberg", "Berlin", "DE"),
        ("Altona", "Hamburg", "DE"),
        ("Altona-Nord", "Hamburg", "DE"),
        ("Gonsenheim", "Mainz", "DE"),
        ("Amsterdam-Zuidoost", "Amsterdam", "NL"),
        ("Islington", "London", "GB"),
        ("Paris 16 Passy", "Paris", "FR"),
        ("Lyon 02", "Lyon", "FR"),
        ("Üsküdar", "Istanbul", "TR"),
        ("Shibuya", "Tokyo", "JP"),
        ("Dhārāvi", "Mumbai", "IN"),
        ("Kowloon", "Hong Kong", "HK"),
        ("Zürich (Kreis 9)", "Zürich", "CH"),
    ],
)
def test_district(places: Places, district: str, city: str, country: str) -> None:
    whole = max((c for c in places.cities if (c.name, c.country) == (city, country)), key=lambda c: c.population)
    assert whole.id in {c.district_of for c in places.cities if (c.name, c.country) == (district, country)}


@pytest.mark.parametrize(
    ("name", "country"),
    [
        ("Delft", "NL"),
        ("Schiedam", "NL"),
        ("Haarlem", "NL"),
        ("Potsdam", "DE"),
        ("Newark", "US"),
        ("Jersey City", "US"),
        ("Yonkers", "US"),
        ("Pasadena", "US"),
        ("Yokohama", "JP"),
        ("Kawasaki", "JP"),
        ("Quezon City", "PH"),
        ("Makati City", "PH"),
        ("Giza", "EG"),
        ("New Delhi", "IN"),
        ("Thāne", "IN"),
        ("Guarulhos", "BR"),
        ("Mississauga", "CA"),
        ("Montreuil", "FR"),
        ("Watford", "GB"),
        ("Jūrmala", "LV"),
        ("Seversk", "RU"),
    ],
)
def test_city_of_its_own(find: Find, name: str, country: str) -> None:
    assert find(name, country).district_of is None


def test_a_district_belongs_to_a_larger_city_of_its_country_that_is_no_district(places: Places) -> None:
    by_key = {city.id: city for city in places.cities}
    districts = [city for city in places.cities if city.district_of]
    assert len(districts) > 2_000
    for district in districts:
        assert district.district_of is not None
        city = by_key[district.district_of]
        assert city.country == district.country
        assert city.population > district.population
        assert city.district_of is None
        assert not {"capital", "secondary-city"} & {trait.trait for trait in district.traits if trait.value}


def test_districts_come_after_every_city(places: Places) -> None:
    order = [city.district_of is not None for city in places.cities]
    assert order == sorted(order)
