"""`c2c cypher` and `c2c schema`: a researcher's queries in a terminal, alone and through a running server."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.conftest import ROOT, CommandLine, copied

COUNTED = "MATCH (h:Hazard)<-[:APPLIES_TO]-(e:Expertise) WHERE h.id = $id RETURN h.name AS hazard, count(e) AS known"
ENDLESS = "MATCH (a), (b), (c), (d), (e), (f), (g) RETURN sum(size(a.id) + size(g.id))"


@pytest.fixture(scope="module")
def c2c(demo_network: Path, tmp_path_factory: pytest.TempPathFactory) -> CommandLine:
    return CommandLine(copied(demo_network, tmp_path_factory.mktemp("cypher") / "network"))


@pytest.fixture(scope="module")
def served(demo_network: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[CommandLine]:
    """Commands that go through a running server, which answers sooner than a process that opens the graph itself."""
    c2c = CommandLine(copied(demo_network, tmp_path_factory.mktemp("cypher") / "served"))
    with c2c.serving():
        yield c2c


def limited(c2c: CommandLine, **settings: str) -> CommandLine:
    return CommandLine(c2c.store, tuple(settings.items()))


def test_a_query_prints_a_table_json_or_csv_of_the_same_rows(c2c: CommandLine) -> None:
    arguments = ("cypher", COUNTED, "--param", "id=coastal-flooding")
    found = json.loads(c2c(*arguments, "--json").out)
    assert found["columns"] == ["hazard", "known"]
    [[hazard, known]] = found["rows"]
    assert hazard == "coastal flooding"
    assert known > 20
    assert not found["truncated"]
    assert found["generation"] == json.loads(c2c("status", "--json").out)["generation"]
    assert list(csv.reader(io.StringIO(c2c(*arguments, "--csv").out))) == [["hazard", "known"], [hazard, str(known)]]
    table = c2c(*arguments)
    assert table.code == 0, table.err
    assert re.search(rf"{hazard}\s+{known}\b", table.out)
    assert "1 row of generation" in table.out


def test_parameters_are_json_where_they_are_json_and_text_elsewhere(served: CommandLine) -> None:
    given = ("--param", "a=1", "--param", 'b="1"', "--param", "c=one=1", "--param", 'd=[1, null, {"x": true}]')
    ran = served("cypher", "RETURN $a AS a, $b AS b, $c AS c, $d AS d", *given, "--json")
    assert json.loads(ran.out)["rows"] == [[1, "1", "one=1", [1, None, {"x": True}]]]
    for param, told in (("nameless", "'nameless' has no name"), ("=1", "'=1' has no name"), ("n=1e999", "finite")):
        refused = served("cypher", "RETURN 1", "--param", param)
        assert refused.code == 2
        assert told in refused.err


def test_nodes_and_relationships_are_told_in_short_and_given_whole(served: CommandLine) -> None:
    query = (
        "MATCH (h:Hazard {id: 'coastal-flooding'})-[r:KIND_OF]->(b:Hazard) RETURN h, r, [h, b] AS both, b.code AS code"
    )
    table = served("cypher", query).out
    assert "(:Hazard coastal-flooding)" in table
    assert "[:KIND_OF]" in table
    found = json.loads(served("cypher", query, "--json").out)
    [[hazard, relationship, both, _]] = found["rows"]
    assert (hazard["labels"], hazard["properties"]["name"]) == (["Hazard"], "coastal flooding")
    assert relationship["type"] == "KIND_OF"
    assert [relationship["start"], relationship["end"]] == [node["element"] for node in both]
    assert found["nodes"] == both
    assert found["relationships"] == [relationship]


@pytest.mark.parametrize(
    ("arguments", "code", "told"),
    [
        (["MATCH (n:City) DETACH DELETE n"], 2, "DELETE at line 1, column 16 is not allowed"),
        (["CALL dbms.listConfig()"], 2, "dbms.listConfig"),
        (["MATCH (n\nRETURN n"], 2, "line 2, column 1"),
        (["RETURN $missing"], 2, "Give the parameter missing"),
        ([""], 2, "query"),
        (["RETURN 1", "--json", "--csv"], 2, "Give one of them"),
        (["MATCH (n:City {id: 'none'}) RETURN n"], 1, ""),
    ],
)
def test_what_is_refused_or_wrong_or_finds_nothing_says_so(
    served: CommandLine, arguments: list[str], code: int, told: str
) -> None:
    ran = served("cypher", *arguments)
    assert ran.code == code, ran.err
    assert told in " ".join(ran.err.split())
    assert "Traceback" not in ran.err


def test_a_query_past_its_time_is_a_limit_and_a_cap_is_none(c2c: CommandLine) -> None:
    ran = limited(c2c, C2C_CYPHER_SECONDS="1")("cypher", ENDLESS)
    assert ran.code == 4
    assert "limit of 1 s" in ran.err
    capped = limited(c2c, C2C_CYPHER_ROWS="3")("cypher", "MATCH (h:Hazard) RETURN h.id", "--json")
    assert capped.code == 0
    assert json.loads(capped.out)["truncated"] is True
    assert len(json.loads(capped.out)["rows"]) == 3
    assert "C2C_CYPHER_ROWS" in capped.err


@pytest.mark.parametrize("name", ["C2C_CYPHER_SECONDS", "C2C_CYPHER_ROWS", "C2C_CYPHER_BYTES"])
@pytest.mark.parametrize("value", ["none", "0", "-1"])
def test_a_limit_that_is_none_is_named(c2c: CommandLine, name: str, value: str) -> None:
    ran = limited(c2c, **{name: value})("cypher", "RETURN 1")
    assert ran.code == 2
    assert f"{name} is {value!r}" in ran.err


def test_while_a_server_holds_the_graph_a_query_goes_through_it(c2c: CommandLine) -> None:
    arguments = ("cypher", COUNTED, "--param", "id=drought", "--json")
    alone = json.loads(c2c(*arguments).out)
    with c2c.serving() as client:
        through = json.loads(c2c(*arguments).out)
        sent = client.post("/graph/cypher", json={"query": COUNTED, "parameters": {"id": "drought"}}).json()
        assert c2c("cypher", "MATCH (n) SET n.name = 'x'").code == 2
    for found in (alone, through, sent):
        found.pop("took_ms")
    assert alone == through == sent


def test_the_schema_is_one_in_the_terminal_on_the_page_and_over_http(c2c: CommandLine) -> None:
    told = json.loads(c2c("schema", "--json").out)
    with c2c.serving() as client:
        assert client.get("/graph/schema").json() == told
        assert c2c("schema", "--json").code == 0
    page = (ROOT / "docs" / "data-dictionary.md").read_text(encoding="utf-8")
    assert c2c("schema", "--markdown").out == page, "make data-dictionary"
    table = c2c("schema").out
    assert told["nodes"]
    for named in (*told["nodes"], *told["relationships"]):
        assert named["name"] in table
        assert f"### {named['name']}" in page
        for each in named["properties"]:
            assert f"| `{each['name']}` | " in page
    assert c2c("schema", "--json", "--markdown").code == 2


def test_every_label_and_type_of_the_graph_is_in_the_schema(served: CommandLine) -> None:
    told = json.loads(served("schema", "--json").out)
    for procedure, listed in (
        ("db.labels() YIELD label", "nodes"),
        ("db.relationshipTypes() YIELD relationshipType", "relationships"),
    ):
        found = json.loads(served("cypher", f"CALL {procedure} RETURN {procedure.split()[-1]} AS name", "--json").out)
        assert found["rows"]
        assert {name for [name] in found["rows"]} <= {each["name"] for each in told[listed]}
