"""One network of made-up alumni, loaded into both engines by `c2c demo` and asked at both of its doors.

Both are served by `c2c serve` in processes of their own; what they answer is compared whole, but for the time taken.
"""

from __future__ import annotations

import csv
import json
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx
import neo4j
import pytest

from api import schemas as wire
from api.conversion import conditions_from_wire
from graph.answers.conditions import conditions_of
from graph.index.directory import current_version
from graph.index.reference_file import open_reference
from graph.model.questions import SLOTS
from ingest.synthetic.generating import generate
from tests.bench.neo4j_cypher import meeting
from tests.conftest import PEOPLE, CommandLine, copied
from tests.same_answers.asked import CITIES, QUESTIONS
from tests.servers.neo4j_server import Server


@dataclass(frozen=True)
class Both:
    """The same network on either engine: its command line, and a client of its server."""

    commands: tuple[CommandLine, CommandLine]
    clients: tuple[httpx.Client, httpx.Client]

    def get(self, path: str, **parameters: object) -> Any:
        """Return what both answer to GET, and fail where they differ."""
        embedded, neo4j = (client.get(path, params=parameters) for client in self.clients)
        return _same(embedded, neo4j)

    def ask(self, question: str, **request: object) -> Any:
        """Return the answer that both give to a question, and fail where they differ."""
        embedded, neo4j = (client.post("/ask", json={"question": question, **request}) for client in self.clients)
        return _same(embedded, neo4j)

    def run(self, *arguments: str) -> None:
        """Run a command over both networks."""
        for command in self.commands:
            done = command(*arguments)
            assert done.code == 0, done.err


def _same(embedded: httpx.Response, neo4j: httpx.Response) -> Any:
    assert (embedded.status_code, neo4j.status_code) == (200, 200), embedded.text + neo4j.text
    answers = embedded.json(), neo4j.json()
    for answer in answers:
        answer.pop("took_ms", None)
    # As text, so that order counts everywhere and no 1 equals 1.0 or True.
    assert json.dumps(answers[0], ensure_ascii=False, indent=1) == json.dumps(answers[1], ensure_ascii=False, indent=1)
    return answers[0]


@pytest.fixture(scope="module")
def both(demo_network: Path, neo4j_server: Server, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Both]:
    directory = tmp_path_factory.mktemp("same")
    embedded = CommandLine(copied(demo_network, directory / "embedded"))
    on_neo4j = CommandLine.on_neo4j(neo4j_server, directory / "neo4j")
    loaded = on_neo4j("demo", "--people", str(PEOPLE))
    assert loaded.code == 0, loaded.err
    with embedded.serving() as one, on_neo4j.serving() as other:
        yield Both((embedded, on_neo4j), (one, other))


def test_both_engines_are_asked_and_hold_the_same_people(both: Both) -> None:
    kinds = [json.loads(command("status", "--json").out) for command in both.commands]
    assert "neo4j" in str(both.commands[1].environment()["C2C_STORE"])
    assert kinds[0]["people"] == kinds[1]["people"] > 1_000
    assert both.get("/experts", limit=1)["total"] == kinds[0]["people"]


def test_the_questions_are_of_every_kind(both: Both) -> None:
    read = [both.clients[0].post("/understand", json={"question": question}).json() for question in QUESTIONS]
    assert len(set(QUESTIONS)) == len(QUESTIONS) >= 100
    for slot in SLOTS:
        assert sum(bool(reading[slot]) for reading in read) >= 5, slot
    bindings = {place.get("as") for reading in read for place in reading["countries"] + reading["cities"]}
    assert bindings == {"gained_in", "lives_in", "from"}
    for bound in ("since", "until"):
        assert sum(reading["years"][bound] is not None for reading in read) >= 10
    assert sum(term["negated"] for reading in read for slot in SLOTS for term in reading[slot]) >= 10
    assert any(reading["any_of"] for reading in read)
    assert any(reading["like"] for reading in read)


@pytest.mark.parametrize("question", QUESTIONS)
def test_a_question_gets_the_same_people_order_and_evidence(both: Both, question: str) -> None:
    answer = both.ask(question, explain=True)
    assert answer["question"] == question
    assert all(expert["evidence"] for expert in answer["experts"])


def test_most_questions_have_people_who_meet_them_whole(both: Both) -> None:
    totals = [both.clients[1].post("/ask", json={"question": question}).json()["total"] for question in QUESTIONS]
    assert sum(total > 0 for total in totals) >= 0.4 * len(totals)


def test_the_graph_on_the_server_holds_as_many_as_the_answers_count(both: Both, neo4j_server: Server) -> None:
    reference = open_reference(current_version(both.commands[1].store / "index"))
    counted, given = {}, {}
    with neo4j.GraphDatabase.driver(neo4j_server.uri, auth=(neo4j_server.username, neo4j_server.password)) as driver:
        for question in QUESTIONS[::3]:
            answer = both.clients[1].post("/ask", json={"question": question}).json()
            conditions = conditions_of(
                conditions_from_wire(wire.UnderstoodWire(**answer["understood"])), None, reference
            )
            if conditions.wanted:
                query = meeting(conditions, reference)
                text = f"{query.text}\nMATCH (person:Alumnus)-[:HAS_EXPERTISE]->(expertise)\n"
                found = driver.execute_query(f"{text}RETURN count(DISTINCT person) AS people", query.parameters)
                counted[question], given[question] = found.records[0]["people"], answer["total"]
    assert len(counted) >= 40
    assert counted == given


@pytest.mark.parametrize(
    "request_",
    [
        {"limit": 50, "offset": 10},
        {"limit": 3, "filters": {"languages": [{"id": "fr"}], "years": {"since": 2012, "until": None}}},
        {"filters": {"traits": [{"id": "coastal", "as": "lives_in"}], "kinds": ["project", "thesis"]}},
        {"filters": {"organisation_kinds": ["government", "utility"], "regions": [{"id": "002", "as": "from"}]}},
    ],
    ids=["a later page", "language and years", "home and kind of expertise", "employer and origin"],
)
def test_pages_and_filters_give_the_same_too(both: Both, request_: dict[str, Any]) -> None:
    assert both.ask("who has handled floods", **request_)["experts"]


@pytest.mark.parametrize(("city", "name"), CITIES.items())
def test_a_city_and_its_peers_are_the_same(both: Both, city: str, name: str) -> None:
    assert both.get(f"/cities/{city}")["name"] == name
    assert len(both.get(f"/cities/{city}/peers", limit=20)["peers"]) == 20


@pytest.mark.parametrize("path", ["/experts", "/cities", "/hazards", "/measures"])
def test_lists_are_the_same_page_by_page(both: Both, path: str) -> None:
    total = both.get(path, limit=1)["total"]
    for offset in (0, total // 2, total - 1):
        assert both.get(path, limit=40, offset=offset)["items"]


def test_cities_are_found_by_the_same_names(both: Both) -> None:
    for name in ("Cần Thơ", "san", "Zür", "DEN"):
        assert both.get("/cities", search=name)["items"], name


def test_the_terminal_says_the_same_on_both(both: Both) -> None:
    for arguments in (["ask", QUESTIONS[1]], ["city", "Rotterdam"]):
        said = [command(*arguments) for command in both.commands]
        assert [each.code for each in said] == [0, 0], said[0].err + said[1].err
        assert _but_the_time(said[0].out) == _but_the_time(said[1].out) != ""


def test_who_leaves_and_who_comes_does_so_on_both(
    both: Both, tmp_path: Path, until: Callable[[Callable[[], bool]], None]
) -> None:
    leaving, coming = _somebody(both), _withheld(tmp_path)

    def are_as_they_decided() -> bool:
        found = [client.get(f"/experts/{key}").status_code for key in (leaving, coming) for client in both.clients]
        return found == [404, 404, 200, 200]

    assert not are_as_they_decided()
    both.run("consent", "withdraw", leaving)
    both.run("consent", "give", coming, "--ground", "made up for a test")
    until(are_as_they_decided)
    assert both.get(f"/experts/{coming}")["evidence"]
    for question in QUESTIONS[1::6]:
        assert leaving not in {expert["id"] for expert in both.ask(question, limit=30)["experts"]}


def _somebody(both: Both) -> str:
    """Return the first in the answer to a question: somebody that answers show."""
    return str(both.ask(QUESTIONS[1])["experts"][0]["id"])


def _but_the_time(said: str) -> str:
    return re.sub(r"\d+ ms", "", said)


def _withheld(directory: Path) -> str:
    """Return somebody of the demo network who never said whether to be found, and has something to tell."""
    with generate(directory, people=PEOPLE).alumni.open(encoding="utf-8-sig", newline="") as lines:
        return next(row["alumnus_id"] for row in csv.DictReader(lines) if not row["consent"] and row["expertise_text"])
