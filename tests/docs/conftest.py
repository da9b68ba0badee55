"""The guide's network on each engine, and all of its people as Python values, for counting another way."""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import pytest

from api.settings import read_settings
from api.wiring import Network
from graph.engines.reading import Reader, open_reader
from graph.model.people import Alumnus, Expertise
from ingest.sources.places import Places, read_places
from tests.docs import made_up_network
from tests.servers.neo4j_server import Server


@dataclass
class Guided:
    """The network, what reads it, and what it holds, put together in Python."""

    network: Network
    reader: Reader
    places: Places
    files: Path

    @cached_property
    def people(self) -> tuple[Alumnus, ...]:
        return tuple(stored.alumnus for stored in self._stored)

    @cached_property
    def links(self) -> dict[str, tuple[tuple[str, ...], tuple[str, ...]]]:
        """Hazards and measures by expertise."""
        return {
            key: (tuple(link.id for link in linked.hazards), tuple(link.id for link in linked.measures))
            for stored in self._stored
            for key, linked in stored.links.items()
        }

    @cached_property
    def scores(self) -> list[float]:
        return sorted(
            link.score for stored in self._stored for linked in stored.links.values() for link in linked.hazards
        )

    def about(self, expertise: Expertise, hazard: str) -> bool:
        """Whether it applies to the hazard or a kind of it."""
        return any(hazard in self.broader(each) for each in self.links[expertise.key][0])

    def broader(self, hazard: str) -> set[str]:
        """The hazard and all that it is a kind of."""
        known = self.network.vocabulary.hazards
        return {hazard}.union(*(self.broader(each) for each in known[hazard].kind_of))

    def knowing(self, hazard: str) -> dict[str, set[str]]:
        """Who has expertise on the hazard, with the keys of it."""
        own = {
            person.key: {each.key for each in person.expertises if self.about(each, hazard)} for person in self.people
        }
        return {person: keys for person, keys in own.items() if keys}

    def traits(self, city: str | None) -> set[str]:
        found = self._cities.get(city or "")
        return {trait.trait for trait in found.traits if trait.value} if found else set()

    def countries_of(self, region: str) -> set[str]:
        within = {each.code: each.within for each in self.places.regions}

        def inside(code: str | None) -> bool:
            return code is not None and (code == region or inside(within[code]))

        return {country.code for country in self.places.countries if inside(country.region)}

    def country(self, code: str) -> str:
        return self._countries[code]

    def city_name(self, city: str) -> str:
        return self._cities[city].name

    @cached_property
    def _stored(self):  # type: ignore[no-untyped-def]
        return list(self.network.people.all())

    @cached_property
    def _cities(self):  # type: ignore[no-untyped-def]
        return {city.id: city for city in self.places.cities}

    @cached_property
    def _countries(self) -> dict[str, str]:
        return {country.code: country.name for country in self.places.countries}


@pytest.fixture(scope="session")
def places() -> Places:
    """All places of the world."""
    return read_places()


@pytest.fixture(scope="module", params=["embedded", "neo4j"])
def guided(
    request: pytest.FixtureRequest, places: Places, made_once: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Guided]:
    """The made-up network on each engine, open in this process."""
    home = tmp_path_factory.mktemp("guided") / "network"
    environment = {name: value for name, value in os.environ.items() if not name.startswith(("C2C_", "NEO4J_"))}
    if request.param == "embedded":
        made_up_network.embedded(environment, made_once, home)
        environment |= {"C2C_STORE": f"embedded:{home}"}
    else:
        server: Server = request.getfixturevalue("neo4j_server")
        environment |= made_up_network.on_server(server, home)
        made_up_network.load(environment, made_once)
    with Network(read_settings(environment)) as network:
        reader = open_reader(network.engine, network.home)
        try:
            yield Guided(network, reader, places, made_once / made_up_network.FILES)
        finally:
            reader.close()
