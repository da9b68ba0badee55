"""Engines and networks for tests of several processes on one graph."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from graph.engines.port import Engine
from nlp.embedders.static import StaticEmbedder
from tests.conftest import without_server
from tests.servers.neo4j_server import FOR_TESTS, NoServer, OwnServer, Server, own_server


@pytest.fixture(scope="session")
def embedder() -> StaticEmbedder:
    """The packaged embedder."""
    return StaticEmbedder()


@pytest.fixture(scope="module")
def owned_neo4j() -> Iterator[OwnServer]:
    """A Neo4j of this file's own, empty, which its tests may stop and start again."""
    try:
        with own_server(options=FOR_TESTS) as own:
            yield own
    except NoServer as error:
        without_server(error)


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
