"""A graph on a server, emptied for the next file of tests, unless it is somebody's."""

from __future__ import annotations

import neo4j

from tests.servers.neo4j_server import Server

_EMPTY = "MATCH (n) CALL (n) { DETACH DELETE n } IN TRANSACTIONS OF 5000 ROWS"


def empty(server: Server) -> None:
    """Delete every node and relationship; constraints and indexes stay."""
    with _session(server) as session:
        session.run(_EMPTY).consume()


def run(server: Server, text: str) -> list[dict[str, object]]:
    """Run one query text as somebody else would, past City2City, and return its rows."""
    with _session(server) as session:
        return [dict(row) for row in session.run(text)]


def without_definitions(server: Server) -> None:
    """Drop every constraint and index that a load made, so that the graph is as one that was never opened."""
    with _session(server) as session:
        for name in [row["name"] for row in session.run("SHOW CONSTRAINTS YIELD name")]:
            session.run(f"DROP CONSTRAINT `{name}`").consume()
        kept = session.run("SHOW INDEXES YIELD name, type WHERE type <> 'LOOKUP' RETURN name")
        for name in [row["name"] for row in kept]:
            session.run(f"DROP INDEX `{name}`").consume()


def refuse_somebodys_graph(server: Server) -> None:
    """Fail where the server that NEO4J_URI names holds anything: tests delete all that they find."""
    import pytest  # not there where benchmarks empty a server

    with _session(server) as session:
        held = session.run("MATCH (n) RETURN count(n) AS nodes").single(strict=True)["nodes"]
    if held:
        pytest.fail(
            f"NEO4J_URI names {server.uri}, which holds {held:,} nodes, and the tests would delete them. "
            "Name an empty server, or unset NEO4J_URI so that the tests start one.",
            pytrace=False,
        )


class _session:
    """A session of a driver of its own, both closed at the end of the block."""

    def __init__(self, server: Server) -> None:
        self._driver = neo4j.GraphDatabase.driver(server.uri, auth=(server.username, server.password))

    def __enter__(self) -> neo4j.Session:
        self._session = self._driver.session()
        return self._session

    def __exit__(self, *_error: object) -> None:
        self._session.close()
        self._driver.close()
