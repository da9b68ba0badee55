from __future__ import annotations

from collections.abc import Callable

import pytest

from graph.model.places import City
from ingest.sources.cities_by_name import CityNames
from ingest.sources.places import Places, read_places

Find = Callable[[str, str], City]


@pytest.fixture(scope="session")
def places() -> Places:
    return read_places()


@pytest.fixture(scope="session")
def names(places: Places) -> CityNames:
    return CityNames(places.cities)


@pytest.fixture(scope="session")
def find(names: CityNames) -> Find:
    def of_country(name: str, country: str) -> City:
        found = names.resolve(name, country)
        assert found, f"no {name} in {country}"
        return found[0]

    return of_country
