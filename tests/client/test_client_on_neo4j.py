"""The client and researchers' Cypher on a real Neo4j, which the server and this process share."""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from api.client import City2City
from graph.engines.neo4j_engine import Neo4jEngine
from graph.errors import City2CityError, LimitReached, Refused, WrongInput
from graph.store.migrating import begin_or_require
from tests.conftest import CommandLine
from tests.cypher.conftest import load
from tests.servers.neo4j_server import Server

QUESTION = "who has raised a dike"
PEOPLE = "MATCH (a:Alumnus)-[:HAS_EXPERTISE]->(e) RETURN DISTINCT a.id AS id ORDER BY id"
ENDLESS = "MATCH (a), (b), (c), (d), (e), (f), (g) RETURN sum(size(a.id) + size(g.id))"


@dataclass(frozen=True)
class Shared:
    """A network on Neo4j: commands, a client of its server, and one of this process."""

    c2c: CommandLine
    served: City2City
    here: City2City


@pytest.fixture(scope="module")
def shared(neo4j_server: Server, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Shared]:
    folder = tmp_path_factory.mktemp("client-on-neo4j")
    engine = Neo4jEngine(neo4j_server.uri, neo4j_server.username, neo4j_server.password)
    begin_or_require(engine)
    load(engine)
    engine.close()
    c2c = CommandLine.on_neo4j(neo4j_server, folder / "office", C2C_CYPHER_SECONDS="5")
    with pytest.MonkeyPatch.context() as patch:
        for name in [name for name in os.environ if name.startswith(("C2C_", "NEO4J_"))]:
            patch.delenv(name)
        for name, value in (*c2c.settings, ("C2C_HOME", str(folder / "here"))):
            patch.setenv(name, value)
        with City2City.local() as here:
            here.ask(QUESTION)
            shutil.copytree(folder / "here", folder / "office")
            with c2c.serving() as client, City2City(str(client.base_url)) as served:
                yield Shared(c2c, served, here)


def test_calls_give_equal_objects_on_neo4j_too(shared: Shared) -> None:
    assert shared.here.status().people == 2
    for call in (
        lambda network: [expert.model_dump() for expert in network.ask(QUESTION).experts],
        lambda network: network.city("10").model_dump(),
        lambda network: network.cypher(PEOPLE).rows,
        lambda network: network.cypher("MATCH p = (a:Alumnus {id: $id})-[:LIVES_IN]->() RETURN p", id="A-1").rows,
    ):
        assert call(shared.here) == call(shared.served)
        assert call(shared.here)
    assert shared.here.cypher(PEOPLE).rows == [["A-1"], ["A-2"]]


@pytest.mark.parametrize(
    ("query", "kind"),
    [
        ("MATCH (n) SET n.name = 'x'", Refused),
        ("CALL db.clearQueryCaches()", Refused),
        ("MATCH (c:City)\nRETURN absent", WrongInput),
        (ENDLESS, LimitReached),
    ],
)
def test_errors_are_the_same_on_neo4j_too(shared: Shared, query: str, kind: type[City2CityError]) -> None:
    told = []
    for network in (shared.here, shared.served):
        with pytest.raises(kind) as raised:
            network.cypher(query)
        told.append((raised.value.detail, raised.value.mend, raised.value.position))
    if kind is not LimitReached:
        assert told[0] == told[1]
    if kind is WrongInput:
        assert told[0][2] == (2, 8)


def test_a_query_needs_nothing_but_the_server(shared: Shared, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    fresh = CommandLine(tmp_path, (*shared.c2c.settings, ("C2C_HOME", str(tmp_path / "fresh"))))
    ran = fresh("cypher", PEOPLE, "--json")
    assert ran.code == 0, ran.err
    assert json.loads(ran.out)["rows"] == [["A-1"], ["A-2"]]
    monkeypatch.setenv("C2C_HOME", str(tmp_path / "fresh"))
    with City2City.local() as network:
        assert network.cypher(PEOPLE).rows == [["A-1"], ["A-2"]]
    assert not (tmp_path / "fresh" / "index").exists()


def test_who_withdraws_is_in_no_later_answer_of_any_process(
    shared: Shared, until: Callable[[Callable[[], bool]], None]
) -> None:
    ran = shared.c2c("consent", "withdraw", "A-1")
    assert ran.code == 0, ran.err
    for network in (shared.here, shared.served):
        assert network.cypher(PEOPLE).rows == [["A-2"]]

        def gone(network: City2City = network) -> bool:
            return [expert.id for expert in network.experts().items] == ["A-2"]

        until(gone)
