"""How tests come to a Neo4j: what NEO4J_URI names, else Docker, else Java and Maven; without any, a clear word."""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.conftest import ROOT
from tests.servers import neo4j_server as servers
from tests.servers.emptying import empty, run
from tests.servers.neo4j_server import IMAGE, NoServer, Server

ONE_TEST = "tests/contract/test_engine_contract.py::test_defining_again_changes_nothing"
MARKED = Server("neo4j://made-up.example.org:7687", "made-up", "made-up")


def program(folder: Path, name: str, script: str) -> None:
    """Put a program on a path that is this folder alone."""
    folder.mkdir(exist_ok=True)
    (folder / name).write_text(f"#!/bin/sh\n{script}\n", encoding="utf-8")
    (folder / name).chmod(0o755)


def run_pytest(tmp_path: Path, *arguments: str, **settings: str) -> subprocess.CompletedProcess[str]:
    """Run pytest as a tester does, with nothing on the path and nothing of this run's own settings."""
    own = {name: value for name, value in os.environ.items() if not name.startswith(("NEO4J_", "PYTEST_", "CI"))}
    command = [sys.executable, "-m", "pytest", "-p", "no:cacheprovider", "-p", "no:xdist", f"--basetemp={tmp_path}/t"]
    return subprocess.run(
        [*command, *arguments],
        cwd=ROOT, env={**own, "PATH": "", **settings}, capture_output=True, text=True, timeout=280, check=False,
    )  # fmt: skip


def test_a_server_that_is_named_comes_first(tmp_path: Path) -> None:
    program(tmp_path, "docker", "exit 0")
    named = {"NEO4J_URI": MARKED.uri, "NEO4J_USERNAME": "made-up", "NEO4J_PASSWORD": "made-up", "PATH": str(tmp_path)}
    with servers.neo4j(named) as server:
        assert server == MARKED


def test_docker_comes_before_java_and_only_where_its_daemon_answers(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    @contextlib.contextmanager
    def started() -> Iterator[Server]:
        yield MARKED

    monkeypatch.setattr(servers, "_in_docker", started)
    environment = {"PATH": str(tmp_path), "XDG_CACHE_HOME": str(tmp_path / "cache")}
    program(tmp_path, "docker", '[ "$1" = info ]')
    with servers.neo4j(environment) as server:
        assert server == MARKED
    program(tmp_path, "docker", "exit 1")
    with pytest.raises(NoServer), servers.neo4j(environment):
        pass


def test_the_container_is_set_up_as_far_as_that_goes_without_a_daemon(monkeypatch: pytest.MonkeyPatch) -> None:
    from testcontainers.community.neo4j import Neo4jContainer

    monkeypatch.setattr("testcontainers.core.container.DockerClient", lambda *_, **__: None)
    container = servers.container()
    assert isinstance(container, Neo4jContainer)
    assert container.image == IMAGE == "neo4j:5.26-community"
    assert servers.VERSION.startswith("5.26.")
    container._configure()
    assert container.env["NEO4J_AUTH"] == f"neo4j/{container.password}"
    assert len(container.password) > 12
    assert container.env["NEO4J_dbms_usage__report_enabled"] == "false"
    assert "7687" in {str(port) for port in container.ports}


def test_a_fetch_that_ends_half_way_never_looks_whole(tmp_path: Path) -> None:
    path = tmp_path / "programs"
    program(path, "java", "exit 0")
    environment = {"PATH": str(path), "XDG_CACHE_HOME": str(tmp_path / "cache")}
    half = (
        'for each in "$@"; do case $each in -DoutputDirectory=*) out=${each#*=};; esac; done\n'
        "/bin/mkdir $out; : > $out/one.jar\n"
    )
    for end in ("exit 1", "kill -9 $$"):
        program(path, "mvn", half + end)
        with pytest.raises(subprocess.CalledProcessError):
            servers._fetched(environment)
        assert not servers.jars(environment).exists()
        assert list(servers.jars(environment).parent.iterdir()) == [], "nothing of it is left"
    program(path, "mvn", half + ": > $out/two.jar")
    assert sorted(each.name for each in servers._fetched(environment).iterdir()) == ["one.jar", "two.jar"]
    program(path, "mvn", "exit 1")
    assert servers._fetched(environment) == servers.jars(environment), "it is fetched once"


def test_without_a_server_tests_skip_and_say_how_to_get_one_and_under_ci_they_fail(tmp_path: Path) -> None:
    cache = str(tmp_path / "cache")
    here = run_pytest(tmp_path, ONE_TEST, "-rs", "-v", XDG_CACHE_HOME=cache)
    assert here.returncode == 0, here.stdout
    assert f"{ONE_TEST}[embedded] PASSED" in here.stdout
    assert f"{ONE_TEST}[neo4j] SKIPPED" in here.stdout
    assert "Set NEO4J_URI" in here.stdout
    assert "start Docker, or install Java 17 and Maven" in here.stdout
    integration = run_pytest(tmp_path, f"{ONE_TEST}[neo4j]", XDG_CACHE_HOME=cache, CI="true")
    assert integration.returncode == 1
    assert "There is no Neo4j here, and CI=true asks for one." in integration.stdout


def test_a_server_that_holds_somebodys_graph_is_not_emptied(neo4j_server: Server, tmp_path: Path) -> None:
    named = {
        "NEO4J_URI": neo4j_server.uri, "NEO4J_USERNAME": neo4j_server.username, "NEO4J_PASSWORD": neo4j_server.password
    }  # fmt: skip
    run(neo4j_server, "CREATE (:Alumnus {id: 'somebody'})")
    refused = run_pytest(tmp_path, f"{ONE_TEST}[neo4j]", **named)
    assert refused.returncode == 1
    assert "holds 1 nodes, and the tests would delete them" in refused.stdout
    assert run(neo4j_server, "MATCH (n) RETURN n.id AS id") == [{"id": "somebody"}]
    empty(neo4j_server)
    done = run_pytest(tmp_path, f"{ONE_TEST}[neo4j]", **named)
    assert done.returncode == 0, done.stdout


def test_a_person_is_told_how_to_reach_the_server_and_stops_it_with_control_c(neo4j_server: Server) -> None:
    named = {
        "NEO4J_URI": neo4j_server.uri, "NEO4J_USERNAME": neo4j_server.username, "NEO4J_PASSWORD": neo4j_server.password
    }  # fmt: skip
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    assert "python -m tests.servers.neo4j_server" in makefile
    command = [sys.executable, "-m", "tests.servers.neo4j_server"]
    with subprocess.Popen(command, cwd=ROOT, env={**os.environ, **named}, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        told = [process.stdout.readline() for _ in range(5)]
        process.send_signal(signal.SIGINT)
        assert process.wait(timeout=60) == 0
    assert f"  export C2C_STORE={neo4j_server.uri}\n" in told
    assert f"  export NEO4J_USERNAME={neo4j_server.username} NEO4J_PASSWORD={neo4j_server.password}\n" in told
