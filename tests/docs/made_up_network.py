"""A network of made-up alumni in the cities that they name: small enough to load anew for a file of tests.

`python -m tests.docs.made_up_network FILES` loads it through the product's own load into the store of the environment.
"""

from __future__ import annotations

import csv
import shutil
import subprocess
import sys
from collections.abc import Iterable, Mapping
from dataclasses import replace
from pathlib import Path

from filelock import FileLock

from graph.model.places import City
from tests.servers.neo4j_server import Server

ROOT = Path(__file__).parents[2]
PEOPLE = 300
FILES = "made-up-files"
_LARGE = 1_000_000


def load_here(files: Path) -> None:
    """Load it into the store that the environment names; its files are made up where they are not there yet."""
    from api.changing import changing, silent
    from api.loading import put_places, stores
    from api.settings import read_settings
    from api.wiring import Network
    from ingest.actions import load_actions
    from ingest.pipeline import load_people
    from ingest.sources.places import read_places
    from ingest.synthetic.generating import generate

    alumni, actions = files / "alumni.csv", files / "actions.csv"
    if not actions.exists():
        generate(files, people=PEOPLE)
    places = read_places()
    cities = _named(places.cities, (alumni, actions))
    with Network(read_settings()) as network, changing(network):
        put_places(network, replace(places, cities=cities), silent)
        words = {"hazards": network.vocabulary.hazards.values(), "measures": network.vocabulary.measures.values()}
        load_actions(actions, network.actions, stores(network), cities=cities, kind="demo", **words)
        load_people(alumni, stores(network), network.linker, cities, source="demo network", kind="demo")


def _named(cities: Iterable[City], tables: Iterable[Path]) -> tuple[City, ...]:
    """The cities whose names stand in these tables, with the large ones and the cities of districts."""
    words: set[str] = set()
    for table in tables:
        with table.open(encoding="utf-8", newline="") as rows:
            words.update(cell for row in csv.reader(rows) for cell in row)
    named = {city.id: city for city in cities if city.name in words or city.population >= _LARGE}
    return tuple(city for city in named.values() if city.district_of is None or city.district_of in named)


def load(environment: Mapping[str, str], shared: Path) -> None:
    """Load it in a child process: no Java runtime stays behind in the tests' own."""
    files = shared / FILES
    with FileLock(f"{files}.lock"):
        command = [sys.executable, "-m", "tests.docs.made_up_network", str(files)]
        loaded = subprocess.run(
            command, cwd=ROOT, env=dict(environment), capture_output=True, text=True, timeout=300, check=False
        )
    assert loaded.returncode == 0, loaded.stderr


def on_server(server: Server, home: Path) -> dict[str, str]:
    """The settings of a network whose graph is on a server, all beside the graph in `home`."""
    reached = {"C2C_STORE": server.uri, "NEO4J_USERNAME": server.username, "NEO4J_PASSWORD": server.password}
    return {**reached, "C2C_HOME": str(home)}


def embedded(environment: Mapping[str, str], shared: Path, copy: Path) -> Path:
    """Copy the embedded network, which the first who asks makes, to where a test may use it."""
    made = shared / "made-up"
    with FileLock(f"{made}.lock"):
        if not made.exists():
            draft = made.with_suffix(".draft")
            shutil.rmtree(draft, ignore_errors=True)
            load({**environment, "C2C_STORE": f"embedded:{draft}"}, shared)
            draft.rename(made)
    return Path(shutil.copytree(made, copy, ignore=shutil.ignore_patterns("lock.json")))


if __name__ == "__main__":
    load_here(Path(sys.argv[1]))
