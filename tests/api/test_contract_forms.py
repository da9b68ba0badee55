"""What goes over the wire, held field by field to the contract: names, types, identifiers, and what is null."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest

from tests.api.wire_forms import (
    ANSWER,
    CITY,
    COUNTRY,
    LINKED,
    PAGE,
    PEERS,
    PERSON,
    PROFILE,
    SLUG,
    UNDERSTOOD,
    Maybe,
    faults,
)
from tests.conftest import CommandLine

QUESTIONS = (
    "who has handled coastal flooding in a delta city",
    "drought planners in East Africa who speak French, since 2005, not in Kenya",
    "storm or erosion, cities like Rotterdam, no consultants",
    "engineers from Vietnam who live in Can Tho and used early warning before 2012",
    "purple elephants of Wobbleford on a riverside",
)


def held(value: Any, form: Any) -> None:
    assert list(faults(value, form)) == []


@pytest.fixture(scope="module")
def client(demo_network: Path) -> Iterator[httpx.Client]:
    with CommandLine(demo_network).serving() as served:
        yield served


def test_what_is_not_of_its_form_is_seen() -> None:
    assert list(faults({"a": 1}, {"a": str, "b": int})) == ["$.a: 1 is no str", "$.b: absent"]
    assert list(faults([{"c": "nl"}, {"c": True}], [{"c": COUNTRY}])) != []
    assert list(faults({"a": True}, {"a": int})) == ["$.a: True is no int"]


@pytest.mark.parametrize("question", QUESTIONS)
@pytest.mark.parametrize("explain", [False, True])
def test_an_answer_is_of_its_form(client: httpx.Client, question: str, explain: bool) -> None:
    answer = client.post("/ask", json={"question": question, "limit": 20, "explain": explain}).json()
    held(answer, ANSWER)
    assert answer["question"] == question
    for slot in ("hazards", "measures", "traits", "cities", "countries", "regions", "languages", "roles", "like"):
        for read in answer["understood"][slot]:
            assert question[read["start"] : read["end"]] == read["words"]
    own = {read["id"] for slot in UNDERSTOOD if slot not in ("years", "any_of", "rest", "not_understood")
           for read in answer["understood"][slot]}  # fmt: skip
    assert {read["id"] for group in answer["understood"]["any_of"] for read in group} <= own
    whole = [expert["whole"] for expert in answer["experts"]]
    assert whole == sorted(whole, reverse=True)
    assert sum(whole) == min(answer["total"], 20)
    for expert in answer["experts"]:
        assert ("explain" in expert) == explain
        assert bool(expert["missing"]) != expert["whole"]


def test_whole_people_alone_are_counted_by_the_facets(client: httpx.Client) -> None:
    answer = client.post("/ask", json={"question": QUESTIONS[0], "limit": 1}).json()
    assert answer["total"] > 1
    for values in answer["facets"].values():
        assert all(0 < value["count"] <= answer["total"] for value in values)
    hazards = {value["id"]: value["count"] for value in answer["facets"]["hazard"]}
    assert hazards["coastal-flooding"] == answer["total"]


def test_a_reading_is_of_its_form_and_can_be_sent_back(client: httpx.Client) -> None:
    for question in QUESTIONS:
        understood = client.post("/understand", json={"question": question}).json()
        held(understood, UNDERSTOOD)
        again = client.post("/ask", json={"question": question, "understood": understood}).json()
        assert again["understood"] == understood
        own = client.post("/ask", json={"question": question}).json()
        assert [expert["id"] for expert in again["experts"]] == [expert["id"] for expert in own["experts"]]


def test_a_condition_that_is_dropped_gives_what_relax_said(client: httpx.Client) -> None:
    answer = client.post("/ask", json={"question": QUESTIONS[3]}).json()
    assert answer["relax"]
    first = answer["relax"][0]
    understood = answer["understood"]
    for slot in UNDERSTOOD:
        if isinstance(understood[slot], list) and slot != "any_of":
            understood[slot] = [read for read in understood[slot] if read != first["drop"]]
    if first["drop"] not in [read for slot in understood.values() if isinstance(slot, list) for read in slot]:
        again = client.post("/ask", json={"question": QUESTIONS[3], "understood": understood}).json()
        assert again["total"] == first["total"]


def test_people_and_lists_are_of_their_form(client: httpx.Client) -> None:
    people = client.get("/experts", params={"limit": 100}).json()
    held(people, PAGE | {"items": [PERSON]})
    for expert in people["items"]:
        assert not {"score", "whole", "missing", "reasons"} & set(expert)
    held(client.get(f"/experts/{people['items'][0]['id']}").json(), PERSON)
    held(client.get("/cities").json(), PAGE | {"items": [{"id": CITY, "name": str, "country": COUNTRY}]})
    held(client.get("/hazards").json(), PAGE | {"items": [{"id": SLUG, "name": str, "code": Maybe(str)}]})
    held(client.get("/measures").json(), PAGE | {"items": [{"id": SLUG, "name": str}]})


def test_links_cities_and_peers_are_of_their_form(client: httpx.Client) -> None:
    texts = ["Raised the ring dike and planted mangroves against coastal flooding", "No experience with floods", ""]
    linked = client.post("/link", json={"texts": texts}).json()
    held(linked, [LINKED])
    assert [one["text"] for one in linked] == texts
    scores = [
        hazard["score"] for hazard in client.post("/link", json={"texts": texts[:1], "all": True}).json()[0]["hazards"]
    ]
    assert len(scores) == 45
    assert scores == sorted(scores, reverse=True)
    for city in ("2747891", "1586203", "2332459"):
        held(client.get(f"/cities/{city}").json(), PROFILE)
        held(client.get(f"/cities/{city}/peers").json(), PEERS)


def test_the_command_line_gives_the_objects_of_http(client: httpx.Client, demo_network: Path) -> None:
    c2c = CommandLine(demo_network)
    said = {
        ("understand", QUESTIONS[1]): client.post("/understand", json={"question": QUESTIONS[1]}),
        ("city", "Rotterdam"): client.get("/cities/2747891"),
        ("peers", "Rotterdam", "--limit", "5"): client.get("/cities/2747891/peers", params={"limit": 5}),
    }
    for arguments, answer in said.items():
        assert json.loads(c2c(*arguments, "--json").out) == answer.json()
    arguments = ("ask", QUESTIONS[0], "--limit", "7", "--offset", "2", "--explain", "--json")
    asked = {"question": QUESTIONS[0], "limit": 7, "offset": 2, "explain": True}
    ours, theirs = json.loads(c2c(*arguments).out), client.post("/ask", json=asked).json()
    assert ours.keys() == theirs.keys()
    assert ours | {"took_ms": 0} == theirs | {"took_ms": 0}
