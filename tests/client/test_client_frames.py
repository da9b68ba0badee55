"""Results as data frames: the columns that the page documents, a row for each thing, and nothing lost."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from api import schemas as wire
from api.client import City2City, frame
from graph.errors import Unavailable, WrongInput
from tests.conftest import ROOT, copied

QUESTION = "who has handled coastal flooding in a delta city since 2005"


@pytest.fixture(scope="module")
def network(demo_network: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[City2City]:
    with City2City.local(f"embedded:{copied(demo_network, tmp_path_factory.mktemp('frames') / 'here')}") as opened:
        yield opened


def documented(beginning: str) -> list[str]:
    page = (ROOT / "docs" / "client.md").read_text(encoding="utf-8")
    paragraph = page.partition(beginning)[2].partition("\n\n")[0]
    return re.findall(r"`(\w+)`", paragraph)


def test_an_answer_has_a_row_for_each_piece_of_evidence(network: City2City) -> None:
    answer = network.ask(QUESTION, limit=20)
    table = network.frame(answer)
    assert list(table.columns) == documented("An answer, a row for each piece of evidence shown:")
    assert len(table) == sum(len(expert.evidence) for expert in answer.experts)
    assert list(dict.fromkeys(table["id"])) == [expert.id for expert in answer.experts]
    first, evidence = table.iloc[0], answer.experts[0].evidence[0]
    assert (first["rank"], first["score"], first["text"]) == (1, answer.experts[0].score, evidence.text)
    assert first["hazards"] == [link.id for link in evidence.hazards]
    assert first["evidence_city"] == (evidence.city.id if evidence.city else None)
    assert [str(table[name].dtype) for name in ("rank", "since", "weak", "score")] == [
        "Int64", "Int64", "boolean", "float64",
    ]  # fmt: skip
    assert table["since"].min() < 2030


def test_people_have_the_columns_of_people(network: City2City) -> None:
    table = frame(network.experts(limit=5))
    columns = documented("An answer, a row for each piece of evidence shown:")
    assert list(table.columns) == columns[columns.index("id") :]
    assert table["id"].nunique() == 5
    one = frame(network.expert(table["id"][0]))
    assert list(one["expertise"]) == list(table[table["id"] == table["id"][0]]["expertise"])
    assert frame(network.everyone(QUESTION))["rank"].max() == network.ask(QUESTION).total


def test_whoever_has_no_evidence_and_what_is_linked_to_nothing_keep_a_row(network: City2City) -> None:
    person = network.experts(limit=1).items[0].model_copy(update={"evidence": []})
    table = frame([person])
    assert len(table) == 1
    assert table["expertise"].isna().all()
    texts = ["Raised the ring dike and planted mangroves against coastal flooding", "Nothing of the kind"]
    links = frame(network.link(texts))
    assert list(links.columns) == documented("Linked texts, a row for each link, and one for a text without any:")
    assert set(links["text_number"]) == {1, 2}
    assert "coastal-flooding" in set(links["link"])
    assert set(links["of"].dropna()) == {"hazard", "measure"}
    assert links[links["text_number"] == 2]["link"].isna().all()


def test_a_cypher_result_keeps_its_columns_and_the_kind_of_its_values(network: City2City) -> None:
    found = network.cypher(
        "MATCH (e:Expertise) RETURN e.since AS since, e.weak AS weak, e.text AS text, 0.5 AS half, e AS node "
        "ORDER BY e.id LIMIT 200"
    )
    table = frame(found)
    assert list(table.columns) == found.columns
    assert [str(table[name].dtype) for name in ("since", "weak", "half")] == ["Int64", "boolean", "float64"]
    since = [row[0] for row in found.rows]
    assert None in since
    assert [
        None if missing else year for year, missing in zip(table["since"], table["since"].isna(), strict=True)
    ] == since
    assert table["node"][0]["labels"] == ["Expertise"]
    nothing = network.frame(network.cypher("MATCH (e:Expertise {id: 'none'}) RETURN e.id AS id, e.text AS text"))
    assert (list(nothing.columns), len(nothing)) == (["id", "text"], 0)


def test_any_list_of_results_has_a_row_for_each_and_its_fields_as_columns(network: City2City) -> None:
    city = network.city("Rotterdam")
    lists: list[tuple[Any, list[str]]] = [
        (network.hazards(), list(wire.HazardItem.model_fields)),
        (network.measures(), list(wire.MeasureItem.model_fields)),
        (network.cities(country="NL").items, list(wire.CityItem.model_fields)),
        (network.peers("Rotterdam").peers, list(wire.PeerWire.model_fields)),
        (city.exposure, list(wire.ExposureWire.model_fields)),
        (city.traits, list(wire.TraitWire.model_fields)),
        (network.ask(QUESTION).facets["country"], list(wire.FacetWire.model_fields)),
    ]
    for results, columns in lists:
        table = frame(results)
        assert list(table.columns) == columns
        assert len(table) == len(results) > 0
    assert frame(network.peers("Rotterdam")).equals(frame(network.peers("Rotterdam").peers))
    assert str(frame(network.cities(country="NL"))["population"].dtype) == "Int64"
    assert len(frame([])) == 0


@pytest.mark.parametrize("result", [None, 3, "text", {"a": 1}, [1, 2], object()])
def test_what_is_no_result_is_said_to_be_none(result: object) -> None:
    with pytest.raises(WrongInput):
        frame(result)


def test_without_pandas_the_error_names_what_to_install(network: City2City, monkeypatch: pytest.MonkeyPatch) -> None:
    hazards = network.hazards()
    monkeypatch.setitem(sys.modules, "pandas", None)
    with pytest.raises(Unavailable, match=r"city2city\[pandas\]"):
        frame(hazards)
