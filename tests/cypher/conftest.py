"""A small made-up network on both engines, read by researchers' Cypher. All people, cities and reports are made up."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from graph.engines.port import Engine
from graph.engines.reading import Reader, open_reader
from graph.model.hazards import Action, Hazard, Measure, Reduces
from graph.model.links import Link, Linked
from graph.model.people import Alumnus, Expertise, Job, Source, Spoken, Study
from graph.model.places import City, CityTrait, Country, Exposure, Region, Trait
from graph.model.stored import StoredPerson
from graph.store.actions import ActionStore
from graph.store.hazards import HazardStore
from graph.store.migrating import migrate
from graph.store.network import NetworkStore
from graph.store.people import PeopleStore, fingerprint
from graph.store.places import PlaceStore
from tests.servers.neo4j_server import Server

HAZARDS = (
    Hazard("flooding", "Flooding", "Made-up definition.", "MH0600"),
    Hazard(
        "coastal-flooding", "Coastal flooding", "Made-up.", "MH0601", ("sea flood",), ("flooding",), ("soil-salinity",)
    ),
    Hazard("soil-salinity", "Soil salinity", "Made-up definition.", None),
)
MEASURES = (Measure("dike", "Dike", "structural", "A made-up wall.", (Reduces("coastal-flooding", "Keeps it out."),)),)
DELTA = Trait("delta", "delta", "lies in a river delta", complete=False)
CITIES = (
    City(
        "10", "Made-up Port", "AA", 900_000, 1.25, 103.5, ("Port",), (CityTrait("delta", True, "made up"),),
        (Exposure("coastal-flooding", None, "derived", "it lies by the sea", None),),
    ),
    City("20", "Inland", "AA", 200_000, -2.0, 100.0),
    City("30", "Old Quarter", "AA", 50_000, 1.26, 103.5, district_of="10"),
)  # fmt: skip
SOURCE = Source("made-up survey", "2026-01-01")


@dataclass(frozen=True)
class Cypher:
    """A loaded engine, what reads it, and what it is called."""

    engine: Engine
    reader: Reader
    home: Path


def person(key: str, name: str, *texts: str) -> StoredPerson:
    expertises = tuple(
        Expertise(
            f"{key}/{number}", text, "project", SOURCE, language="en", city="10", country="AA", since=2010 + number,
            until=2012 + number, project="Safe Shores",
        )
        for number, text in enumerate(texts, 1)
    )  # fmt: skip
    alumnus = Alumnus(
        key=key, name=name, source=SOURCE, country="AA", home_city="10", home_country="AA", synthetic=True,
        languages=(Spoken("en"),), studies=(Study("Flood Risk Management", 2012),),
        jobs=(Job("Department of Dikes", "government", "Head", "manager", None, 2019, None, "10"),),
        expertises=expertises,
    )  # fmt: skip
    linked = Linked(
        (Link("coastal-flooding", 0.75, ("dike",), "words", "linker-1"),), (Link("dike", 1.0, ("dike",)),), "en"
    )
    return StoredPerson(alumnus, {each.key: linked for each in expertises}, fingerprint(alumnus))


def load(engine: Engine) -> None:
    """Load the made-up network through the stores, as a load does."""
    migrate(engine)
    HazardStore(engine).put_hazards(HAZARDS)
    HazardStore(engine).put_measures(MEASURES)
    regions = (Region("001", "World"), Region("150", "Made-up Region", "001"))
    exposed = {"AA": (Exposure("flooding", "high", "country", "made-up report", 2020),)}
    PlaceStore(engine).put(regions, (Country("AA", "Made-up Land", "150"),), (DELTA,), CITIES, exposed)
    PeopleStore(engine).put(
        [
            person("A-1", "Made-up Person Ünal", "Raised the dike.", "Mapped salt."),
            person("A-2", "Made-up Lee", "A dike."),
        ]
    )
    ActionStore(engine).put(
        [Action("a1", "10", "Raise the dike", "done", 2020, "made up", ("coastal-flooding",), ("dike",))]
    )
    NetworkStore(engine).set_kind("own")
    NetworkStore(engine).advance()


@pytest.fixture(scope="module", params=["embedded", "neo4j"])
def cypher(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Cypher]:
    """The loaded network on each engine, anew for each file of tests: others use the same Neo4j in between."""
    home = tmp_path_factory.mktemp("network")
    if request.param == "embedded":
        from graph.engines.embedded import EmbeddedEngine

        yield from _reading(EmbeddedEngine(home / "graph"), home)
        return
    from graph.engines.neo4j_engine import Neo4jEngine

    server: Server = request.getfixturevalue("neo4j_server")
    yield from _reading(Neo4jEngine(server.uri, server.username, server.password), home)


def _reading(engine: Engine, home: Path) -> Iterator[Cypher]:
    load(engine)
    reader = open_reader(engine, home)
    try:
        yield Cypher(engine, reader, home)
    finally:
        reader.close()
        engine.close()
