"""Engines that every contract test runs on, embedded and Neo4j; the tests' ids carry their names."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from graph.engines.port import Engine
from tests.servers.emptying import empty
from tests.servers.neo4j_server import Server


@pytest.fixture(scope="session")
def defined(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The files of an embedded graph with the schema, to be copied: making them anew takes a second."""
    from graph.engines.embedded import EmbeddedEngine

    directory = tmp_path_factory.mktemp("defined") / "graph"
    engine = EmbeddedEngine(directory)
    engine.define()
    engine.close()
    return directory


@pytest.fixture(params=["embedded", "neo4j"])
def empty_engine(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Engine]:
    """An engine with the schema and nothing else in it."""
    engine: Engine
    if request.param == "embedded":
        from graph.engines.embedded import EmbeddedEngine

        engine = EmbeddedEngine(shutil.copytree(request.getfixturevalue("defined"), tmp_path / "graph"))
    else:
        from graph.engines.neo4j_engine import Neo4jEngine

        server: Server = request.getfixturevalue("neo4j_server")
        empty(server)
        engine = Neo4jEngine(server.uri, server.username, server.password)
    try:
        engine.define()
        yield engine
    finally:
        engine.close()
