"""The demo network at 1,500 people, made once, and the real places that it uses."""

from __future__ import annotations

import csv
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

import pytest

from graph.model.places import City
from ingest.sources.places import Places, read_places
from ingest.synthetic import generating
from ingest.synthetic.checking import Figures, figures
from ingest.synthetic.generating import Generated, generate
from ingest.synthetic.truth import Truth, read_truth

PEOPLE = 1_500

Row = dict[str, str]


@pytest.fixture(scope="session")
def places() -> Places:
    return read_places()


@pytest.fixture(scope="module", autouse=True)
def _places_are_read_once(places: Places) -> Iterator[None]:
    """The places are the real ones; reading them anew for each small network would take most of the time."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(generating, "read_places", lambda: places)
        yield


@pytest.fixture(scope="session")
def made(tmp_path_factory: pytest.TempPathFactory) -> Generated:
    return generate(tmp_path_factory.mktemp("network"), people=PEOPLE)


@pytest.fixture(scope="session")
def rows(made: Generated) -> list[Row]:
    return _read(made.alumni)


@pytest.fixture(scope="session")
def people(rows: list[Row]) -> dict[str, list[Row]]:
    by_person: dict[str, list[Row]] = defaultdict(list)
    for row in rows:
        by_person[row["alumnus_id"]].append(row)
    return by_person


@pytest.fixture(scope="session")
def truths(made: Generated) -> list[Truth]:
    return list(read_truth(made.truth))


@pytest.fixture(scope="session")
def counted(truths: list[Truth]) -> Figures:
    return figures(truths)


@pytest.fixture(scope="session")
def cities(places: Places) -> dict[str, City]:
    return {city.id: city for city in places.cities}


@pytest.fixture(scope="session")
def country_codes(places: Places) -> dict[str, str]:
    return {country.name: country.code for country in places.countries}


def _read(file: Path) -> list[Row]:
    with file.open(encoding="utf-8", newline="") as opened:
        return list(csv.DictReader(opened))
