"""A graph of made-up people as City2City wrote it at schema version 1, with the definitions of that time."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import neo4j
import pytest

from graph.engines.definitions import quoted
from graph.engines.port import Engine
from tests.conftest import CommandLine
from tests.servers.emptying import empty, without_definitions
from tests.servers.neo4j_server import Server

VERSION_1: dict[str, Any] = json.loads((Path(__file__).parent / "version-1.json").read_text(encoding="utf-8"))

_NODE = "CREATE (n:{label}) SET n = $properties"
_RELATIONSHIP = (
    "MATCH (a:{start} {{id: $start}}), (b:{end} {{id: $end}}) CREATE (a)-[r:{type}]->(b) SET r = $properties"
)


def statements() -> Iterator[tuple[str, dict[str, object]]]:
    """What writes the graph of version 1, one element a statement."""
    for node in VERSION_1["nodes"]:
        yield _NODE.format(label=quoted(node["label"])), {"properties": node["properties"]}
    for each in VERSION_1["relationships"]:
        (start_label, start), (end_label, end) = each["start"], each["end"]
        text = _RELATIONSHIP.format(start=quoted(start_label), end=quoted(end_label), type=quoted(each["type"]))
        yield text, {"start": start, "end": end, "properties": each["properties"]}


def write_embedded(graph: Path) -> None:
    """Make the graph of version 1 in a directory, with the definitions of that time and no others."""
    from graph.engines import java
    from graph.engines.embedded_rows import command, transaction

    java.start(384, 600)
    database = java.open_database(graph)
    try:
        for text in VERSION_1["embedded"]:
            database.command("sql", text).close()
        with transaction(database):
            for text, parameters in statements():
                command(database, text, parameters)
    finally:
        database.close()


def write_neo4j(server: Server) -> None:
    """Make the graph of version 1 on a server, with the definitions of that time and no others."""
    without_definitions(server)
    empty(server)
    with (
        neo4j.GraphDatabase.driver(server.uri, auth=(server.username, server.password)) as driver,
        driver.session() as session,
    ):
        for text in VERSION_1["neo4j"]:
            session.run(text).consume()
        for text, parameters in statements():
            session.run(text, parameters).consume()


def all_of(engine: Engine) -> tuple[list[str], list[str]]:
    """Every node and every relationship, with all properties, but for what engines and leases keep for themselves."""
    nodes = engine.read("MATCH (n) RETURN labels(n) AS labels, properties(n) AS properties")
    relationships = engine.read(
        "MATCH (a)-[r]->(b) RETURN labels(a) AS start_label, a.id AS start, type(r) AS type, labels(b) AS end_label, "
        "b.id AS end, properties(r) AS properties"
    )
    kept = [node for node in nodes if node["labels"] not in (["Writing"], ["Lease"])]
    return _sorted(kept), _sorted(relationships)


def _sorted(rows: list[dict[str, object]]) -> list[str]:
    return sorted(json.dumps(row, sort_keys=True, ensure_ascii=False) for row in rows)


@dataclass(frozen=True)
class Old:
    """A graph of version 1, and how to reach it: by commands, or through an engine that looks at no version."""

    name: str
    c2c: CommandLine
    opened: Callable[[], Engine]


@pytest.fixture(params=["embedded", "neo4j"])
def old(request: pytest.FixtureRequest, tmp_path: Path) -> Old:
    """A graph of version 1 on each engine."""
    home = tmp_path / "network"
    if request.param == "embedded":
        from graph.engines.embedded import EmbeddedEngine

        home.mkdir()
        write_embedded(home / "graph")
        return Old("embedded", CommandLine(home), lambda: EmbeddedEngine(home / "graph"))
    from graph.engines.neo4j_engine import Neo4jEngine

    server: Server = request.getfixturevalue("neo4j_server")
    write_neo4j(server)
    c2c = CommandLine.on_neo4j(server, home)
    return Old("neo4j", c2c, lambda: Neo4jEngine(server.uri, server.username, server.password))


@pytest.fixture
def engine(old: Old) -> Iterator[Engine]:
    """An engine over the graph of version 1."""
    opened = old.opened()
    yield opened
    opened.close()
