"""The handbook on a real server: settings, backup, restore, what deleting leaves behind, users' rights."""

from __future__ import annotations

import re
import secrets
import shlex
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from neo4j import GraphDatabase

from graph.engines.neo4j_engine import Neo4jEngine
from graph.engines.port import Statement, Write
from graph.exporting.neo4j_import import export_for_import
from graph.store.people import PeopleStore
from tests.cypher.conftest import load, person
from tests.servers.neo4j_server import OwnServer, Server, admin

DOCS = Path(__file__).parents[2] / "docs"
PAGE = DOCS / "neo4j.md"
PLANTED = "MadeUpWordsThatWereTakenOut"
COUNTS = (
    "MATCH (n) RETURN labels(n)[0] AS what, count(*) AS count ORDER BY what "
    "UNION ALL MATCH ()-[r]->() RETURN type(r) AS what, count(*) AS count ORDER BY what"
)
DEFINED = "SHOW CONSTRAINTS YIELD name RETURN name ORDER BY name"


def command(words: str) -> list[str]:
    """The arguments of the page's `neo4j-admin` command that begins with these words."""
    (line,) = re.findall(rf"^neo4j-admin ({words}.*)$", PAGE.read_text(encoding="utf-8"), re.MULTILINE)
    return shlex.split(line)


def settings() -> list[str]:
    """The lines for neo4j.conf that the page shows."""
    return re.findall(r"^(?:server|db|dbms)\.[\w.]+=.*$", PAGE.read_text(encoding="utf-8"), re.MULTILINE)


@contextmanager
def opened(server: Server) -> Iterator[Neo4jEngine]:
    engine = Neo4jEngine(server.uri, server.username, server.password)
    try:
        yield engine
    finally:
        engine.close()


def holding(directory: Path) -> list[str]:
    """The files that have bytes of the planted words."""
    return [
        str(path.relative_to(directory))
        for path in directory.rglob("*")
        if path.is_file() and PLANTED.encode() in path.read_bytes()
    ]


def test_dump_and_load_bring_everything_back_and_only_a_new_database_forgets(
    stoppable_neo4j: OwnServer, tmp_path: Path
) -> None:
    own = stoppable_neo4j
    with opened(own.server) as engine:
        load(engine)
        people = PeopleStore(engine)
        people.put(
            [person("A-9", "Made-up Person", f"{PLANTED}, which is longer than what a record of its own holds.")]
        )
        people.remove(["A-9"])
        before, defined = engine.read(COUNTS), engine.read(DEFINED)
    assert before
    assert defined
    own.stop()
    assert holding(own.home)

    backup = tmp_path / "BACKUP"
    backup.mkdir()
    admin(own.home, own.lib, *(each.replace("BACKUP", str(backup)) for each in command("database dump")))
    shutil.rmtree(own.home / "data" / "databases" / "neo4j")
    shutil.rmtree(own.home / "data" / "transactions" / "neo4j")
    assert not holding(own.home)
    admin(own.home, own.lib, *(each.replace("BACKUP", str(backup)) for each in command("database load")))
    assert holding(own.home)

    with (own.home / "conf" / "neo4j.conf").open("a", encoding="utf-8") as conf:
        conf.writelines(f"{line}\n" for line in _new_to(own, settings()))
    own.start()
    with opened(own.server) as engine:
        assert engine.read(COUNTS) == before
        assert engine.read(DEFINED) == defined
        export = export_for_import(engine, tmp_path / "DIR")
    own.stop()
    admin(own.home, own.lib, *export.arguments(str(tmp_path / "DIR")), f"--report-file={tmp_path / 'report'}")
    assert not holding(own.home)


def _new_to(own: OwnServer, lines: list[str]) -> list[str]:
    """The settings that the server does not have yet: it takes none twice."""
    known = {line.partition("=")[0] for line in (own.home / "conf" / "neo4j.conf").read_text("utf-8").splitlines()}
    heap = ("server.memory.heap.initial_size", "server.memory.heap.max_size")
    new = [line for line in lines if line.partition("=")[0] not in known]
    assert {*heap, "db.tx_log.rotation.retention_policy"} <= {line.partition("=")[0] for line in new}
    return new


def test_on_community_a_user_made_for_reading_may_write(neo4j_server: Server) -> None:
    password = secrets.token_urlsafe(12)
    with GraphDatabase.driver(neo4j_server.uri, auth=(neo4j_server.username, neo4j_server.password)) as driver:
        edition = driver.execute_query("CALL dbms.components() YIELD edition RETURN edition").records[0]["edition"]
        if edition != "community":
            pytest.skip(f"This server is {edition}: the page speaks of Community.")
        driver.execute_query(
            "CREATE USER reading SET PASSWORD $password CHANGE NOT REQUIRED", password=password, database_="system"
        )
        try:
            with opened(Server(neo4j_server.uri, "reading", password)) as engine:
                engine.write(Write(statements=[Statement("CREATE (:Trait {id: 'made-up'})")]))
                assert engine.read("MATCH (t:Trait) RETURN t.id AS id") == [{"id": "made-up"}]
        finally:
            driver.execute_query("DROP USER reading", database_="system")


@pytest.mark.parametrize("page", ["neo4j.md", "cypher-guide.md", "py2neo.md"])
def test_links_lead_somewhere(page: str) -> None:
    text = (DOCS / page).read_text(encoding="utf-8")
    links = re.findall(r"\]\(([^)#:]+)(?:#([\w-]+))?\)", text)
    assert links or page == "py2neo.md"
    for target, anchor in links:
        found = DOCS / target
        assert found.exists(), target
        if anchor:
            titles = re.findall(r"^#+ (.*)$", found.read_text(encoding="utf-8"), re.MULTILINE)
            assert anchor in {title.lower().replace(" ", "-") for title in titles}, f"{target}#{anchor}"
