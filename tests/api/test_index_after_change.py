"""Whatever a change did, the index after it is the one that reading the whole graph would give, byte for byte."""

from __future__ import annotations

import csv
import shutil
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from api.changing import changing, rebuild_index
from api.consent import withdraw
from api.loading import AlumniLoad, load_alumni, undo_last
from api.settings import read_settings
from api.wiring import Network
from graph.engines.port import Statement, Write
from graph.index.building import build
from graph.index.searching import SearchIndex
from ingest.sources.places import Places, read_places

Row = dict[str, str]


def row(number: int, **columns: str) -> Row:
    return {
        "alumnus_id": f"M-{number}",
        "name": f"Made-up Person {number}",
        "country": "Viet Nam",
        "home_city": ["Can Tho", "Rotterdam", ""][number % 3],
        "home_country": ["Viet Nam", "Netherlands", "Kenya"][number % 3],
        "languages": "en; vi" if number % 2 else "nl",
        "programme": "Flood Risk Management",
        "programme_year": str(2000 + number),
        "thesis_title": f"Made-up thesis {number} on salt in the delta",
        "organisation": "Department of Dikes",
        "organisation_kind": "government",
        "position": "Engineer",
        "position_since": "2010",
        "expertise_kind": "project",
        "expertise_text": f"Raised ring dike number {number} against coastal flooding.",
        "project": "Safe Shores",
        "expertise_city": "Khulna",
        "expertise_country": "Bangladesh",
        "since": "2016",
        "consent": "yes",
    } | columns


NAMED = {"Rotterdam", "Cần Thơ", "Khulna", "Beira", "Nairobi"}


@pytest.fixture(scope="module")
def few_places() -> Places:
    """A few real cities: the whole world's would take longer to write than all that is tested here."""
    places = read_places()
    return replace(places, cities=tuple(city for city in places.cities if city.name in NAMED))


@pytest.fixture
def network(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, few_places: Places) -> Iterator[Network]:
    monkeypatch.setenv("C2C_STORE", f"embedded:{tmp_path / 'store'}")
    monkeypatch.setattr("api.loading.read_places", lambda _progress: few_places)
    with Network(read_settings()) as opened:
        yield opened


def load(network: Network, tmp_path: Path, rows: Sequence[Row], **how: bool) -> None:
    columns = list(dict.fromkeys(column for each in rows for column in each))
    with (tmp_path / "office.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, columns)
        writer.writeheader()
        writer.writerows(rows)
    load_alumni(network, AlumniLoad(tmp_path / "office.csv", **how))  # type: ignore[arg-type]


def assert_shows_the_graph(network: Network, tmp_path: Path) -> SearchIndex:
    """Build an index of the whole graph elsewhere, and compare every file."""
    index = network.index
    assert index.generation == network.networks.generation()
    shutil.rmtree(tmp_path / "anew", ignore_errors=True)
    reference = network.places.reference()
    anew = build(tmp_path / "anew", network.people.all(), reference, network.embedder, index.generation)
    files = {path.name for path in anew.version.iterdir()}
    assert files == {path.name for path in index.version.iterdir()}
    assert [name for name in files if (anew.version / name).read_bytes() != (index.version / name).read_bytes()] == []
    return index


def test_the_index_after_each_change_is_that_of_the_whole_graph(
    network: Network, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    people = [row(number) for number in range(6)]
    load(network, tmp_path, people)
    assert len(assert_shows_the_graph(network, tmp_path).keys) == 6

    people[1] = row(1, expertise_text="Planted mangroves before the dike.", expertise_city="Beira", project="Roots")
    people[1] |= {"expertise_country": "Mozambique", "organisation": "Another"}
    people[2] = row(
        2, organisation="DEPARTMENT of dikes", organisation_kind="utility", programme="flood risk management"
    )
    load(network, tmp_path, [*people[:5], row(7, project="SAFE shores", organisation="Another")])
    index = assert_shows_the_graph(network, tmp_path)
    assert len(index.keys) == 7
    shown = index.records.read(index.keys.index("M-0"))  # who did not change, and whose employer others named anew
    assert (shown["organisation"], shown["organisation_kind"]) == ("DEPARTMENT of dikes", "utility")

    load(network, tmp_path, people[:5], remove_missing=True)
    assert len(assert_shows_the_graph(network, tmp_path).keys) == 5
    withdraw(network, "M-3", who="a test")
    assert "M-3" not in assert_shows_the_graph(network, tmp_path).keys
    undo_last(network)
    assert_shows_the_graph(network, tmp_path)


def test_only_who_changed_is_read(network: Network, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    people = [row(number) for number in range(4)]
    read: list[str] = []
    really = network.people.each
    monkeypatch.setattr(network.people, "each", lambda keys: really(read.extend(keys) or keys))
    load(network, tmp_path, people)
    assert read == []
    load(network, tmp_path, [*people[:3], row(3, position="Head"), row(9)])
    assert read == ["M-3"]
    load(network, tmp_path, [*people[:3], row(3, position="Head"), row(9)])
    assert read == ["M-3"]


def test_a_change_that_broke_off_is_shown_as_far_as_it_went(network: Network, tmp_path: Path) -> None:
    load(network, tmp_path, [row(0), row(1)])

    def breaks_off() -> None:
        with changing(network):
            network.networks.advance()
            network.people.remove(["M-0"])
            raise ConnectionAbortedError

    with pytest.raises(ConnectionAbortedError):
        breaks_off()
    assert assert_shows_the_graph(network, tmp_path).keys == ["M-1"]


def test_other_places_give_another_index(network: Network, tmp_path: Path) -> None:
    load(network, tmp_path, [row(0)])
    rename = Statement("MATCH (c:City {name: 'Khulna'}) SET c.name = 'Made-up Khulna'")
    network.engine.write(Write(statements=[rename]))
    network.networks.advance_places()
    rebuild_index(network)
    names = {city.name for city in assert_shows_the_graph(network, tmp_path).reference.cities.values()}
    assert "Made-up Khulna" in names
