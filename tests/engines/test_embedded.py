"""The embedded engine's traps: what it would do by itself, and must not do here.

What needs a process of its own (a kill, a fork, a runtime started elsewhere) runs in one.
"""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from graph.engines import java
from graph.engines.embedded import EmbeddedEngine
from graph.engines.port import NodeRows, RelationshipRows, Statement, Write
from graph.errors import GraphBusy, LimitReached, WrongInput

PLANTED = "made-up-words-to-be-forgotten"


@pytest.fixture(scope="module")
def defined(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The files of a graph with the schema, to be copied: making them anew takes a second."""
    directory = tmp_path_factory.mktemp("defined") / "graph"
    engine = EmbeddedEngine(directory)
    engine.define()
    engine.close()
    return directory


@pytest.fixture
def directory(defined: Path, tmp_path: Path) -> Path:
    """A graph that nobody has open."""
    return Path(shutil.copytree(defined, tmp_path / "graph"))


@pytest.fixture
def engine(directory: Path) -> Iterator[EmbeddedEngine]:
    engine = EmbeddedEngine(directory)
    yield engine
    engine.close()


def in_a_process(code: str, *arguments: object, seconds: float = 60) -> subprocess.CompletedProcess[str]:
    """Run code in a Python of its own; it must end by itself in time."""
    return subprocess.run(
        [sys.executable, "-c", code, *map(str, arguments)], capture_output=True, text=True, timeout=seconds, check=False
    )


PREAMBLE = """
import os, sys, threading
from pathlib import Path
from graph.engines.embedded import EmbeddedEngine
from graph.engines.port import NodeRows, Statement, Write
from graph.errors import City2CityError
directory = Path(sys.argv[1])
"""


def test_every_commit_is_fsynced(engine: EmbeddedEngine) -> None:
    settings = java.java_class("com.arcadedb.GlobalConfiguration")
    assert int(settings.TX_WAL_FLUSH.getValueAsInteger()) == 2
    engine._database.begin()
    transaction = engine._database.getTransaction()
    assert str(transaction.getWALFlush()) == "YES_FULL"
    engine._database.rollback()


@pytest.mark.parametrize("address", ["file:///etc/hostname", "/etc/hostname", "http://127.0.0.1:1/x.csv"])
def test_a_query_reads_no_file_and_no_address(engine: EmbeddedEngine, address: str) -> None:
    with pytest.raises(WrongInput, match="switched off"):
        engine.read("LOAD CSV FROM $address AS line RETURN line", {"address": address})


def test_a_query_ends_at_its_time_limit(tmp_path: Path) -> None:
    engine = EmbeddedEngine(tmp_path / "graph", command_seconds=0.3)
    try:
        with pytest.raises(LimitReached) as ended:
            engine.read("UNWIND range(1, 100000) AS x UNWIND range(1, 100000) AS y WITH x, y WHERE x = -y RETURN x")
        assert ended.value.mend
        assert engine.read("RETURN 1 AS one") == [{"one": 1}]
    finally:
        engine.close()
        java.start(384, 60.0)


def test_opening_twice_in_one_process_is_refused(engine: EmbeddedEngine, tmp_path: Path) -> None:
    with pytest.raises(GraphBusy, match="This process"):
        EmbeddedEngine(tmp_path / "graph")
    assert engine.read("RETURN 1 AS one") == [{"one": 1}]


def test_a_second_process_is_told_that_the_graph_is_busy(engine: EmbeddedEngine, tmp_path: Path) -> None:
    code = PREAMBLE + (
        "try:\n    EmbeddedEngine(directory)\n"
        "except City2CityError as error:\n    print(type(error).__name__, error.mend)\n"
    )
    done = in_a_process(code, tmp_path / "graph")
    assert done.stdout.startswith("GraphBusy "), done.stderr
    assert done.stderr == ""
    engine.write(Write(nodes=[NodeRows("City", [{"id": "1"}])]))


def test_a_runtime_is_not_started_outside_the_main_thread_and_the_process_ends(tmp_path: Path) -> None:
    code = PREAMBLE + (
        "def run():\n"
        "    try:\n        EmbeddedEngine(directory)\n"
        "    except City2CityError as error:\n        print(type(error).__name__, error)\n"
        "thread = threading.Thread(target=run); thread.start(); thread.join()\n"
        "EmbeddedEngine(directory).close()\n"
        "thread = threading.Thread(target=lambda: print(EmbeddedEngine(directory).read('RETURN 1 AS one')))\n"
        "thread.start(); thread.join()\n"
    )
    done = in_a_process(code, tmp_path / "graph")
    assert done.returncode == 0, done.stderr
    assert done.stdout.startswith("Unavailable ")
    assert "main thread" in done.stdout
    assert "[{'one': 1}]" in done.stdout


@pytest.mark.skipif(not hasattr(os, "fork"), reason="no fork on this system")
def test_a_forked_process_is_refused_and_both_end(tmp_path: Path) -> None:
    code = PREAMBLE + (
        "engine = EmbeddedEngine(directory)\n"
        "child = os.fork()\n"
        "if child == 0:\n"
        "    for use in (lambda: engine.read('RETURN 1 AS one'), lambda: engine.write(Write()), engine.close,\n"
        "                lambda: EmbeddedEngine(directory)):\n"
        "        try:\n            use()\n"
        "        except City2CityError as error:\n            print(type(error).__name__, error.mend, flush=True)\n"
        "    sys.exit(7)\n"
        "print('child', os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]))\n"
        "print(engine.read('RETURN 1 AS one'))\n"
    )
    done = in_a_process(code, tmp_path / "graph")
    assert done.returncode == 0, done.stderr
    lines = done.stdout.splitlines()
    assert [line.split()[0] for line in lines[:4]] == ["Unavailable"] * 4
    assert lines[4:] == ["child 7", "[{'one': 1}]"]


def test_a_process_that_forgets_to_close_ends_without_a_word_and_loses_nothing(directory: Path, tmp_path: Path) -> None:
    """Nor does it leave anything in its working directory: the engine would write its own log there."""
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    code = PREAMBLE + (
        "os.chdir(sys.argv[2])\n"
        "engine = EmbeddedEngine(directory)\n"
        "engine.write(Write(nodes=[NodeRows('City', [{'id': '1'}])]))\n"
    )
    done = in_a_process(code, directory, elsewhere)
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
    assert list(elsewhere.iterdir()) == []
    engine = EmbeddedEngine(directory)
    try:
        assert engine.read("MATCH (c:City) RETURN c.id AS id") == [{"id": "1"}]
    finally:
        engine.close()


LOAD = (
    PREAMBLE
    + """
from graph.engines.port import RelationshipRows
engine = EmbeddedEngine(directory)
engine.write(Write(nodes=[NodeRows("Hazard", [{"id": "h"}])]))
for batch in range(int(sys.argv[2])):
    keys = [f"{batch:04}/{number}" for number in range(200)]
    engine.write(Write(
        nodes=[NodeRows("Expertise", [{"id": key, "text": "made up " * 20} for key in keys])],
        relationships=[RelationshipRows("APPLIES_TO", "Expertise", "Hazard", [
            {"start": key, "end": "h", "score": 0.5} for key in keys])],
    ))
    print(batch, flush=True)
engine.close()
"""
)


def test_a_kill_in_the_middle_of_a_load_loses_no_acknowledged_batch(directory: Path) -> None:
    load = subprocess.Popen([sys.executable, "-c", LOAD, str(directory), "100000"], stdout=subprocess.PIPE, text=True)
    assert load.stdout is not None
    acknowledged = -1
    for line in load.stdout:
        acknowledged = int(line) if line.strip().isdigit() else acknowledged
        if acknowledged == 3:
            load.send_signal(signal.SIGKILL)
            break
    later = [int(line) for line in load.stdout if line.strip().isdigit()]
    load.wait(30)
    acknowledged = max([acknowledged, *later])

    engine = EmbeddedEngine(directory)
    try:
        rows = engine.read(
            "MATCH (e:Expertise) RETURN split(e.id, '/')[0] AS batch, count(e) AS nodes, "
            "sum(COUNT { (e)-[:APPLIES_TO]->(:Hazard) }) AS links ORDER BY batch"
        )
        assert len(rows) >= acknowledged + 1
        assert all((row["nodes"], row["links"]) == (200, 200) for row in rows)
        from_hazard = engine.read("MATCH (:Hazard {id: 'h'})<-[r:APPLIES_TO]-(e) RETURN count(e) AS count")
        assert from_hazard == [{"count": 200 * len(rows)}]
    finally:
        engine.close()

    done = in_a_process(LOAD, directory, len(rows) + 1)
    assert done.returncode == 0, done.stderr
    engine = EmbeddedEngine(directory)
    try:
        total = engine.read("MATCH (:Expertise)-[r:APPLIES_TO]->(:Hazard) RETURN count(r) AS count")
        assert total == [{"count": 200 * (len(rows) + 1)}]
    finally:
        engine.close()


def holds(directory: Path, text: str) -> list[str]:
    """Files under a directory whose bytes hold a text."""
    return [str(file) for file in directory.rglob("*") if file.is_file() and text.encode() in file.read_bytes()]


def test_compacting_takes_deleted_bytes_out_of_every_file(engine: EmbeddedEngine, tmp_path: Path) -> None:
    nodes = [
        NodeRows("Alumnus", [{"id": "A", "name": f"name {PLANTED}"}, {"id": "B", "name": "Made-up Person"}]),
        NodeRows("Expertise", [{"id": "A/1", "text": PLANTED}, {"id": "B/1", "text": "kept"}]),
        NodeRows("Hazard", [{"id": "h", "name": "made-up hazard"}]),
    ]
    has = RelationshipRows(
        "HAS_EXPERTISE", "Alumnus", "Expertise", [{"start": "A", "end": "A/1"}, {"start": "B", "end": "B/1"}]
    )
    links = [
        {"start": "A/1", "end": "h", "words": [PLANTED], "score": 1.0},
        {"start": "B/1", "end": "h", "words": ["kept"], "score": 0.5},
    ]
    engine.write(Write(nodes=nodes, relationships=[has, RelationshipRows("APPLIES_TO", "Expertise", "Hazard", links)]))
    assert holds(tmp_path, PLANTED)
    for label, id_ in (("Expertise", "A/1"), ("Alumnus", "A")):
        engine.write(Write(statements=[Statement(f"MATCH (n:{label} {{id: $id}}) DETACH DELETE n", {"id": id_})]))
    engine.compact()
    assert holds(tmp_path, PLANTED) == []
    assert [path.name for path in tmp_path.iterdir()] == ["graph"]
    rows = engine.read(
        "MATCH (a:Alumnus)-[:HAS_EXPERTISE]->(e:Expertise)-[r:APPLIES_TO]->(h:Hazard) "
        "RETURN a.id AS a, e.text AS text, r.words AS words, r.score AS score, h.name AS hazard"
    )
    assert rows == [{"a": "B", "text": "kept", "words": ["kept"], "score": 0.5, "hazard": "made-up hazard"}]


def test_a_compaction_that_was_cut_off_is_completed_or_cleared_away(directory: Path, tmp_path: Path) -> None:
    engine = EmbeddedEngine(directory)
    engine.write(Write(nodes=[NodeRows("City", [{"id": "1"}])]))
    engine.close()
    (tmp_path / "graph.before-compacting").mkdir()
    directory.rename(tmp_path / "graph.compacting")
    engine = EmbeddedEngine(directory)
    try:
        assert engine.read("MATCH (c:City) RETURN c.id AS id") == [{"id": "1"}]
        assert [path.name for path in tmp_path.iterdir()] == ["graph"]
    finally:
        engine.close()


def test_readers_and_a_writer_do_not_wait_for_ever_on_each_other(engine: EmbeddedEngine) -> None:
    engine.write(Write(nodes=[NodeRows("City", [{"id": str(number)} for number in range(100)])]))
    stop = time.monotonic() + 20
    done = threading.Event()
    reads = 0

    def keep_reading() -> None:
        nonlocal reads
        while not done.is_set() and time.monotonic() < stop:
            engine.read("MATCH (c:City) RETURN count(c) AS count")
            reads += 1

    readers = [threading.Thread(target=keep_reading) for _ in range(3)]
    for reader in readers:
        reader.start()
    for number in range(20):
        engine.write(Write(nodes=[NodeRows("City", [{"id": str(number), "population": number}])]))
    done.set()
    for reader in readers:
        reader.join()
    assert time.monotonic() < stop
    assert reads > 0
