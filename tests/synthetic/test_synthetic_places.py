"""The made-up work was done in real cities where its hazards are plausible."""

from __future__ import annotations

import csv
from collections import Counter, defaultdict
from pathlib import Path

from graph.model.places import City
from ingest.sources.names import normalised
from ingest.synthetic.checking import repeated
from ingest.synthetic.generating import Generated
from ingest.synthetic.truth import Truth
from tests.synthetic.hazards import HAZARDS

THIS_YEAR = 2026

Row = dict[str, str]


def _read(file: Path) -> list[Row]:
    with file.open(encoding="utf-8", newline="") as opened:
        return list(csv.DictReader(opened))


def test_each_city_name_with_its_country_means_one_city(
    rows: list[Row], truths: list[Truth], cities: dict[str, City], country_codes: dict[str, str]
) -> None:
    bearers: dict[tuple[str, str], set[str]] = defaultdict(set)
    for city in cities.values():
        for name in (city.name, *city.names):
            bearers[normalised(name), city.country].add(city.id)
    city_of = {truth.expertise: truth.city for truth in truths}
    for row in rows:
        for city, country in (("home_city", "home_country"), ("expertise_city", "expertise_country")):
            if row[city]:
                meant = bearers[normalised(row[city]), country_codes[row[country]]]
                assert len(meant) == 1, (row[city], row[country])
                if city == "expertise_city":
                    assert meant == {city_of[f"{row['alumnus_id']}/{row['expertise_id']}"]}


def test_hazards_fit_the_city(truths: list[Truth], cities: dict[str, City]) -> None:
    by_the_sea = {"coastal-flooding", "storm-surge", "sea-level-rise", "saltwater-intrusion"}
    checked: Counter[str] = Counter()
    for truth in truths:
        if truth.city is None:
            continue
        city = cities[truth.city]
        traits = {trait.trait for trait in city.traits if trait.value}
        for hazard in truth.hazards:
            checked[hazard] += 1
            if hazard in by_the_sea:
                assert traits & {"coastal", "delta"}, (hazard, city.name)
            if hazard in ("tsunami", "coastal-erosion"):
                assert "coastal" in traits, (hazard, city.name)
            if hazard in ("volcanic-ash", "avalanche", "glacial-lake-outburst", "desertification", "tropical-cyclone"):
                assert city.country not in ("NL", "BE", "DK"), (hazard, city.name)
            if hazard == "heavy-snow":
                assert city.country not in ("ID", "BR", "NG", "GH", "VN"), (hazard, city.name)
    assert min(checked[hazard] for hazard in by_the_sea) > 5


def test_actions_are_of_real_cities_and_say_that_they_are_made_up(
    made: Generated, cities: dict[str, City], country_codes: dict[str, str]
) -> None:
    actions = _read(made.actions)
    assert list(actions[0]) == ["city", "country", "title", "hazard", "measure", "status", "year", "source"]
    places = {(city.name, city.country) for city in cities.values()}
    for action in actions:
        assert (action["city"], country_codes[action["country"]]) in places
        assert action["hazard"] in HAZARDS
        assert "made up" in action["source"]
        assert 2000 <= int(action["year"]) <= THIS_YEAR
    assert len({action["city"] for action in actions}) >= 25
    assert repeated(f"{action['city']}{action['title']}" for action in actions) == []
