"""The graph written out, imported by Neo4j's own tool and read from the server is the same graph."""

from __future__ import annotations

import json
from collections.abc import Iterator
from itertools import islice, product
from pathlib import Path

import pytest

from graph import schema
from graph.engines.embedded import EmbeddedEngine
from graph.engines.neo4j_engine import Neo4jEngine
from graph.engines.port import Engine, NodeRows, RelationshipRows, Row, Statement, Write
from graph.errors import WriteConflict, WrongInput
from graph.exporting import neo4j_import
from graph.exporting.elements import all_nodes, all_relationships
from graph.exporting.neo4j_import import README, export_for_import
from tests.conftest import CommandLine
from tests.servers.neo4j_server import OwnServer, admin

TEXTS = (
    "made up: a dike; a \"ring dike\", and 'one more'",
    "made up:\ntwo lines\r\nand a third,\twith a tab",
    'made up: 港 \U0001f30a ünï \\ back\\slash \\" end\\',
    "",
    "  made up, with spaces around  ",
    '"',
    "null",
    "U+001F",
)
VALUES: dict[str, tuple[object, ...]] = {
    "string": (*TEXTS, None),
    "integer": (0, -7, 3_000_000_000, None),
    "float": (0.1, -1e-7, 1e300, 52.0, None),
    "boolean": (True, False, None),
    "strings": (["one", "two; three", 'a "quoted" one', "new\nline"], ["only"], [], ["", "after an empty one"], None),
}


def made_up_graph() -> Write:
    """Some nodes of every label and some relationships of every type, with every kind of value at every property."""
    nodes = [NodeRows(label.name, [{"id": _id(label.name, 0)}]) for label in schema.NODES]
    nodes += [NodeRows(label.name, _rows(label.name, label.properties)) for label in schema.NODES]
    return Write(nodes=nodes, relationships=list(_relationships()))


def _id(label: str, number: int) -> str:
    return f'{label}/"{number}"; ü'


def _rows(label: str, properties: tuple[schema.Property, ...]) -> list[Row]:
    count = max((len(VALUES[property_.type]) for property_ in properties), default=1)
    return [{"id": _id(label, number)} | _properties(properties, number) for number in range(1, count + 1)]


def _properties(properties: tuple[schema.Property, ...], number: int) -> Row:
    return {
        each.name: VALUES[each.type][(number + place) % len(VALUES[each.type])] for place, each in enumerate(properties)
    }


def _relationships() -> Iterator[RelationshipRows]:
    for type_ in schema.RELATIONSHIPS:
        for start, end in product(type_.start, type_.end):
            rows = []
            for number in range(4):
                row = {"start": _id(start, 0), "end": _id(end, number % 2), **_properties(type_.properties, number)}
                rows.append(row | ({type_.keyed_by: f"made up {number}"} if type_.keyed_by else {}))
            yield RelationshipRows(type_.name, start, end, rows)


def everything(engine: Engine) -> tuple[list[str], list[str]]:
    """All nodes and relationships with their properties, in one order."""
    nodes = [
        json.dumps([label.name, row], sort_keys=True)
        for label in schema.NODES
        for page in all_nodes(engine, label.name)
        for row in page.rows
    ]
    relationships = [
        json.dumps([page.type, page.start_label, page.end_label, row], sort_keys=True)
        for label in schema.NODES
        for page in all_relationships(engine, label.name)
        for row in page.rows
    ]
    return sorted(nodes), sorted(relationships)


@pytest.fixture
def graph(tmp_path: Path) -> Iterator[EmbeddedEngine]:
    engine = EmbeddedEngine(tmp_path / "graph")
    engine.define()
    engine.bulk(made_up_graph())
    yield engine
    engine.close()


def test_the_import_finds_the_same_graph(graph: EmbeddedEngine, stoppable_neo4j: OwnServer, tmp_path: Path) -> None:
    own, server = stoppable_neo4j, stoppable_neo4j.server
    export = export_for_import(graph, tmp_path / "files")
    before = everything(graph)
    assert (export.node_count, export.relationship_count) == tuple(map(len, before))
    assert not export.left_out
    own.stop()
    admin(own.home, own.lib, *export.arguments(str(tmp_path / "files")))
    own.start()
    engine = Neo4jEngine(server.uri, server.username, server.password)
    try:
        engine.define()
        assert everything(engine) == before
        assert engine.read("MATCH (n) WHERE size(labels(n)) <> 1 RETURN count(n) AS others") == [{"others": 0}]
        engine.write(Write(nodes=[NodeRows("Hazard", [{"id": "flooding"}])]))
        engine.write(Write(statements=[Statement("MATCH (h:Hazard {id: 'flooding'}) DELETE h")]))
        again = export_for_import(engine, tmp_path / "again")
        assert again == export
        for file in (README, *export.nodes, *export.relationships):
            assert _lines(tmp_path / "again" / file) == _lines(tmp_path / "files" / file)
    finally:
        engine.close()


def _lines(path: Path) -> list[str]:
    """Relationships that begin at one node come in no order."""
    return sorted(path.read_text(encoding="utf-8").split("\n"))


def test_a_directory_that_holds_anything_is_left_as_it_is(graph: EmbeddedEngine, tmp_path: Path) -> None:
    kept = tmp_path / "files" / "kept.txt"
    kept.parent.mkdir()
    kept.write_text("made up", encoding="utf-8")
    for place in (kept.parent, kept):
        with pytest.raises(WrongInput) as refused:
            export_for_import(graph, place)
        assert str(place) in refused.value.detail
        assert refused.value.mend
    assert [path.name for path in kept.parent.iterdir()] == ["kept.txt"]


@pytest.mark.parametrize("names", [["a\x1fb"], [""]])
def test_a_list_that_the_import_would_read_otherwise_is_refused(
    names: list[str], graph: EmbeddedEngine, tmp_path: Path
) -> None:
    graph.write(Write(nodes=[NodeRows("City", [{"id": "1", "names": names}])]))
    with pytest.raises(WrongInput, match="cannot be written"):
        export_for_import(graph, tmp_path / "files")
    assert list((tmp_path / "files").iterdir()) == []


def test_a_graph_that_changes_meanwhile_is_not_left_half_old(
    graph: EmbeddedEngine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    advance = Statement("MATCH (n:Network) SET n.generation = coalesce(n.generation, 0) + 1")
    graph.write(Write(nodes=[NodeRows("Network", [{"id": "network", "generation": 5}])]))

    def changed(engine: Engine, label: str) -> Iterator[RelationshipRows]:
        if label == "City":
            engine.write(Write(statements=[advance]))
        return all_relationships(engine, label)

    monkeypatch.setattr(neo4j_import, "all_relationships", changed)
    with pytest.raises(WriteConflict):
        export_for_import(graph, tmp_path / "files")
    assert list((tmp_path / "files").iterdir()) == []


def test_what_the_schema_does_not_have_is_named(graph: EmbeddedEngine, tmp_path: Path) -> None:
    graph.write(Write(statements=[Statement("MATCH (c:City) SET c.embedding = 1.5")]))
    export = export_for_import(graph, tmp_path / "files")
    assert export.left_out == {"City.embedding"}
    with (tmp_path / "files" / "City.csv").open(encoding="utf-8") as lines:
        assert next(islice(lines, 1)).startswith(
            "id:ID(City),name:string,names:string[],population:long,latitude:double"
        )


def test_the_command_says_what_it_wrote_and_how_to_go_on(places_network: Path, tmp_path: Path) -> None:
    c2c = CommandLine(places_network)
    wrote = c2c("export", "neo4j-import", str(tmp_path / "files"), "--json")
    assert wrote.code == 0, wrote.err
    told = json.loads(wrote.out)
    with (tmp_path / "files" / "Hazard.csv").open(encoding="utf-8") as lines:
        assert "flooding" in lines.read()
    assert told["nodes"] > 34_000
    assert told["left_out"] == []
    assert " \\\n  ".join(told["command"]) in (tmp_path / "files" / README).read_text(encoding="utf-8")
    again = c2c("export", "neo4j-import", str(tmp_path / "files"))
    assert again.code == 2
    assert "not an empty directory" in again.err
