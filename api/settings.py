"""All settings in one frozen value, read from the environment once, at the door."""

from __future__ import annotations

import math
import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

from graph.cypher.results import Limits
from graph.errors import WrongInput

NEO4J_SCHEMES = ("neo4j", "neo4j+s", "neo4j+ssc", "bolt", "bolt+s", "bolt+ssc")


@dataclass(frozen=True, slots=True)
class Settings:
    """What a City2City process is told from outside; `docs/operations.md` explains each variable."""

    store: str
    home: Path
    """Directory of index, contacts, imports and reports; with the embedded engine of the graph too."""
    neo4j_username: str | None = None
    neo4j_password: str | None = field(default=None, repr=False)
    embedder: str = "static"
    heap_megabytes: int = 384
    ask_seconds: float = 10.0
    """What one question may take."""
    token: str | None = field(default=None, repr=False)
    read_token: str | None = field(default=None, repr=False)
    hosts: tuple[str, ...] = ()
    answers_without_graph: bool = False
    """Whether questions are still answered, saying as of when, while a Neo4j does not answer."""
    cypher: Limits = field(default_factory=Limits)
    """How long a researcher's query may run, and how much of its result is kept."""

    @property
    def embedded(self) -> bool:
        """True where the graph is a directory on this machine that one process holds at a time."""
        return self.store.startswith("embedded:")

    @property
    def graph_directory(self) -> Path:
        """Where the embedded engine keeps its files."""
        return self.home / "graph"


def data_directory(environment: Mapping[str, str]) -> Path:
    """Return the directory for networks whose place is not set, by the XDG base directory specification."""
    base = environment.get("XDG_DATA_HOME")
    return (Path(base) if base else Path.home() / ".local" / "share") / "city2city"


def demo_store(environment: Mapping[str, str]) -> str:
    """Return the store of the demo network, which is the default where no other is set."""
    return f"embedded:{data_directory(environment) / 'demo'}"


def read_settings(environment: Mapping[str, str] = os.environ) -> Settings:
    """Read the settings from environment variables.

    Raises WrongInput, naming the variable, for a value that means nothing.
    """
    store = environment.get("C2C_STORE") or environment.get("NEO4J_URI") or demo_store(environment)
    return Settings(
        store=store,
        home=_home(store, environment),
        neo4j_username=environment.get("NEO4J_USERNAME"),
        neo4j_password=environment.get("NEO4J_PASSWORD"),
        embedder=environment.get("C2C_EMBEDDER") or "static",
        heap_megabytes=_megabytes(environment.get("C2C_HEAP_MB")),
        ask_seconds=_seconds("C2C_ASK_SECONDS", environment.get("C2C_ASK_SECONDS"), 10.0),
        token=environment.get("C2C_TOKEN") or None,
        read_token=environment.get("C2C_READ_TOKEN") or None,
        answers_without_graph=_yes("C2C_ANSWER_WITHOUT_GRAPH", environment.get("C2C_ANSWER_WITHOUT_GRAPH")),
        hosts=tuple(name.strip().lower() for name in environment.get("C2C_HOSTS", "").split(",") if name.strip()),
        cypher=_cypher_limits(environment),
    )


def _home(store: str, environment: Mapping[str, str]) -> Path:
    if store.startswith("embedded:") and store != "embedded:":
        return Path(store.removeprefix("embedded:")).expanduser().absolute()
    address = urlsplit(store)
    if address.scheme in NEO4J_SCHEMES and address.hostname:
        stated = environment.get("C2C_HOME")
        return Path(stated) if stated else data_directory(environment) / f"{address.hostname}-{address.port or 7687}"
    raise WrongInput(
        f"C2C_STORE is {store!r}, which names no store.",
        "Set it to embedded:PATH or neo4j://HOST:PORT.",
    )


def _megabytes(value: str | None) -> int:
    if value is None or value == "":
        return 384
    if not value.isdecimal() or int(value) < 128:
        raise WrongInput(f"C2C_HEAP_MB is {value!r}.", "Set it to a whole number of megabytes, 128 or more.")
    return int(value)


def _cypher_limits(environment: Mapping[str, str]) -> Limits:
    usual = Limits()
    return Limits(
        _seconds("C2C_CYPHER_SECONDS", environment.get("C2C_CYPHER_SECONDS"), usual.seconds),
        _whole("C2C_CYPHER_ROWS", environment.get("C2C_CYPHER_ROWS"), usual.rows),
        _whole("C2C_CYPHER_BYTES", environment.get("C2C_CYPHER_BYTES"), usual.bytes),
    )


def _whole(name: str, value: str | None, unset: int) -> int:
    if not value:
        return unset
    if not value.isdecimal() or int(value) < 1:
        raise WrongInput(f"{name} is {value!r}.", "Set it to a whole number, 1 or more.")
    return int(value)


def _seconds(name: str, value: str | None, unset: float) -> float:
    try:
        seconds = float(value) if value else unset
    except ValueError:
        seconds = math.nan
    if not 0 < seconds < math.inf:
        raise WrongInput(f"{name} is {value!r}.", "Set it to a number of seconds above 0.")
    return seconds


def _yes(name: str, value: str | None) -> bool:
    answer = (value or "no").strip().lower()
    if answer not in ("yes", "no"):
        raise WrongInput(f"{name} is {value!r}.", "Set it to yes or no.")
    return answer == "yes"
