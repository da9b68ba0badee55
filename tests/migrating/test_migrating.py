"""Graphs of earlier versions go forward and lose nothing; those of other versions are refused."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path

import pytest

from graph.engines.definitions import embedded_definitions, neo4j_definitions
from graph.engines.port import Engine, Statement, Write
from graph.errors import City2CityError, OtherVersion, Unavailable
from graph.migrations import MIGRATIONS, Change, Migration
from graph.schema import SCHEMA_VERSION
from graph.store import migrating
from graph.store.lease import Lease
from graph.store.migrating import begin_or_require, migrate, require_current, version_of
from graph.store.people import PeopleStore
from tests.migrating.conftest import VERSION_1, all_of

SET_VERSION = "MATCH (n:Network {id: 'network'}) SET n.schema_version = $version"
DEFINITIONS = Path(__file__).parent / "definitions-2.txt"


def set_version(engine: Engine, version: int | None) -> None:
    engine.write(Write(statements=[Statement(SET_VERSION, {"version": version})]))


def defined() -> list[str]:
    """What engines define; properties that are not indexed may come and go without a new version."""
    kept = [text for text in embedded_definitions() if not text.startswith("CREATE PROPERTY")]
    return [*kept, *neo4j_definitions()]


def test_the_steps_are_numbered_from_one_without_a_gap() -> None:
    assert [step.version for step in MIGRATIONS] == list(range(1, SCHEMA_VERSION + 1))
    assert all(step.what for step in MIGRATIONS)


def test_a_schema_that_defines_something_else_has_a_new_version() -> None:
    assert defined() == DEFINITIONS.read_text(encoding="utf-8").splitlines(), (
        "graph/schema.py defines something else than at this version: add a step to graph/migrations.py"
    )


def test_a_graph_of_version_1_goes_forward_and_loses_nothing(engine: Engine) -> None:
    assert version_of(engine) == 1
    before = all_of(engine)
    assert [len(each) for each in before] == [len(VERSION_1["nodes"]), len(VERSION_1["relationships"])]
    done = migrate(engine)
    assert (done.before, done.after, [step.version for step in done.steps]) == (1, 2, [2])
    require_current(engine)
    nodes, relationships = all_of(engine)
    gone, come = sorted(set(before[0]) - set(nodes)), sorted(set(nodes) - set(before[0]))
    network = {"generation": 1, "id": "network", "kind": "own", "schema_version": 1}
    assert [json.loads(each)["properties"] for each in gone] == [network]
    assert [json.loads(each)["properties"] for each in come] == [network | {"schema_version": 2, "places": 1}]
    assert relationships == before[1]
    assert [person.alumnus.name for person in PeopleStore(engine).all()] == ["Made-up Person Ünal", "Made-up Lee"]


def test_what_the_new_version_defines_is_there_afterwards(engine: Engine) -> None:
    migrate(engine)
    assert Lease(engine, "made-up right", "one").take()
    assert not Lease(engine, "made-up right", "two").take()
    if engine.name == "neo4j":
        assert "Lease_id" in constraints(engine)
        return
    two = Write(statements=[Statement("CREATE (:Lease {id: 'twice'})"), Statement("CREATE (:Lease {id: 'twice'})")])
    with pytest.raises(City2CityError, match="twice"):
        engine.write(two)


def test_again_it_changes_nothing_and_mends_a_key_that_somebody_dropped(engine: Engine) -> None:
    migrate(engine)
    once = all_of(engine)
    if engine.name == "neo4j":
        _schema(engine, "DROP CONSTRAINT City_id")
    done = migrate(engine)
    assert (done.before, done.after, done.steps) == (2, 2, ())
    assert all_of(engine) == once
    if engine.name == "neo4j":
        assert "City_id" in constraints(engine)


def constraints(engine: Engine) -> list[object]:
    return [row["name"] for row in engine.read("SHOW CONSTRAINTS YIELD name RETURN name")]


def _schema(engine: Engine, text: str) -> None:
    driver = engine._driver  # type: ignore[attr-defined]
    with driver.session() as session:
        session.run(text).consume()


def test_older_and_newer_graphs_are_refused_with_the_way_out(engine: Engine) -> None:
    with pytest.raises(OtherVersion, match=r"schema version 1, .* version 2\. .*c2c migrate"):
        begin_or_require(engine)
    set_version(engine, None)
    with pytest.raises(OtherVersion, match=r"schema version 1, "):
        begin_or_require(engine)
    set_version(engine, 3)
    before = all_of(engine)
    with pytest.raises(OtherVersion, match=r"schema version 3: this City2City is older.*Upgrade City2City"):
        begin_or_require(engine)
    with pytest.raises(OtherVersion, match="Upgrade City2City"):
        migrate(engine)
    assert all_of(engine) == before


def test_an_empty_graph_is_begun_at_the_version_of_the_code(engine: Engine) -> None:
    engine.write(Write(statements=[Statement("MATCH (n) DETACH DELETE n")]))
    require_current(engine)
    assert version_of(engine) is None
    begin_or_require(engine)
    assert version_of(engine) == SCHEMA_VERSION


SHOUTED = Migration(
    3,
    "loud names",
    (
        Change(
            "Writing names in capitals",
            "MATCH (c:City) WHERE c.name <> toUpper(c.name) RETURN count(c) AS left",
            "MATCH (c:City) WHERE c.name <> toUpper(c.name) WITH c LIMIT $batch SET c.name = toUpper(c.name)",
        ),
    ),
)


@dataclass
class CutOff:
    """An engine whose process ends after so many writes."""

    engine: Engine
    writes: int

    def write(self, write: Write) -> None:
        if self.writes == 0:
            raise Unavailable("The process was killed.")
        self.writes -= 1
        self.engine.write(write)

    def __getattr__(self, name: str) -> object:
        return getattr(self.engine, name)


def test_a_step_that_was_cut_off_is_completed_by_the_next_run(engine: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(migrating, "_BATCH", 1)
    steps = (*MIGRATIONS, SHOUTED)
    with pytest.raises(Unavailable, match="killed"):
        migrate(CutOff(engine, 4), migrations=steps)  # type: ignore[arg-type]
    assert version_of(engine) == 2
    names = "MATCH (c:City) RETURN c.name AS name ORDER BY c.id"
    loud = [row["name"] == str(row["name"]).upper() for row in engine.read(names)]
    assert sorted(loud) == [False, True, True]
    told: list[tuple[str, int, int]] = []
    done = migrate(engine, lambda *each: told.append(each), steps)
    assert (done.before, done.after) == (2, 3)
    assert [row["name"] for row in engine.read(names)] == ["MADE-UP PORT", "INLAND", "OLD QUARTER"]
    assert told[-2:] == [("Writing names in capitals", 0, 1), ("Writing names in capitals", 1, 1)]
    with pytest.raises(OtherVersion, match="older"):
        require_current(engine)
