"""What comes back, of which graph, and what becomes of the process that reads an embedded one."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from graph.cypher.judging import Judged
from graph.cypher.results import Limits
from graph.engines.reading_embedded import EmbeddedReader, _environment
from graph.engines.reading_neo4j import Neo4jReader
from graph.errors import LimitReached, Refused, WrongInput
from graph.store.network import NetworkStore
from graph.store.people import PeopleStore
from tests.cypher.conftest import Cypher, person

ENDLESS = "MATCH (a), (b), (c), (d), (e), (f), (g) RETURN sum(size(a.id) + size(g.id))"


def test_nodes_and_relationships_are_objects_and_stand_once_in_the_lists(cypher: Cypher) -> None:
    text = "MATCH p = (c:City {id: '30'})-[r:DISTRICT_OF]->(d) RETURN c, r, p, {all: [c, d]} AS m, c.name AS name"
    found = cypher.reader.ask(text)
    city, relationship, path, mapped, name = found.rows[0]
    assert found.columns == ["c", "r", "p", "m", "name"]
    assert isinstance(city, dict)
    assert city["labels"] == ["City"]
    assert city["properties"]["name"] == name == "Old Quarter"
    assert isinstance(relationship, dict)
    assert relationship["type"] == "DISTRICT_OF"
    assert isinstance(path, list)
    assert [relationship["start"], relationship["end"]] == [path[0]["element"], path[2]["element"]]
    assert path[1] == relationship
    assert mapped == {"all": [city, path[2]]}
    assert [node["properties"]["name"] for node in found.nodes] == ["Old Quarter", "Made-up Port"]
    assert found.relationships == [relationship]


def test_caps_cut_off_and_say_so(cypher: Cypher) -> None:
    rows = cypher.reader.ask("UNWIND range(1, 1000) AS x RETURN x", limits=Limits(rows=10))
    assert (len(rows.rows), rows.truncated) == (10, True)
    size = cypher.reader.ask("UNWIND range(1, 1000) AS x RETURN 'ten letters'", limits=Limits(bytes=1_000))
    assert 10 < len(size.rows) < 100
    assert size.truncated
    assert not cypher.reader.ask("UNWIND range(1, 10) AS x RETURN x", limits=Limits(rows=10)).truncated


def test_a_query_that_the_engine_finds_wrong_is_told_its_words_and_its_place(cypher: Cypher) -> None:
    with pytest.raises(WrongInput, match="missing") as wrong:
        cypher.reader.ask("MATCH (c:City)\nRETURN missing")
    # the embedded engine gives no position
    assert cypher.engine.name == "embedded" or "line 2, column 8" in wrong.value.detail


def test_an_answer_is_of_the_graph_as_it_is_and_says_its_generation(cypher: Cypher) -> None:
    text = "MATCH (a:Alumnus {id: 'A-9'}) RETURN a.name"
    assert cypher.reader.ask(text).rows == []
    PeopleStore(cypher.engine).put([person("A-9", "Made-up Newcomer", "A new dike.")])
    generation = NetworkStore(cypher.engine).advance()
    found = cypher.reader.ask(text)
    assert found.rows == [["Made-up Newcomer"]]
    assert found.generation == generation
    PeopleStore(cypher.engine).remove(["A-9"])
    cypher.reader.forget()
    assert not list(cypher.home.glob("cypher-copy/*"))
    assert cypher.reader.ask(text).rows == []


def test_the_caller_is_answered_at_the_limit_and_the_next_query_works(cypher: Cypher) -> None:
    cypher.reader.ask("RETURN 1")
    with pytest.raises(LimitReached, match=r"limit of 0\.5 s"):
        cypher.reader.ask(ENDLESS, limits=Limits(seconds=0.5))
    assert cypher.reader.ask("RETURN 1 AS one", limits=Limits(seconds=20)).rows == [[1]]


@pytest.mark.parametrize(
    "text",
    [
        "CREATE (x:City {id: 'no'}) RETURN x",
        "MATCH (c:City) SET c.name = 'no'",
        "LOAD CSV FROM 'file:///etc/passwd' AS row RETURN row",
        "CALL dbms.listConfig() YIELD name RETURN name",
        "SHOW USERS",
    ],
)
def test_the_engine_refuses_by_itself_what_the_judge_would_have_let_through(cypher: Cypher, text: str) -> None:
    reader = cypher.reader
    if isinstance(reader, Neo4jReader):
        with pytest.raises((Refused, WrongInput)):
            reader._run(Judged(text, {}, ()), Limits())
        return
    assert isinstance(reader, EmbeddedReader)
    request = {"text": text, "parameters": {}, "columns": [], "seconds": 5, "rows": 10, "bytes": 10_000}
    answer = reader._ready_child().ask(json.dumps(request), 10)
    assert answer is not None
    assert json.loads(answer)["error"] in ("Refused", "WrongInput")


def test_the_process_for_reading_is_killed_and_replaced(cypher: Cypher) -> None:
    reader = cypher.reader
    if not isinstance(reader, EmbeddedReader):
        return  # Neo4j ends queries itself
    first = reader._ready_child()
    with pytest.raises(LimitReached):
        reader.ask(ENDLESS, limits=Limits(seconds=0.5))
    assert not first.is_alive()
    assert reader._ready_child() is not first


def test_the_process_for_reading_gets_no_secrets(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NEO4J_PASSWORD", "a-made-up-password")
    monkeypatch.setenv("C2C_TOKEN", "a-made-up-token")
    assert not {"a-made-up-password", "a-made-up-token"} & set(_environment().values())


PARENT = """
import sys, threading
from pathlib import Path
from graph.engines.embedded import EmbeddedEngine
from graph.engines.reading_embedded import EmbeddedReader
from graph.cypher.results import Limits
engine = EmbeddedEngine(Path(sys.argv[1]))
engine.define()
reader = EmbeddedReader(engine, Path(sys.argv[1]).parent)
reader.warm()
print(reader._child._process.pid, flush=True)
query = "UNWIND range(1, 100000) AS a UNWIND range(1, 100000) AS b UNWIND range(1, 100000) AS c RETURN sum(a * b * c)"
reader.ask(query, limits=Limits(seconds=60))
"""


@pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="asks /proc whether a process is there")
def test_the_process_for_reading_dies_with_the_one_that_started_it(tmp_path: Path) -> None:
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(path or os.getcwd() for path in sys.path)}
    arguments = [sys.executable, "-c", PARENT, str(tmp_path / "graph")]
    with subprocess.Popen(arguments, stdout=subprocess.PIPE, text=True, env=environment) as parent:
        assert parent.stdout is not None
        child = int(parent.stdout.readline())
        time.sleep(1)  # the query is running
        assert Path(f"/proc/{child}").exists()
        parent.send_signal(signal.SIGKILL)
    for _ in range(50):
        if not _runs(child):
            return
        time.sleep(0.1)
    os.kill(child, signal.SIGKILL)
    raise AssertionError("the process outlived its parent by 5 s")


def _runs(process: int) -> bool:
    try:
        state = Path(f"/proc/{process}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()[0]
    except OSError:
        return False
    return state != "Z"
