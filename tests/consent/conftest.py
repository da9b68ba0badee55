"""A small real world: some real cities in a real embedded graph, and the real linker."""

from __future__ import annotations

import csv
import datetime
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import pytest

from graph.contacts import ContactStore
from graph.engines.embedded import EmbeddedEngine
from graph.engines.port import Statement, Write
from graph.model.places import City
from graph.store.hazards import HazardStore
from graph.store.network import NetworkStore
from graph.store.people import PeopleStore
from graph.store.places import PlaceStore
from ingest.imports import ImportLog
from ingest.pipeline import load_people
from ingest.report import LoadReport
from ingest.sources.places import Places, read_places
from ingest.stores import Stores
from nlp.embedders.static import StaticEmbedder
from nlp.linker import HazardLinker
from nlp.vocabulary import vocabulary

NAMED = {"Rotterdam", "Cần Thơ", "Dhaka", "Springfield", "Suzhou", "Amsterdam", "Khulna", "Beira"}
NOW = datetime.datetime(2026, 11, 24, 9, 0, tzinfo=datetime.UTC)


@pytest.fixture(scope="session")
def places() -> Places:
    """Every place, as a load gets them."""
    return read_places()


@pytest.fixture(scope="session")
def cities(places: Places) -> Sequence[City]:
    """The few cities that stand in the graph of these tests."""
    return [city for city in places.cities if city.name in NAMED]


@pytest.fixture(scope="session")
def linker() -> HazardLinker:
    """The linker that a user has."""
    return HazardLinker(vocabulary(), StaticEmbedder())


@pytest.fixture(scope="session")
def renamed_linker() -> HazardLinker:
    """The same linker in a later version."""
    later = HazardLinker(vocabulary(), StaticEmbedder())
    later.name += "-later"
    return later


@pytest.fixture
def now() -> datetime.datetime:
    """The moment at which these tests happen."""
    return NOW


@pytest.fixture(scope="session")
def world(tmp_path_factory: pytest.TempPathFactory, places: Places, cities: Sequence[City]) -> Iterator[EmbeddedEngine]:
    """An embedded graph with places and vocabulary, made once."""
    engine = EmbeddedEngine(tmp_path_factory.mktemp("world") / "graph")
    engine.define()
    known = vocabulary()
    HazardStore(engine).put_hazards(tuple(known.hazards.values()))
    HazardStore(engine).put_measures(tuple(known.measures.values()))
    PlaceStore(engine).put(places.regions, places.countries, places.traits, cities, {})
    yield engine
    engine.close()


@pytest.fixture
def engine(world: EmbeddedEngine) -> Iterator[EmbeddedEngine]:
    """That graph with nobody in it."""
    yield world
    PeopleStore(world).remove(PeopleStore(world).fingerprints())
    others = ("Network", "Action")
    world.write(Write(statements=[Statement(f"MATCH (n:{label}) DETACH DELETE n") for label in others]))


@pytest.fixture
def stores(tmp_path: Path, engine: EmbeddedEngine) -> Iterator[Stores]:
    """Where a load writes: beside the graph, all of it below one directory."""
    contacts, imports = ContactStore(tmp_path / "contacts.sqlite"), ImportLog(tmp_path / "imports.sqlite")
    yield Stores(PeopleStore(engine), NetworkStore(engine), contacts, imports, tmp_path / "reports")
    contacts.close()
    imports.close()


Load = Callable[..., LoadReport]


@pytest.fixture
def load(tmp_path: Path, stores: Stores, linker: HazardLinker, cities: Sequence[City]) -> Load:
    """Write rows into a file and load it."""

    def run(rows: Sequence[dict[str, str]] | Path, name: str = "office.csv", **options: object) -> LoadReport:
        path = rows if isinstance(rows, Path) else written(tmp_path / name, rows)
        into, links = options.pop("into", stores), options.pop("linker", linker)
        return load_people(path, into, links, cities, **{"now": NOW, **options})  # type: ignore[arg-type]

    return run


def written(path: Path, rows: Sequence[dict[str, str]]) -> Path:
    """A CSV file of rows; columns in the order in which they first stand."""
    columns = list(dict.fromkeys(column for row in rows for column in row))
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, columns)
        writer.writeheader()
        writer.writerows(rows)
    return path


@pytest.fixture
def person() -> Callable[..., dict[str, str]]:
    """A made-up row that is good as it is; given columns replace or add."""

    def make(alumnus: str = "A-1", **columns: str) -> dict[str, str]:
        row = {
            "alumnus_id": alumnus,
            "name": f"Made-up Person {alumnus}",
            "country": "Viet Nam",
            "home_city": "Can Tho",
            "home_country": "Viet Nam",
            "programme": "Flood Risk Management",
            "programme_year": "2012",
            "expertise_kind": "project",
            "expertise_text": "Raised the ring dike against coastal flooding.",
            "project": "Safe Shores",
            "expertise_city": "Can Tho",
            "expertise_country": "VN",
            "since": "2016",
            "until": "2019",
            "consent": "yes",
            "consent_date": "2024-11-05",
            "consent_ground": "online form",
        }
        return row | columns

    return make
