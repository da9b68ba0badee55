"""A city by its name: the largest of that name, the others named beside it, found beside the graph in any script."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from graph.model.places import City
from nlp.question.gazetteer import Gazetteer
from tests.conftest import CommandLine, Ran

SMALLER = "5134453"


@pytest.fixture(scope="module")
def client(demo_network: Path) -> Iterator[httpx.Client]:
    with CommandLine(demo_network).serving() as served:
        yield served


@pytest.fixture
def ask(client: httpx.Client, demo_network: Path) -> CommandLine:
    return CommandLine(demo_network)


def _said(ran: Ran) -> str:
    assert ran.code == 0, ran.err
    return ran.out


@pytest.mark.parametrize("command", ["city", "peers"])
def test_of_several_cities_of_a_name_the_largest_is_shown_and_the_others_named(ask: CommandLine, command: str) -> None:
    said = _said(ask(command, "Rotterdam"))
    assert "Rotterdam (2747891) is the largest of 2 of that name." in said
    assert f"Also: Rotterdam, US ({SMALLER}): c2c {command} {SMALLER}" in said
    told = json.loads(_said(ask(command, "rotterdam", "--json")))
    assert told["alternatives"] == [{"id": SMALLER, "name": "Rotterdam", "country": "US"}]
    assert (told["city"] if command == "peers" else told)["id"] == "2747891"
    other = json.loads(_said(ask(command, SMALLER, "--json")))
    assert [each["id"] for each in other["alternatives"]] == ["2747891"]
    assert "Also:" not in _said(ask(command, "Can Tho"))


def test_a_name_that_is_none_is_met_with_the_nearest(ask: CommandLine) -> None:
    ran = ask("city", "Rottrdam")
    assert ran.code == 1
    assert "Rotterdam, NL (2747891)" in ran.err
    assert ask("city", "Zzyzxville").code == 1


def test_the_list_of_cities_is_searched_in_any_script_and_by_country(client: httpx.Client) -> None:
    def first(**asked: object) -> list[str]:
        return [item["id"] for item in client.get("/cities", params=asked).json()["items"]]

    assert first(search="Can Tho") == first(search="Cần Thơ") == ["1586203"]
    assert first(search="上海")[0] == "1796236"
    assert first(search="rotter")[:2] == ["2747891", SMALLER]
    assert first(search="rotter", country="US") == [SMALLER]
    assert first(search="!?") == first(search="rotter", country="VN") == []
    all_cities = client.get("/cities").json()
    assert all_cities["total"] > 30_000
    people = [item["population"] for item in all_cities["items"]]
    assert people == sorted(people, reverse=True)
    page = client.get("/city", params={"name": "Роттердам"})
    assert "/city/2747891" in page.text


def test_names_are_listed_as_the_gazetteer_has_them(tmp_path: Path) -> None:
    def made_up(id: str, name: str, country: str, people: int, *names: str) -> City:
        return City(id, name, country, people, 0.0, 0.0, names=names)

    cities = [
        made_up("1", "Old Zorbal", "NL", 90_000, "Zorbalia"),
        made_up("2", "Zorbal", "VN", 500_000),
        made_up("3", "Ångstad", "NO", 20_000, "Zorbal"),
    ]
    gazetteer = Gazetteer.build(cities, tmp_path)

    def listed(search: str, country: str = "") -> list[str]:
        total, found = gazetteer.listed(10, 0, search, country)
        assert total == len(found)
        return [city.id for city in found]

    assert listed("") == listed("  ") == ["2", "1", "3"]
    assert listed("zorbal") == ["2", "1", "3"]
    assert listed("zorbal", "NL") == listed("zorbalia") == ["1"]
    assert listed("angst") == ["3"]
    assert listed("d z") == ["1"]
    assert gazetteer.listed(1, 1, "zorbal") == (3, [gazetteer.city("1")])
    assert [city.id for city in gazetteer.named("ZORBAL")] == ["2", "3"]
    assert gazetteer.named("zorb") == ()
    assert gazetteer.city("4") is None
