"""Several processes on one Neo4j, each with an index of its own: what one writes is in the answers of the others."""

from __future__ import annotations

import csv
import json
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

import httpx
import neo4j
import pytest

from graph.engines.neo4j_engine import Neo4jEngine
from graph.store.lease import Lease
from tests.conftest import CommandLine
from tests.servers.neo4j_server import OwnServer, Server

PEOPLE = 120
PROMISED = 5.0
"""Seconds until what another process wrote is in every answer."""
BUSY = 4
"""How much slower the machine of a test may be: servers, databases and other tests share two processors."""
QUESTION = "who has handled coastal flooding"


def row(number: int, text: str) -> dict[str, str]:
    """Return one made-up person with one text, as a row of a file."""
    return {
        "alumnus_id": f"M-{number:03}", "name": f"Made-up Person {number}", "country": "NL", "synthetic": "yes",
        "expertise_kind": "project", "expertise_text": text, "expertise_city": "2747891", "since": "2015",
        "consent": "yes", "consent_ground": "made up",
    }  # fmt: skip


def text(number: int, what: str = "a barrier") -> str:
    """Return a text that names its hazard."""
    return f"Built {what} against coastal flooding at harbour {number}"


@dataclass(frozen=True)
class Office:
    """A Neo4j with made-up people, the process that loaded them, and what other processes are started with."""

    own: OwnServer
    folder: Path

    @property
    def server(self) -> Server:
        return self.own.server

    @property
    def c2c(self) -> CommandLine:
        """Commands of the office, with the home where the network was loaded."""
        return CommandLine.on_neo4j(self.server, self.folder / "office")

    def elsewhere(self, name: str, **settings: str) -> CommandLine:
        """Commands on another machine: a home of their own."""
        return CommandLine.on_neo4j(self.server, self.folder / name, **settings)

    def load(self, rows: list[dict[str, str]]) -> None:
        """Load a file of all people."""
        file = self.folder / "alumni.csv"
        with file.open("w", encoding="utf-8", newline="") as written:
            writer = csv.DictWriter(written, list(rows[0]))
            writer.writeheader()
            writer.writerows(rows)
        ran = self.c2c("load", "alumni", str(file))
        assert ran.code == 0, ran.out + ran.err

    def cypher(self, query: str, **parameters: object) -> list[dict[str, object]]:
        """Run somebody's own Cypher, past everything that City2City keeps."""
        with neo4j.GraphDatabase.driver(self.server.uri, auth=(self.server.username, self.server.password)) as driver:
            return [record.data() for record in driver.execute_query(query, parameters).records]


@pytest.fixture(scope="module")
def office(owned_neo4j: OwnServer, tmp_path_factory: pytest.TempPathFactory) -> Office:
    opened = Office(owned_neo4j, tmp_path_factory.mktemp("several"))
    opened.load([row(number, text(number)) for number in range(PEOPLE)])
    return opened


@pytest.fixture(scope="module")
def servers(office: Office) -> Iterator[list[httpx.Client]]:
    """Two servers: one beside the office's own commands, one on another machine that finds only the graph."""
    with office.c2c.serving() as here, office.elsewhere("second").serving() as there:
        yield [here, there]


def within_promise(holds: Callable[[], bool]) -> None:
    """Wait until something holds; fail where that takes longer than is promised."""
    began = time.monotonic()
    while not holds():
        waited = time.monotonic() - began
        assert waited < PROMISED * BUSY, f"not seen after {waited:.1f} s"
        time.sleep(0.1)


def shown(client: httpx.Client, key: str) -> str | None:
    """Return the first text that is shown of a person, None for nobody."""
    found = client.get(f"/experts/{key}")
    return found.json()["evidence"][0]["text"] if found.status_code == 200 else None


def found(client: httpx.Client, question: str = QUESTION) -> set[str]:
    """Return who a question finds, at most a hundred."""
    answer = client.post("/ask", json={"question": question, "limit": 100}).json()
    return {expert["id"] for expert in answer["experts"]}


def test_a_server_elsewhere_finds_everyone_in_the_graph(servers: list[httpx.Client]) -> None:
    for client in servers:
        assert client.get("/experts").json()["total"] == PEOPLE
        answer = client.post("/ask", json={"question": QUESTION}).json()
        assert answer["total"] == PEOPLE
        assert answer["behind"] == 0
        assert "as_of" not in answer


def test_a_hundred_changed_texts_of_another_process_are_in_every_answer(
    office: Office, servers: list[httpx.Client]
) -> None:
    changed = [text(number, "a quizzacious sluice" if number < 100 else "a barrier") for number in range(PEOPLE)]
    office.load([row(number, each) for number, each in enumerate(changed)])
    for client in servers:
        within_promise(lambda: len(found(client, "quizzacious sluice against coastal flooding")) == 100)  # noqa: B023
        within_promise(lambda: all(shown(client, f"M-{n:03}") == changed[n] for n in range(PEOPLE)))  # noqa: B023
        assert client.post("/ask", json={"question": QUESTION}).json()["behind"] == 0


def test_whoever_withdraws_in_another_process_is_gone_from_every_answer(
    office: Office, servers: list[httpx.Client]
) -> None:
    assert all(shown(client, "M-110") for client in servers)
    ran = office.c2c("consent", "withdraw", "M-110")
    assert ran.code == 0, ran.err
    for client in servers:
        within_promise(lambda: shown(client, "M-110") is None)  # noqa: B023
        assert "M-110" not in found(client, text(110))


def test_what_somebody_wrote_with_cypher_of_their_own_is_seen_and_linked_once(
    office: Office, servers: list[httpx.Client]
) -> None:
    office.cypher("MATCH (a:Alumnus {id: 'M-111'})-[:HAS_EXPERTISE]->(e) DETACH DELETE a, e")
    office.cypher(
        "MATCH (e:Expertise)<--(:Alumnus {id: 'M-112'}) SET e.text = 'Drilled a made-up well against drought'"
    )
    office.cypher(
        "CREATE (:Alumnus {id: 'R-1', name: 'Made-up Researcher'})-[:HAS_EXPERTISE]->"
        "(:Expertise {id: 'R-1/1', text: 'Mapped a made-up landslide', kind: 'publication'})"
    )
    for client in servers:
        within_promise(lambda: shown(client, "M-111") is None)  # noqa: B023
        within_promise(lambda: "M-112" in found(client, "who has handled drought"))  # noqa: B023
        within_promise(lambda: "R-1" in found(client, "who has handled landslides"))  # noqa: B023
        assert "M-112" not in found(client)
    links = office.cypher(
        "MATCH (e:Expertise)-[r:APPLIES_TO]->(h:Hazard) WHERE e.id STARTS WITH 'R-1/' OR e.id STARTS WITH 'M-112/' "
        "RETURN e.id AS expertise, h.id AS hazard, count(r) AS links ORDER BY expertise"
    )
    assert [(link["hazard"], link["links"]) for link in links] == [("drought", 1), ("landslide", 1)]


def test_a_command_of_another_process_never_answers_from_what_was(office: Office) -> None:
    alone = office.elsewhere("third")
    assert json.loads(alone("ask", "drought", "--json").out)["experts"]
    office.cypher("MATCH (e:Expertise)<--(:Alumnus {id: 'M-113'}) SET e.text = 'Put out a made-up wildfire'")
    answer = json.loads(alone("ask", "who has handled wildfires", "--json").out)
    assert [expert["id"] for expert in answer["experts"] if expert["whole"]] == ["M-113"]


def test_texts_wait_for_the_lease_of_a_killed_process_and_are_found_by_their_words_meanwhile(
    office: Office, servers: list[httpx.Client]
) -> None:
    engine = Neo4jEngine(office.server.uri, office.server.username, office.server.password)
    try:
        assert Lease(engine, "embed and link", "killed", seconds=3).take()
    finally:
        engine.close()
    office.cypher(
        "CREATE (:Alumnus {id: 'R-2', name: 'Made-up Researcher'})-[:HAS_EXPERTISE]->"
        "(:Expertise {id: 'R-2/1', text: 'Studied a made-up heatwave on Wobble Street', kind: 'publication'})"
    )
    for client in servers:
        within_promise(lambda: "R-2" in found(client, "Wobble Street"))  # noqa: B023
        within_promise(lambda: "R-2" in found(client, "who has handled heatwaves"))  # noqa: B023


def test_the_graph_is_stopped_under_load_and_comes_back(
    office: Office, servers: list[httpx.Client], until: Callable[[Callable[[], bool]], None]
) -> None:
    with office.elsewhere("fourth", C2C_ANSWER_WITHOUT_GRAPH="yes").serving() as going_on:
        ended, told = threading.Event(), []

        def ask(client: httpx.Client) -> None:
            while not ended.is_set():
                began = time.monotonic()
                answer = client.post("/ask", json={"question": QUESTION})
                told.append((client, answer, time.monotonic() - began))
                time.sleep(0.1)

        with ThreadPoolExecutor(8) as pool:
            asking = [pool.submit(ask, client) for client in (*servers, going_on, servers[0]) * 2]
            try:
                office.own.stop()
                for client in servers:
                    within_promise(lambda: client.post("/ask", json={"question": QUESTION}).status_code == 503)  # noqa: B023
                began = time.monotonic()
                refused = servers[0].get("/cities/2747891/peers")
                assert time.monotonic() - began < PROMISED * BUSY
                assert refused.status_code == 503
                assert int(refused.headers["Retry-After"]) > 0
                assert servers[0].get("/readyz").status_code == 503
                assert servers[0].get("/healthz").status_code == 200
                down = office.elsewhere("third")("ask", QUESTION)
                assert down.code == 3, down.out + down.err
                as_of = office.elsewhere("third", C2C_ANSWER_WITHOUT_GRAPH="yes")("ask", QUESTION, "--json")
                assert json.loads(as_of.out)["as_of"] < time.strftime("%Y-%m-%dT%H:%M:%S+00:00", time.gmtime())
                office.own.start()
                for client in servers:
                    until(lambda: client.post("/ask", json={"question": QUESTION}).status_code == 200)  # noqa: B023
            finally:
                ended.set()
            for each in asking:
                each.result(timeout=60)
        for client, answer, seconds in told:
            assert seconds < PROMISED * BUSY
            if client is going_on:
                assert answer.status_code == 200
                assert answer.json()["as_of"]
            else:
                assert answer.status_code in (200, 503)
                assert answer.status_code == 200 or int(answer.headers["Retry-After"]) > 0
        assert {answer.status_code for client, answer, _ in told if client is not going_on} == {200, 503}
    for client in servers:
        until(lambda: client.get("/cities/2747891/peers").status_code == 200)  # noqa: B023
        assert client.get("/readyz").status_code == 200
    office.cypher("MATCH (a:Alumnus {id: 'M-114'}) DETACH DELETE a")
    for client in servers:
        within_promise(lambda: shown(client, "M-114") is None)  # noqa: B023
