"""What a question may ask for and how long it may take: refused in words, never in silence or by a fault."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest

from tests.conftest import CommandLine

QUESTION = "who has handled floods in Asia"


@pytest.fixture(scope="module")
def client(demo_network: Path) -> Iterator[httpx.Client]:
    with CommandLine(demo_network).serving() as served:
        yield served


def test_a_question_past_its_time_is_refused_at_every_door(demo_network: Path) -> None:
    hasty = CommandLine(demo_network, (("C2C_ASK_SECONDS", "0.000001"),))
    ran = hasty("ask", QUESTION)
    assert ran.code == 4
    assert "C2C_ASK_SECONDS" in ran.err
    with hasty.serving() as served:
        assert served.get("/readyz").status_code == 200
        refused = served.post("/ask", json={"question": QUESTION})
        assert refused.status_code == 504
        assert refused.headers["content-type"] == "application/problem+json"
        assert "C2C_ASK_SECONDS" in refused.json()["mend"]
        page = served.get("/", params={"q": QUESTION})
        assert page.status_code == 504
        assert "seconds" in page.text
        assert served.post("/understand", json={"question": QUESTION}).status_code == 200


@pytest.mark.parametrize("seconds", ["soon", "0", "-1", "inf", "nan"])
def test_a_time_that_is_none_is_refused_by_its_setting(demo_network: Path, seconds: str) -> None:
    ran = CommandLine(demo_network, (("C2C_ASK_SECONDS", seconds),))("status")
    assert ran.code == 2
    assert f"C2C_ASK_SECONDS is '{seconds}'" in ran.err


UNKNOWN = {
    "hazards": ("flods", "flooding"),
    "measures": ("early-warnings", "early-warning"),
    "traits": ("deltas", "delta"),
    "cities": ("99999999999", "GET /cities"),
    "countries": ("XX", "ISO 3166"),
    "regions": ("999", "M49"),
    "languages": ("qq", "BCP 47"),
    "roles": ("enginer", "engineer"),
    "like": ("no-city", "GET /cities"),
}


@pytest.mark.parametrize("where", ["filters", "understood"])
@pytest.mark.parametrize("slot", UNKNOWN)
def test_an_unknown_id_is_refused_with_its_field_and_near_ones(client: httpx.Client, where: str, slot: str) -> None:
    value, near = UNKNOWN[slot]
    refused = client.post("/ask", json={"question": QUESTION, where: {slot: [{"id": value}]}})
    assert refused.status_code == 400
    problem = refused.json()
    assert f"{where}.{slot}" in problem["detail"]
    assert repr(value) in problem["detail"]
    assert near in problem["mend"]


@pytest.mark.parametrize(
    ("option", "value", "near"),
    [
        ("--country", "XX", "ISO 3166"),
        ("--country", "Vietnan", "VN"),
        ("--language", "qq", "BCP 47"),
        ("--region", "999", "M49"),
        ("--kind", "projct", "project"),
        ("--organisation-kind", "utilty", "utility"),
    ],
)
def test_an_unknown_filter_of_the_command_line_is_wrong_use(
    client: httpx.Client, demo_network: Path, option: str, value: str, near: str
) -> None:
    ran = CommandLine(demo_network)("ask", QUESTION, option, value)
    assert ran.code == 2
    assert repr(value) in ran.err
    assert near in ran.err


def test_a_condition_given_by_its_id_alone_is_shown_by_its_name(client: httpx.Client) -> None:
    given = {"countries": [{"id": "VN"}], "cities": [{"id": "2747891"}], "languages": [{"id": "pt-BR"}, {"id": "fr"}]}
    answer = client.post("/ask", json={"question": QUESTION, "filters": given}).json()
    understood = answer["understood"]
    assert [term["name"] for term in understood["cities"]] == ["Rotterdam"]
    assert [term["name"] for term in understood["languages"]] == ["pt-BR", "French"]
    assert understood["countries"][0]["name"].startswith("Viet")
    assert answer["experts"]
    assert all("VN" not in missing for expert in answer["experts"] for missing in expert["missing"])


def _ids(client: httpx.Client, path: str) -> list[dict[str, Any]]:
    return [{"id": item["id"]} for item in client.get(path, params={"limit": 100}).json()["items"]]


def test_the_largest_requests_are_answered_or_refused_in_words(client: httpx.Client) -> None:
    hazards, measures, cities = (_ids(client, path) for path in ("/hazards", "/measures", "/cities"))
    languages = [{"id": tag} for tag in ("en", "nl", "fr", "es", "vi", "sw", "ar", "zh")]
    fits = {"hazards": hazards, "measures": measures, "languages": languages, "cities": cities}
    long = "x " * 999
    homes = [city | {"as": "lives_in"} for city in cities]
    for filters in (fits, {**fits, "any_of": [hazards, measures]}, {"cities": homes, "languages": languages}):
        answer = client.post("/ask", json={"question": long, "filters": filters, "limit": 100, "explain": True})
        assert answer.status_code == 200, answer.text
        assert answer.json()["experts"]
    drought = [{"id": "drought"}] * 500
    over = {
        400: {
            **fits,
            "cities": [city | {"as": bound} for bound in ("gained_in", "lives_in", "from") for city in cities],
        },
        422: {"hazards": [{"id": "drought"}], "any_of": [drought] * 5},
    }
    for status, filters in over.items():
        refused = client.post("/ask", json={"question": long, "filters": filters})
        assert refused.status_code == status
        assert refused.json()["mend"]
        assert "at most" in refused.json()["detail"]


def test_what_is_given_twice_is_asked_once(client: httpx.Client) -> None:
    twice = [{"id": "drought", "words": str(number)} for number in range(400)]
    answer = client.post("/ask", json={"question": "x", "filters": {"hazards": twice}}).json()
    once = client.post("/ask", json={"question": "x", "filters": {"hazards": twice[:1]}}).json()
    assert answer["total"] == once["total"] > 0


def test_names_that_a_caller_makes_long_are_not_repeated_for_everybody(client: httpx.Client) -> None:
    refused = client.post(
        "/ask", json={"question": "x", "filters": {"hazards": [{"id": "drought", "name": "y" * 999}]}}
    )
    assert refused.status_code == 422
    assert "name" in json.loads(refused.text)["detail"]
