"""py2neo reads as its page says, fails where the page says so, and the official driver reads the same."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from graph.engines.neo4j_engine import Neo4jEngine
from tests.cypher.conftest import load
from tests.servers.neo4j_server import Server

PAGE = Path(__file__).parents[2] / "docs" / "py2neo.md"

# py2neo uses what Python deprecates and leaves its sockets to the garbage collector.
pytestmark = [
    pytest.mark.filterwarnings("ignore::DeprecationWarning"),
    pytest.mark.filterwarnings("ignore::ResourceWarning"),
]


def snippet(heading: str) -> str:
    """The Python that the page shows under a heading."""
    _, _, after = PAGE.read_text(encoding="utf-8").partition(f"## {heading}\n")
    return re.findall(r"```python\n(.*?)```", after, re.DOTALL)[0]


@pytest.fixture(scope="module")
def filled(neo4j_server: Server) -> Iterator[Server]:
    """A server with the small made-up network of the Cypher tests: two people, three expertises, three hazards."""
    engine = Neo4jEngine(neo4j_server.uri, neo4j_server.username, neo4j_server.password)
    try:
        load(engine)
        yield neo4j_server
    finally:
        engine.close()


def run(code: str, server: Server) -> dict[str, Any]:
    """Run a snippet of the page against the server and return what it leaves."""
    names: dict[str, Any] = {
        "uri": server.uri, "username": server.username, "password": server.password, "person": "A-1",
    }  # fmt: skip
    exec(compile(code, str(PAGE), "exec"), names)
    return names


HAZARDS = [
    {"id": "coastal-flooding", "name": "Coastal flooding"},
    {"id": "flooding", "name": "Flooding"},
    {"id": "soil-salinity", "name": "Soil salinity"},
]


@pytest.mark.parametrize("heading", ["What works", "The same with the official driver"])
def test_both_libraries_read_the_same(filled: Server, heading: str) -> None:
    found = run(snippet(heading), filled)
    assert found["frame"].to_dict("records") == HAZARDS
    assert len(found["around"].nodes) == 3
    assert {each["text"] for each in found["around"].nodes} == {None, "Raised the dike.", "Mapped salt."}
    assert len(found["around"].relationships) == 2
    assert found["delta"]["name"] == "delta"
    assert set(found["delta"].labels) == {"Trait"}
    assert found["people"] == 2


@pytest.mark.parametrize(
    ("call", "reason"),
    [
        ("get_indexes('Hazard')", "ProcedureNotFound"),
        ("get_uniqueness_constraints('Hazard')", "ProcedureNotFound"),
        ("create_index('Hazard', 'name')", "SyntaxError"),
        ("create_uniqueness_constraint('Hazard', 'code')", "SyntaxError"),
    ],
)
def test_its_schema_calls_fail_as_the_page_says(filled: Server, call: str, reason: str) -> None:
    from py2neo.errors import ClientError

    assert f"{call.partition('(')[0]}(…)" in PAGE.read_text(encoding="utf-8")
    graph = run(snippet("What works"), filled)["graph"]
    assert not hasattr(graph, "close")
    with pytest.raises(ClientError) as failed:
        eval(f"graph.schema.{call}", {"graph": graph})
    assert failed.value.title == reason


def test_query_refuses_writes_and_run_does_not(filled: Server) -> None:
    from py2neo.errors import ClientError

    graph = run(snippet("What works"), filled)["graph"]
    with pytest.raises(ClientError):
        graph.query("CREATE (:Trait {id: 'made-up'})").data()
    assert graph.evaluate("MATCH (t:Trait) RETURN count(t)") == 1
    graph.run("CREATE (:Trait {id: 'made-up'})")
    assert graph.evaluate("MATCH (t:Trait) RETURN count(t)") == 2
    graph.run("MATCH (t:Trait {id: 'made-up'}) DELETE t")
