"""The HTTP door over the demo network, in one served process: answers, problems, pages, and the description."""

import csv
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

from tests.conftest import CommandLine, copied

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
        ("POST", "/ask", "[" * 100_000, 400),
        ("POST", "/ask", '{"question": "\\ud800"}', 422),
        ("POST", "/ask", '{"question": "floods", "filters": {"hazards": [{"id": "flods"}]}}', 400),
        ("POST", "/ask", '{"question": "floods", "filters": {"years": {"since": 2020, "until": 2010}}}', 400),
        ("POST", "/ask", '{"question": "floods", "understood": {"years": {"since": 2020, "until": 2010}}}', 400),
        ("POST", "/ask", '{"question": "floods", "filters": {"years": {"since": 20200}}}', 422),
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


def test_a_body_beyond_the_limit_is_refused_also_where_its_size_is_not_stated(client: httpx.Client) -> None:
    answer = client.post("/ask", content=(b"x" * 100_000 for _ in range(30)))
    assert answer.status_code == 413
    assert answer.json()["mend"]


def test_a_question_of_very_many_conditions_is_answered(client: httpx.Client) -> None:
    countries = [
        country["name"] for country in client.post("/ask", json={"question": "floods"}).json()["facets"]["country"]
    ]
    question = f"floods in {', '.join(countries)}"[:1_990]
    answer = client.post("/ask", json={"question": question})
    assert answer.status_code == 200
    assert len(answer.json()["understood"]["countries"]) > 60
    understood = answer.json()["understood"]
    assert client.post("/ask", json={"question": question, "understood": understood}).status_code == 200


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


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/person/nobody", 404),
        ("/person/", 404),
        ("/city/0", 404),
        ("/?q=floods&hazard=flods", 400),
        ("/?q=floods&page=next", 422),
        ("/?q=floods&since=soon", 422),
        (f"/?q={'x' * 2_500}", 422),
    ],
)
def test_what_a_page_cannot_show_is_said_on_a_page_with_a_way_back(
    client: httpx.Client, path: str, status: int
) -> None:
    page = client.get(path)
    assert page.status_code == status
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


HOSTILE = "<script>alert('x')</script><b>&\"bold"


@pytest.fixture(scope="module")
def guarded(places_network: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[httpx.Client]:
    """A served network of one person whose every text is hostile, behind two tokens."""
    folder = tmp_path_factory.mktemp("guarded")
    settings = (("C2C_TOKEN", "made-up-write"), ("C2C_READ_TOKEN", "made-up-read"))
    c2c = CommandLine(copied(places_network, folder / "own"), settings)
    texts = ("name", "programme", "thesis_title", "organisation", "position", "expertise_text", "project")
    row = {name: f"{name} {HOSTILE} floods" for name in texts}
    row |= {"alumnus_id": "H-<b>1", "consent": "yes", "expertise_kind": "project",
            "expertise_city": "Can Tho", "expertise_country": "VN", "home_city": "Can Tho",
            "home_country": "VN"}  # fmt: skip
    with (folder / "alumni.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(row))
        writer.writeheader()
        writer.writerow(row)
    loaded = c2c("load", "alumni", str(folder / "alumni.csv"))
    assert loaded.code == 0, loaded.out + loaded.err
    with c2c.serving() as served:
        yield served


@pytest.mark.parametrize("path", ["/?q=floods", "/person/H-%3Cb%3E1", "/city/1586203", f"/?q={HOSTILE}"])
def test_what_was_loaded_is_shown_as_text_and_never_run(guarded: httpx.Client, path: str) -> None:
    page = guarded.get(path, auth=("anyone", "made-up-read"))
    assert page.status_code == 200, page.text
    assert "<script" not in page.text
    assert "<b>" not in page.text
    assert "alert(" in page.text


@pytest.mark.parametrize("path", ["/", "/experts", "/openapi.json", "/static/style.css", "/person/x", "/no-such"])
def test_without_a_token_nothing_is_shown(guarded: httpx.Client, path: str) -> None:
    for headers in ({}, {"Authorization": "Bearer made-up-writ"}, {"Authorization": "Basic bWFkZS11cC1yZWFk"}):
        refused = guarded.get(path, headers=headers)
        assert refused.status_code == 401
        assert refused.headers["www-authenticate"].startswith("Basic ")
        assert refused.headers["content-type"] == "application/problem+json"
        assert refused.json()["mend"]
    assert guarded.get("/healthz").status_code == 200


@pytest.mark.parametrize("token", ["made-up-read", "made-up-write"])
def test_either_token_reads_and_neither_runs_the_owners_commands(guarded: httpx.Client, token: str) -> None:
    bearer = {"Authorization": f"Bearer {token}"}
    assert guarded.post("/ask", json={"question": "floods"}, headers=bearer).status_code == 200
    assert guarded.get("/experts", headers=bearer).json()["total"] == 1
    command = {"arguments": ["status"], "directory": "/", "columns": 80, "terminal": False, "message_terminal": False}
    assert guarded.post("/internal/command", json=command, headers=bearer).status_code == 403


@pytest.mark.parametrize(
    ("host", "settings", "named"),
    [
        ("0.0.0.0", {}, "C2C_TOKEN"),
        ("192.0.2.7", {}, "C2C_TOKEN"),
        ("0.0.0.0", {"C2C_TOKEN": "made-up"}, "C2C_HOSTS"),
        ("::", {"C2C_TOKEN": "made-up"}, "C2C_HOSTS"),
    ],
)
def test_an_open_address_without_what_it_needs_is_refused_with_how_to_set_it(
    demo_network: Path, host: str, settings: dict[str, str], named: str
) -> None:
    ran = CommandLine(demo_network, tuple(settings.items()))("serve", "--host", host, "--port", "0")
    assert ran.code == 2
    assert f"Set {named}" in ran.err
