"""The pages as states: what a link promises is what its address shows, and nothing is cut off in silence."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from tests.conftest import CommandLine


@pytest.fixture(scope="module")
def client(demo_network: Path) -> Iterator[httpx.Client]:
    with CommandLine(demo_network).serving() as served:
        yield served


def _page(client: httpx.Client, address: str) -> str:
    page = client.get(address)
    assert page.status_code == 200, page.text[-500:]
    return page.text


def _found(page: str) -> int:
    told = re.search(r"<strong>(\d+) (?:person meets|people meet)", page)
    assert told is not None
    return int(told[1])


@pytest.mark.parametrize(
    "address",
    [
        "/?q=tsunami in the Netherlands since 2015",
        "/?q=storm or erosion in Hamburg before 2010",
        "/?q=floods&country=NL&kind=thesis&kind=course&trait=small-island-state",
        "/?q=drought in Iceland, people who speak Vietnamese&since=2012",
    ],
)
def test_with_one_condition_less_there_are_as_many_people_as_the_link_says(client: httpx.Client, address: str) -> None:
    page = _page(client, address)
    links = re.findall(r'<li><a href="([^"]*)">without “[^”]*”</a>: ([\d,]+) p', page)
    assert links
    for without, total in links:
        assert _found(_page(client, html.unescape(without))) == int(total.replace(",", ""))


def test_each_condition_can_be_taken_out_and_all_taken_back_in(client: httpx.Client) -> None:
    address = "/?q=planners, floods in Asia since 2010 like Rotterdam&language=en&kind=project"
    page = _page(client, address)
    conditions = re.findall(r'<a href="([^"]*)"[^>]*>×', page)
    assert len(conditions) == 7
    for without in conditions:
        fewer = _page(client, html.unescape(without))
        assert len(re.findall(r">×</a>", fewer)) == len(conditions) - 1
        assert ("Take all conditions back in" in fewer) == ("drop=" in without)


def test_a_long_list_of_filters_has_its_rest_folded_away(client: httpx.Client) -> None:
    page = _page(client, "/?q=floods")
    countries = re.search(r"<summary>country</summary>(.*?)</details></details>", page, re.DOTALL)
    assert countries is not None
    shown = len(re.findall(r"<li>", countries[1]))
    folded = re.search(r"<summary>(\d+) more</summary>", countries[1])
    assert folded is not None
    assert shown == 9 + int(folded[1])
    facets = client.post("/ask", json={"question": "floods"}).json()["facets"]
    assert shown == len(facets["country"])


def test_a_city_names_its_country_and_the_others_of_its_name(client: httpx.Client) -> None:
    page = _page(client, "/city/2747891")
    assert "The Netherlands" in page
    assert '<a href="/city/5134453">Rotterdam, US</a>' in page
    assert "gained_in" not in page
