"""A network on a real Neo4j from its file to its answers, and out of it again. All people are made up."""

from __future__ import annotations

import csv
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from graph.schema import SCHEMA_VERSION
from ingest.synthetic.generating import generate
from tests.conftest import CommandLine
from tests.servers.emptying import run
from tests.servers.neo4j_server import Server

QUESTION = "who has handled coastal flooding in a delta city"
PEOPLE = 150


@pytest.fixture(scope="module")
def made_up(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The file of an office whose 150 people are made up."""
    folder = tmp_path_factory.mktemp("made-up")
    generate(folder, people=PEOPLE, seed=2026)
    return folder / "alumni.csv"


@pytest.fixture(scope="module")
def c2c(neo4j_server: Server, made_up: Path, tmp_path_factory: pytest.TempPathFactory) -> CommandLine:
    """Commands over a graph that was empty until the first load, which begins it."""
    commands = CommandLine.on_neo4j(neo4j_server, tmp_path_factory.mktemp("neo4j") / "network")
    loaded = commands("load", "alumni", str(made_up))
    assert loaded.code in (0, 1), loaded.err
    return commands


def told(c2c: CommandLine, *arguments: str) -> Any:
    ran = c2c(*arguments, "--json")
    assert ran.code == 0, ran.err
    return json.loads(ran.out)


def test_the_graph_holds_whom_the_file_names_with_consent_and_its_version(
    c2c: CommandLine, neo4j_server: Server, made_up: Path
) -> None:
    with made_up.open(encoding="utf-8", newline="") as file:
        stated = {row["alumnus_id"] for row in csv.DictReader(file)}
    held = {row["id"] for row in run(neo4j_server, "MATCH (a:Alumnus) RETURN a.id AS id")}
    status = told(c2c, "status")
    assert held <= stated
    assert (len(stated), status["people"]) == (PEOPLE, len(held))
    assert status["withheld"]["total"] > 0
    assert len(held) + status["withheld"]["total"] <= PEOPLE
    version = run(neo4j_server, "MATCH (n:Network) RETURN n.schema_version AS version, n.kind AS kind")
    assert version == [{"version": SCHEMA_VERSION, "kind": "own"}]
    assert told(c2c, "migrate") == {
        "store": neo4j_server.uri, "before": SCHEMA_VERSION, "after": SCHEMA_VERSION, "steps": []
    }  # fmt: skip


def test_people_are_found_with_evidence_that_meets_what_was_asked(c2c: CommandLine, neo4j_server: Server) -> None:
    answer = told(c2c, "ask", "coastal flooding")
    assert answer["total"] > 0
    found = answer["experts"][0]
    assert "coastal-flooding" in {hazard["id"] for hazard in found["evidence"][0]["hazards"]}
    texts = (
        f"MATCH (:Alumnus {{id: '{found['id']}'}})-[:HAS_EXPERTISE]->(e) "
        "WHERE (e)-[:APPLIES_TO]->(:Hazard {id: 'coastal-flooding'}) RETURN e.text AS text"
    )
    assert found["evidence"][0]["text"] in {row["text"] for row in run(neo4j_server, texts)}
    held = told(c2c, "person", found["id"])
    assert found["name"] in json.dumps(held, ensure_ascii=False)
    city = told(c2c, "city", "Rotterdam")
    assert {trait["id"] for trait in city["traits"] if trait["value"] == "yes"} >= {"delta"}
    peers = told(c2c, "peers", "Rotterdam")
    assert peers["peers"]
    assert all(peer["reasons"] for peer in peers["peers"])


def test_who_withdraws_is_gone_from_graph_and_answers_and_does_not_come_back_with_the_file(
    c2c: CommandLine, neo4j_server: Server, made_up: Path
) -> None:
    gone = told(c2c, "ask", "coastal flooding")["experts"][0]["id"]
    assert c2c("consent", "withdraw", gone).code == 0
    count = f"MATCH (n) WHERE n.id = '{gone}' OR n.id STARTS WITH '{gone}/' RETURN count(n) AS left"
    assert run(neo4j_server, count) == [{"left": 0}]
    assert gone not in {expert["id"] for expert in told(c2c, "ask", "coastal flooding")["experts"]}
    assert c2c("load", "alumni", str(made_up)).code in (0, 1)
    assert run(neo4j_server, count) == [{"left": 0}]
    assert gone not in {expert["id"] for expert in told(c2c, "ask", "coastal flooding")["experts"]}


def test_compact_says_what_it_did_and_loses_nothing(c2c: CommandLine, neo4j_server: Server) -> None:
    everything = "MATCH (n) RETURN count(n) AS nodes, count {MATCH ()-->()} AS relationships"
    before = run(neo4j_server, everything)
    done = c2c("compact")
    assert (done.code, done.out) == (0, "Done: deleted bytes are gone, as far as the engine can.\n")
    assert run(neo4j_server, everything) == before


def test_a_server_stops_answering_from_a_graph_that_was_brought_forward_beyond_it(
    c2c: CommandLine, neo4j_server: Server, until: Callable[[Callable[[], bool]], None]
) -> None:
    version = "MATCH (n:Network) SET n.schema_version = %d"
    with c2c.serving() as client:
        until(lambda: client.get("/readyz").status_code == 200)
        run(neo4j_server, version % 99)
        until(lambda: client.get("/readyz").status_code == 503)
        refused = client.post("/ask", json={"question": QUESTION})
        assert refused.status_code == 503
        assert "schema version 99: this City2City is older" in refused.json()["detail"]
        assert refused.json()["mend"].startswith("Upgrade City2City")
        assert client.get("/healthz").status_code == 200
        run(neo4j_server, version % SCHEMA_VERSION)
        until(lambda: client.get("/readyz").status_code == 200)
        assert client.post("/ask", json={"question": QUESTION}).status_code == 200
