"""Engines that every contract test runs on: the embedded one always, Neo4j where NEO4J_URI says where it is."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from graph.engines.port import Engine, Statement, Write

ENGINES = [
    "embedded",
    pytest.param(
        "neo4j", marks=pytest.mark.skipif("NEO4J_URI" not in os.environ, reason="NEO4J_URI names no Neo4j server")
    ),
]


@pytest.fixture(scope="session")
def defined(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The files of an embedded graph with the schema, to be copied: making them anew takes a second."""
    from graph.engines.embedded import EmbeddedEngine

    directory = tmp_path_factory.mktemp("defined") / "graph"
    engine = EmbeddedEngine(directory)
    engine.define()
    engine.close()
    return directory


@pytest.fixture(params=ENGINES)
def empty_engine(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Engine]:
    """An engine with the schema and nothing else in it."""
    engine: Engine
    if request.param == "embedded":
        from graph.engines.embedded import EmbeddedEngine

        engine = EmbeddedEngine(shutil.copytree(request.getfixturevalue("defined"), tmp_path / "graph"))
    else:
        from graph.engines.neo4j_engine import Neo4jEngine

        engine = Neo4jEngine(
            os.environ["NEO4J_URI"], os.environ.get("NEO4J_USERNAME", "neo4j"), os.environ.get("NEO4J_PASSWORD", "")
        )
        while engine.read("MATCH (n) RETURN n.id AS id LIMIT 1"):
            engine.write(Write(statements=[Statement("MATCH (n) WITH n LIMIT 1000 DETACH DELETE n")]))
    try:
        engine.define()
        yield engine
    finally:
        engine.close()
