"""`c2c migrate` as people and containers run it: beside others, over graphs of other versions, and over none."""

from __future__ import annotations

import json
import os
import subprocess
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from api.lock import hold
from graph.engines.port import Statement, Write
from graph.schema import SCHEMA_VERSION
from graph.store.migrating import begin_or_require, migrate, version_of
from tests.conftest import ROOT, CommandLine, copied
from tests.migrating.conftest import Old, all_of
from tests.servers.emptying import empty, run, without_definitions
from tests.servers.neo4j_server import Server


def at_once(c2c: CommandLine, *arguments: str) -> list[tuple[int, str, str]]:
    """Run one command in two processes at the same time."""
    running = [
        subprocess.Popen(
            c2c.arguments(*arguments), env=c2c.environment(), cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
            text=True,
        )
        for _ in range(2)
    ]  # fmt: skip
    return [(process.wait(timeout=300), *process.communicate()) for process in running]


def test_two_processes_at_once_bring_a_graph_forward_once(old: Old) -> None:
    engine = old.opened()
    before = all_of(engine)
    engine.close()
    ran = at_once(old.c2c, "migrate", "--json")
    assert [code for code, _, _ in ran] == [0, 0], ran
    told = [json.loads(out) for _, out, _ in ran]
    assert {each["after"] for each in told} == {SCHEMA_VERSION}
    assert {each["before"] for each in told} <= {1, SCHEMA_VERSION}
    assert any(step["version"] == SCHEMA_VERSION for each in told for step in each["steps"])
    engine = old.opened()
    begin_or_require(engine)
    nodes, relationships = all_of(engine)
    engine.close()
    assert relationships == before[1]
    assert len(nodes) == len(before[0])
    assert len(set(nodes) - set(before[0])) == 1, "only the node that holds the version changed"


def test_two_processes_at_once_begin_one_graph(neo4j_server: Server, tmp_path: Path) -> None:
    from graph.engines.neo4j_engine import Neo4jEngine

    empty(neo4j_server)
    without_definitions(neo4j_server)
    ran = at_once(CommandLine.on_neo4j(neo4j_server, tmp_path / "network"), "migrate")
    assert [code for code, _, _ in ran] == [0, 0], ran
    engine = Neo4jEngine(neo4j_server.uri, neo4j_server.username, neo4j_server.password)
    assert engine.read("MATCH (n:Network) RETURN count(n) AS count") == [{"count": 1}]
    assert version_of(engine) == SCHEMA_VERSION
    engine.close()


def test_engines_that_define_at_the_same_moment_all_succeed(neo4j_server: Server) -> None:
    from graph.engines.neo4j_engine import Neo4jEngine

    engines = [Neo4jEngine(neo4j_server.uri, neo4j_server.username, neo4j_server.password) for _ in range(3)]
    begin = threading.Barrier(len(engines))

    def define(engine: Neo4jEngine) -> str:
        begin.wait()
        migrate(engine)
        return "done"

    for _ in range(3):
        empty(neo4j_server)
        without_definitions(neo4j_server)
        with ThreadPoolExecutor(len(engines)) as threads:
            assert list(threads.map(define, engines)) == ["done"] * 3
    for engine in engines:
        engine.close()


def test_a_key_of_somebody_elses_that_stands_in_the_way_is_named(neo4j_server: Server, tmp_path: Path) -> None:
    empty(neo4j_server)
    without_definitions(neo4j_server)
    run(neo4j_server, "CREATE INDEX somebodys FOR (n:City) ON (n.id)")
    ran = CommandLine.on_neo4j(neo4j_server, tmp_path / "network")("migrate")
    without_definitions(neo4j_server)
    assert ran.code == 2
    assert "There already exists an index (:City {id})" in ran.err.replace("\n", " ")


def test_commands_on_an_older_or_newer_graph_end_with_3_and_the_way_out(old: Old) -> None:
    template = old.c2c.store.parent / "alumni.csv"
    assert old.c2c("template", "alumni", "--out", str(template)).code == 0
    older = old.c2c("load", "alumni", str(template))
    assert older.code == 3
    assert "The graph has schema version 1" in older.err
    assert "c2c migrate" in older.err
    migrated = old.c2c("migrate")
    assert migrated.code == 0
    assert migrated.out.splitlines()[0] == f"The graph went from schema version 1 to {SCHEMA_VERSION}:"
    assert "Dating the places" in migrated.err
    again = old.c2c("migrate")
    assert again.out == f"The graph has schema version {SCHEMA_VERSION} already; its keys and indexes are in place.\n"
    engine = old.opened()
    engine.write(Write(statements=[Statement("MATCH (n:Network) SET n.schema_version = 99")]))
    engine.close()
    for command in (("load", "alumni", str(template)), ("migrate",)):
        newer = old.c2c(*command)
        assert newer.code == 3
        assert "The graph has schema version 99: this City2City is older" in newer.err
        assert "Upgrade City2City" in newer.err


@pytest.fixture
def aged(places_network: Path, tmp_path: Path) -> Callable[[int], CommandLine]:
    """Return a function that gives a network with places whose graph says that it has another version."""

    def age(version: int) -> CommandLine:
        from graph.engines.embedded import EmbeddedEngine

        home = copied(places_network, tmp_path / "aged")
        engine = EmbeddedEngine(home / "graph")
        engine.write(Write(statements=[Statement("MATCH (n:Network) SET n.schema_version = $v", {"v": version})]))
        engine.close()
        return CommandLine(home)

    return age


@pytest.mark.parametrize(("version", "way_out"), [(1, "c2c migrate"), (99, "Upgrade City2City")])
def test_a_server_does_not_start_on_a_graph_of_another_version(
    aged: Callable[[int], CommandLine], version: int, way_out: str
) -> None:
    refused = aged(version)("serve", "--port", "0")
    assert refused.code == 3
    assert way_out in refused.err


def test_on_an_embedded_graph_it_waits_for_another_command_to_end(
    places_network: Path, tmp_path: Path, until: Callable[[Callable[[], bool]], None]
) -> None:
    c2c = CommandLine(copied(places_network, tmp_path / "network"))
    with hold(c2c.store, "c2c load alumni made-up.csv"):
        waiting = c2c.start("migrate")
        until(lambda: "Waiting for it to end" in c2c.log.read_text(encoding="utf-8"))
        assert waiting.poll() is None
    assert waiting.wait(timeout=120) == 0
    told = c2c.log.read_text(encoding="utf-8")
    assert f"held by process {os.getpid()}" in told
    assert f"The graph has schema version {SCHEMA_VERSION} already" in told


def test_on_an_embedded_graph_it_goes_through_the_server(network_copy: Path) -> None:
    c2c = CommandLine(network_copy)
    with c2c.serving() as client:
        assert c2c("migrate").out.startswith(f"The graph has schema version {SCHEMA_VERSION} already")
        assert client.get("/readyz").status_code == 200


def test_where_there_is_no_network_it_says_how_to_make_one_and_makes_nothing(tmp_path: Path) -> None:
    ran = CommandLine(tmp_path / "nothing")("migrate")
    assert ran.code == 3
    assert "There is no network" in ran.err
    assert not (tmp_path / "nothing").exists()
