"""Engines and networks for tests of several processes on one graph."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from graph.engines.port import Engine
from tests.servers.neo4j_server import Server


@pytest.fixture(params=["embedded", "neo4j"], scope="module")
def engine(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Engine]:
    """An engine with the schema."""
    opened: Engine
    if request.param == "embedded":
        from graph.engines.embedded import EmbeddedEngine

        opened = EmbeddedEngine(tmp_path_factory.mktemp("following") / "graph")
    else:
        from graph.engines.neo4j_engine import Neo4jEngine

        server: Server = request.getfixturevalue("neo4j_server")
        opened = Neo4jEngine(server.uri, server.username, server.password)
    opened.define()
    yield opened
    opened.close()
