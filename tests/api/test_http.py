"""The HTTP door over the demo network, in one served process: answers, problems, pages, and the description."""

import json
import re
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
import schemathesis
from hypothesis import HealthCheck, given, settings
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from tests.conftest import CommandLine

QUESTION = "who has handled floods in Asia"


@pytest.fixture(scope="module")
def client(demo_network: Path) -> Iterator[httpx.Client]:
    with CommandLine(demo_network).serving() as served:
        yield served


def test_it_says_that_it_lives_and_that_it_is_ready(client: httpx.Client) -> None:
    assert client.get("/healthz").json() == {"status": "ok"}
    ready = client.get("/readyz").json()
    assert ready["status"] == "ready"
    assert ready["people"] > 1_000


TERM = {"id", "name", "words", "start", "end", "negated"}
EVIDENCE = {
    "expertise", "text", "language", "city", "country", "traits", "hazards", "measures", "since", "until", "role",
    "kind", "project", "source", "weak",
}  # fmt: skip
EXPERT = {
    "id", "name", "country", "city", "position", "organisation", "organisation_kind", "languages", "studied",
    "confirmed", "score", "whole", "missing", "synthetic", "reasons", "evidence",
}  # fmt: skip


def test_an_answer_has_every_field_of_the_contract(client: httpx.Client) -> None:
    question = "who has handled coastal flooding in a delta city, not in Europe"
    answer = client.post("/ask", json={"question": question, "limit": 5, "explain": True}).json()
    assert {"question", "understood", "total", "facets", "experts", "relax", "also", "behind", "took_ms"} <= set(answer)
    understood = answer["understood"]
    assert set(understood["years"]) == {"since", "until"}
    for slot in ("hazards", "traits", "regions"):
        for term in understood[slot]:
            assert set(term) >= TERM
            assert question[term["start"] : term["end"]] == term["words"]
            assert ("as" in term) == (slot != "hazards")
    assert [term["id"] for term in understood["regions"] if term["negated"]] == ["150"]
    assert set(answer["facets"]) == {"country", "region", "language", "hazard", "measure", "trait", "kind"}
    assert answer["experts"]
    for expert in answer["experts"]:
        assert set(expert) >= EXPERT | {"explain"}
        assert 0 <= expert["score"] <= 1
        assert sum(part["value"] * part["weight"] for part in expert["explain"]) == pytest.approx(
            expert["score"], abs=0.01
        )
        assert expert["whole"] or expert["missing"]
        assert expert["synthetic"] is True
        for evidence in expert["evidence"]:
            assert set(evidence) >= EVIDENCE
            assert evidence["city"] is None or set(evidence["city"]) == {"id", "name"}
            assert all(set(hazard) >= {"id", "score", "words"} for hazard in evidence["hazards"])
    person = client.get(f"/experts/{answer['experts'][0]['id']}").json()
    assert set(person) >= EXPERT - {"score", "whole", "missing", "reasons"}
    assert not {"score", "whole", "missing", "reasons"} & set(person)


def test_a_corrected_reading_replaces_the_readers(client: httpx.Client) -> None:
    understood = client.post("/understand", json={"question": QUESTION}).json()
    understood["regions"] = []
    wider = client.post("/ask", json={"question": QUESTION, "understood": understood}).json()
    assert wider["understood"]["regions"] == []
    assert wider["total"] > client.post("/ask", json={"question": QUESTION}).json()["total"]


def test_lists_come_in_pages(client: httpx.Client) -> None:
    for path in ("/experts", "/cities", "/hazards", "/measures"):
        first = client.get(path, params={"limit": 3}).json()
        second = client.get(path, params={"limit": 3, "offset": 3}).json()
        assert first["total"] == second["total"] > 6
        assert not {item["id"] for item in first["items"]} & {item["id"] for item in second["items"]}
    assert client.get("/cities", params={"search": "Cần Thơ"}).json()["items"][0]["country"] == "VN"
    assert client.get("/hazards").json()["total"] == 45


def test_a_city_and_its_peers(client: httpx.Client) -> None:
    city = client.get("/cities/2747891").json()
    assert (city["name"], city["country"]) == ("Rotterdam", "NL")
    assert {trait["value"] for trait in city["traits"]} == {"yes", "no", "unknown"}
    assert all(trait["ground"] for trait in city["traits"])
    assert {item["grain"] for item in city["exposure"]} == {"country", "derived"}
    peers = client.get("/cities/2747891/peers", params={"limit": 6}).json()
    assert peers["city"] == {"id": "2747891", "name": "Rotterdam"}
    assert len(peers["peers"]) == 6
    assert all(peer["reasons"] for peer in peers["peers"])
    assert "2747891" not in {peer["id"] for peer in peers["peers"]}


@pytest.mark.parametrize(
    ("method", "path", "body", "status"),
    [
        ("POST", "/ask", "{", 400),
        ("POST", "/ask", "{}", 422),
        ("POST", "/ask", '{"question": "floods", "limit": 0}', 422),
        ("POST", "/ask", json.dumps({"question": "x" * 3_000}), 422),
        ("POST", "/ask", '{"question": "floods", "unknown": 1}', 422),
        ("POST", "/link", json.dumps({"texts": ["x" * 15_000] * 200}), 413),
        ("GET", "/experts/nobody", None, 404),
        ("GET", "/cities/0", None, 404),
        ("GET", "/nothing-here", None, 404),
        ("GET", "/cities?limit=1000", None, 422),
        ("DELETE", "/experts", None, 405),
    ],
)
def test_bad_input_is_a_problem_that_says_what_to_mend(
    client: httpx.Client, method: str, path: str, body: str | None, status: int
) -> None:
    answer = client.request(method, path, content=body, headers={"Content-Type": "application/json"})
    assert answer.status_code == status
    assert answer.headers["content-type"] == "application/problem+json"
    problem = answer.json()
    assert {"type", "title", "status", "detail", "mend"} == set(problem)
    assert problem["status"] == status
    assert problem["mend"]
    assert "Traceback" not in answer.text


def test_a_foreign_host_name_is_refused(client: httpx.Client) -> None:
    assert client.get("/healthz", headers={"Host": "rebound.example.org"}).status_code == 403
    assert "access-control-allow-origin" not in client.get("/healthz", headers={"Origin": "http://a.example"}).headers


@pytest.mark.parametrize("path", ["/", f"/?q={QUESTION}&trait=delta&since=2010&page=1", "/city?name=rotterdam",
                                  "/city/2747891", "/person/S-00001", "/docs"])  # fmt: skip
def test_pages_are_whole_and_work_without_script(client: httpx.Client, path: str) -> None:
    page = client.get(path)
    assert page.status_code == 200, page.text[-500:]
    assert page.text.count("<h1") <= 1
    assert "<script" not in page.text
    assert "</html>" in page.text
    for address in re.findall(r'(?:href|src)="(/[^"#]*)"', page.text)[:12]:
        assert client.get(address.replace("&amp;", "&")).status_code == 200, address


def test_pages_escape_what_people_type(client: httpx.Client) -> None:
    page = client.get("/", params={"q": "<b>floods</b> in a delta city"})
    assert "<b>floods" not in page.text
    assert "&lt;b&gt;floods" in page.text


@pytest.mark.parametrize("path", ["/person/nobody", "/city/0"])
def test_an_unknown_person_or_city_is_a_page_with_a_way_back(client: httpx.Client, path: str) -> None:
    page = client.get(path)
    assert page.status_code == 404
    assert page.headers["content-type"].startswith("text/html")
    assert 'href="/"' in page.text


def test_the_description_is_openapi_3_1_with_examples(client: httpx.Client) -> None:
    description = client.get("/openapi.json").json()
    assert description["openapi"].startswith("3.1")
    for name in ("Ask", "Understand", "LinkRequest"):
        assert description["components"]["schemas"][name]["examples"]
    assert not any(path.startswith("/internal") for path in description["paths"])


CHECKS = [not_a_server_error, status_code_conformance, content_type_conformance, response_schema_conformance]


def test_nothing_that_fits_the_description_or_not_brings_a_fault(client: httpx.Client) -> None:
    description = schemathesis.openapi.from_url(f"{client.base_url}/openapi.json")
    tried = 0
    for result in description.get_all_operations():
        operation = result.ok()

        @settings(max_examples=20, deadline=None, database=None, suppress_health_check=list(HealthCheck))
        @given(case=operation.as_strategy())
        def check(case: schemathesis.Case) -> None:
            case.call_and_validate(checks=CHECKS)

        check()
        tried += 1
    assert tried >= 12
