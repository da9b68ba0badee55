"""Neo4j stopped in the middle of a load: it goes on when the server is back, or stops and completes when run again."""

from __future__ import annotations

import csv
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from graph.contacts import ContactStore
from graph.engines import neo4j_engine
from graph.engines.embedded import EmbeddedEngine
from graph.engines.neo4j_engine import Neo4jEngine
from graph.engines.neo4j_trying import WAITING
from graph.engines.patience import waiting_for_the_graph
from graph.engines.port import Engine
from graph.errors import Unavailable
from graph.exporting.elements import all_nodes, all_relationships
from graph.model.places import City
from graph.schema import NODES
from graph.store.hazards import HazardStore
from graph.store.network import NetworkStore
from graph.store.people import PeopleStore
from graph.store.places import PlaceStore
from ingest.imports import ImportLog
from ingest.pipeline import load_people
from ingest.sources.places import Places, read_places
from ingest.stores import Stores
from ingest.synthetic.generating import generate
from nlp.embedders.static import StaticEmbedder
from nlp.linker import HazardLinker
from nlp.vocabulary import vocabulary
from tests.servers.neo4j_server import OwnServer

PEOPLE = 300
SECONDS_AWAY = 3.0


class Office:
    """Loads one file of made-up alumni into any engine, with only the cities that the file names."""

    def __init__(self, directory: Path) -> None:
        generate(directory, people=PEOPLE)
        self.file = directory / "alumni.csv"
        with self.file.open(encoding="utf-8", newline="") as lines:
            named = {row[column] for row in csv.DictReader(lines) for column in row if column.endswith("city")}
        self.places: Places = read_places()
        self.cities: Sequence[City] = [
            replace(city, district_of=None) for city in self.places.cities if city.name in named
        ]
        self.linker = HazardLinker(vocabulary(), StaticEmbedder())

    def put_places(self, engine: Engine) -> None:
        engine.define()
        hazards, places = HazardStore(engine), self.places
        hazards.put_hazards(tuple(vocabulary().hazards.values()))
        hazards.put_measures(tuple(vocabulary().measures.values()))
        PlaceStore(engine).put(places.regions, places.countries, places.traits, self.cities, {})

    def load(self, engine: Engine, home: Path) -> None:
        home.mkdir(exist_ok=True)
        contacts, imports = ContactStore(home / "contacts.sqlite"), ImportLog(home / "imports.sqlite")
        stores = Stores(PeopleStore(engine), NetworkStore(engine), contacts, imports, home / "reports")
        try:
            load_people(self.file, stores, self.linker, self.cities, source="office")
        finally:
            contacts.close()
            imports.close()


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Office:
    return Office(tmp_path_factory.mktemp("office"))


@pytest.fixture
def undisturbed(office: Office, tmp_path: Path) -> Iterator[Engine]:
    """The same load with nothing in its way."""
    engine = EmbeddedEngine(tmp_path / "graph")
    office.put_places(engine)
    office.load(engine, tmp_path / "undisturbed")
    yield engine
    engine.close()


def counts(engine: Engine) -> dict[str, int]:
    """How many there are of each label and type; the Network node counts changes and is one more than a load."""
    nodes = {label.name: sum(len(page.rows) for page in all_nodes(engine, label.name)) for label in NODES}
    for label in NODES:
        for page in all_relationships(engine, label.name):
            kind = f"{page.start_label} {page.type} {page.end_label}"
            nodes[kind] = nodes.get(kind, 0) + len(page.rows)
    return nodes


def stop_within_a_batch(own: OwnServer, monkeypatch: pytest.MonkeyPatch, back: bool) -> Callable[[], None]:
    """Stop the server once people are written and not committed; `back` starts it again a little later.

    Returns a function that waits until the server is back.
    """
    put, stopped = neo4j_engine.put, threading.Event()

    def start_again() -> None:
        time.sleep(SECONDS_AWAY)
        own.start()

    starting = threading.Thread(target=start_again)

    def stopping_put(transaction: Any, rows: Any, newness: Any) -> None:
        put(transaction, rows, newness)
        if not stopped.is_set() and any(label == "Alumnus" for label, _ in rows.nodes):
            stopped.set()
            own.stop()
            if back:
                starting.start()

    def wait() -> None:
        assert stopped.is_set()
        if back:
            starting.join()

    monkeypatch.setattr(neo4j_engine, "put", stopping_put)
    return wait


def test_a_load_outlives_its_server(
    office: Office, undisturbed: Engine, stoppable_neo4j: OwnServer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    own, server = stoppable_neo4j, stoppable_neo4j.server
    engine = Neo4jEngine(server.uri, server.username, server.password)
    office.put_places(engine)

    with monkeypatch.context() as patched:
        wait = stop_within_a_batch(own, patched, back=False)
        with waiting_for_the_graph(seconds=0.5), pytest.raises(Unavailable) as away:
            office.load(engine, tmp_path / "home")
        wait()
    assert server.uri in away.value.detail
    assert away.value.mend
    own.start()

    told: list[tuple[str, int, int]] = []
    with monkeypatch.context() as patched:
        wait = stop_within_a_batch(own, patched, back=True)
        with waiting_for_the_graph(lambda *what: told.append(what)):
            office.load(engine, tmp_path / "home")
        wait()
    assert told == [(WAITING, 0, 1), (WAITING, 1, 1)]
    assert counts(engine) == counts(undisturbed)
    assert PeopleStore(engine).fingerprints() == PeopleStore(undisturbed).fingerprints()
    engine.close()
