"""`POST /graph/cypher`: what goes over the wire, who may ask, and what is refused, wrong or too long."""

from __future__ import annotations

import json
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import httpx
import pytest

from tests.api.wire_forms import faults
from tests.conftest import CommandLine, copied

ENDLESS = "MATCH (a), (b), (c), (d), (e), (f), (g) RETURN sum(size(a.id) + size(g.id))"
NODE = {"element": str, "labels": [str], "properties": {"id": str}}
RELATIONSHIP = {"element": str, "type": str, "start": str, "end": str, "properties": {}}
RESULT = {
    "columns": [str], "nodes": [NODE], "relationships": [RELATIONSHIP], "truncated": bool, "took_ms": float,
    "generation": int,
}  # fmt: skip
READ, WRITE = "made-up-read", "made-up-write"


@pytest.fixture(scope="module")
def client(demo_network: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[httpx.Client]:
    settings = (("C2C_TOKEN", WRITE), ("C2C_READ_TOKEN", READ), ("C2C_CYPHER_SECONDS", "4"), ("C2C_CYPHER_ROWS", "500"))
    c2c = CommandLine(copied(demo_network, tmp_path_factory.mktemp("cypher") / "network"), settings)
    with c2c.serving() as served:
        served.headers["Authorization"] = f"Bearer {READ}"
        ask(served, "RETURN 1")  # the process that reads is started
        yield served


def ask(client: httpx.Client, query: str, status: int = 200, **parameters: Any) -> dict[str, Any]:
    answer = client.post("/graph/cypher", json={"query": query, "parameters": parameters})
    assert answer.status_code == status, answer.text
    told: dict[str, Any] = answer.json()
    if status != 200:
        assert answer.headers["content-type"] == "application/problem+json"
        assert told["status"] == status
        assert told["detail"]
        assert told["mend"]
    return told


def test_an_answer_is_of_its_form(client: httpx.Client) -> None:
    query = "MATCH p = (e:Expertise)-[r:APPLIES_TO]->(h:Hazard) RETURN e, r, h, p, {score: r.score} AS m LIMIT 5"
    found = ask(client, query)
    assert list(faults(found, RESULT)) == []
    assert found["columns"] == ["e", "r", "h", "p", "m"]
    assert len(found["rows"]) == 5
    for expertise, relationship, hazard, path, mapped in found["rows"]:
        assert path == [expertise, relationship, hazard]
        assert mapped == {"score": relationship["properties"]["score"]}
        assert expertise in found["nodes"]
        assert relationship in found["relationships"]
    elements = [node["element"] for node in found["nodes"]]
    assert len(elements) == len(set(elements))


def test_whoever_may_read_may_query_and_nobody_else(client: httpx.Client) -> None:
    body = {"query": "RETURN 1"}
    for token, status in ((READ, 200), (WRITE, 200), ("made-up-other", 401)):
        answer = client.post("/graph/cypher", json=body, headers={"Authorization": f"Bearer {token}"})
        assert answer.status_code == status


@pytest.mark.parametrize(
    ("query", "reason", "position"),
    [
        ("CREATE (n:City {id: 'x'})", "CREATE", {"line": 1, "column": 1}),
        ("MATCH (n)\n  SET n.name = 'x'", "SET", {"line": 2, "column": 3}),
        ("LOAD CSV FROM 'file:///etc/passwd' AS row RETURN row", "LOAD CSV", {"line": 1, "column": 1}),
        ("CALL apoc.help('x')", "apoc.help", {"line": 1, "column": 6}),
        ("SHOW USERS", "SHOW USERS", {"line": 1, "column": 1}),
        ("RETURN 1; RETURN 2", "2 statements", None),
        ("RETURN [x IN range(1, 100000) | size([y IN range(1, 100000) | y])]", "iterat", {"line": 1, "column": 9}),
    ],
)
def test_what_is_not_allowed_is_refused_with_the_reason_and_the_place(
    client: httpx.Client, query: str, reason: str, position: dict[str, int] | None
) -> None:
    told = ask(client, query, 403)
    assert reason in told["detail"]
    if position is None:
        assert "position" not in told
    else:
        assert told["position"]["line"] == position["line"]
        assert abs(told["position"]["column"] - position["column"]) <= 1


def test_what_is_wrong_is_told_with_its_place(client: httpx.Client) -> None:
    assert ask(client, "MATCH (n:City)\nRETUR n", 400)["position"] == {"line": 2, "column": 1}
    assert ask(client, "RETURN $gone", 400)["position"] == {"line": 1, "column": 8}
    assert "absent" in ask(client, "MATCH (n:City) RETURN absent", 400)["detail"]


@pytest.mark.parametrize(
    "body",
    [
        '{"query": ""}',
        '{"parameters": {}}',
        '{"query": "RETURN $a", "parameters": {"a": "\\ud800"}}',
        '{"query": "RETURN $a", "parameters": {"a": {"\\ud800": 1}}}',
        '{"query": "RETURN $a", "parameters": {"a": [1e999]}}',
        '{"query": "RETURN $a", "parameters": {"a": 9223372036854775808}}',
        '{"query": "RETURN 1", "limit": 3}',
    ],
)
def test_what_no_engine_holds_is_not_of_the_form(client: httpx.Client, body: str) -> None:
    answer = client.post("/graph/cypher", content=body, headers={"Content-Type": "application/json"})
    assert answer.status_code == 422, answer.text
    assert answer.json()["mend"]


def test_a_query_past_its_time_is_504_and_the_next_is_answered(client: httpx.Client) -> None:
    assert "limit of 4 s" in ask(client, ENDLESS, 504)["detail"]
    assert ask(client, "RETURN 1 AS one")["rows"] == [[1]]


def test_many_queries_at_once_keep_nobody_else_waiting(client: httpx.Client) -> None:
    with ThreadPoolExecutor(60) as pool:
        answers = [pool.submit(client.post, "/graph/cypher", json={"query": ENDLESS}) for _ in range(60)]
        asked = client.post("/ask", json={"question": "floods"})
        assert asked.status_code == 200
        assert any(not answer.done() for answer in answers)
    statuses = [answer.result().status_code for answer in answers]
    assert set(statuses) == {503, 504}
    assert statuses.count(504) <= 8
    assert ask(client, "RETURN 1 AS one")["rows"] == [[1]]


def test_a_cap_is_no_error(client: httpx.Client) -> None:
    found = ask(client, "MATCH (c:City) RETURN c.id")
    assert (len(found["rows"]), found["truncated"]) == (500, True)
    assert ask(client, "UNWIND range(1, 500) AS n RETURN n")["truncated"] is False


def test_every_value_can_be_sent(client: httpx.Client) -> None:
    found = ask(
        client,
        "RETURN 0.0 / 0.0 AS nan, 1.0 / 0.0 AS inf, left($a, 1) AS half, $a AS whole, date('2020-02-29') AS day, null",
        a="\U0001f30a",
    )
    [[nan, infinity, half, whole, day, nothing]] = found["rows"]
    assert (nan, infinity, whole, day, nothing) == ("NaN", "Infinity", "\U0001f30a", "2020-02-29", None)
    half.encode()


def test_no_contact_details_are_in_the_graph(client: httpx.Client) -> None:
    found = json.dumps(ask(client, "MATCH (a:Alumnus) RETURN a LIMIT 500")).lower()
    assert "s-00001" in found
    for sign in ("@", "e-mail", "email", "phone"):
        assert sign not in found


def test_the_description_tells_of_the_query_and_its_errors(client: httpx.Client) -> None:
    described = client.get("/openapi.json").json()
    operation = described["paths"]["/graph/cypher"]["post"]
    assert {"200", "400", "401", "403", "422", "503", "504"} <= set(operation["responses"])
    assert described["components"]["schemas"]["Cypher"]["examples"]
    example = described["components"]["schemas"]["Cypher"]["examples"][0]
    assert ask(client, example["query"], **example["parameters"])["rows"][0][0] > 0
