"""Two processes and one network: forwarded commands, locks, and a load that is killed."""

import contextlib
import json
import os
import signal
import sqlite3
import stat
import subprocess
from collections.abc import Callable
from pathlib import Path

from api.changing import mark
from api.lock import hold
from api.settings import read_settings
from api.wiring import Network
from ingest.synthetic.generating import generate
from tests.conftest import PEOPLE, ROOT, CommandLine, copied

QUESTION = "who has handled floods in Asia"


def test_commands_go_through_the_server_and_say_the_same(demo_network: Path, network_copy: Path) -> None:
    c2c = CommandLine(network_copy)
    alone = json.loads(CommandLine(demo_network)("ask", QUESTION, "--json").out)
    with c2c.serving() as client:
        assert stat.S_IMODE((network_copy / "lock.json").stat().st_mode) == 0o600
        through = json.loads(c2c("ask", QUESTION, "--json").out)
        over_http = client.post("/ask", json={"question": QUESTION}).json()
        for answer in (alone, through, over_http):
            del answer["took_ms"]
        assert alone == through == over_http
        assert "people" in c2c("status").out
        assert "Mekong" in c2c("city", "Can Tho").out
        assert c2c("city", "Nowhere At All").code == 1
        assert c2c("ask", QUESTION, "--since", "soon").code == 2
        command = " ".join(f"'{part}'" for part in c2c.arguments("ask", QUESTION, "--limit", "50"))
        piped = subprocess.run(
            f"{command} | head -1", shell=True, cwd=ROOT, env=c2c.environment(), capture_output=True, text=True
        )
        assert piped.stdout.count("\n") == 1
        assert "Traceback" not in piped.stderr
    assert not (network_copy / "lock.json").exists()


def test_a_second_server_is_refused_with_the_process_of_the_first(network_copy: Path) -> None:
    c2c = CommandLine(network_copy)
    with c2c.serving() as client:
        held = json.loads((network_copy / "lock.json").read_text())
        for port in ("0", str(client.base_url.port)):
            refused = c2c("serve", "--port", port)
            assert refused.code == 3
            assert f"process {held['pid']}" in refused.err
        command = {
            "arguments": ["status"],
            "directory": "/",
            "columns": 80,
            "terminal": False,
            "message_terminal": False,
        }
        assert client.post("/internal/command", json=command).status_code == 403
        wrong = {"X-City2City-Lock": "made-up"}
        assert client.post("/internal/command", json=command, headers=wrong).status_code == 403
        right = {"X-City2City-Lock": held["token"]}
        assert '"exit": 0' in client.post("/internal/command", json=command, headers=right).text


def test_a_question_beside_a_load_is_answered_and_a_second_load_is_told_whom_to_wait_for(
    network_copy: Path, tmp_path: Path
) -> None:
    c2c = CommandLine(network_copy)
    (tmp_path / "file.csv").write_text("alumnus_id\n")
    with hold(network_copy, "c2c load alumni"):
        mark(Network(read_settings(c2c.environment())))
        assert c2c("ask", QUESTION).code == 0
        assert "catching up" not in c2c("status").err
        for refused in (c2c("load", "alumni", str(tmp_path / "file.csv")), c2c("consent", "withdraw", "S-00001")):
            assert refused.code == 3
            assert f"process {os.getpid()} (c2c load alumni)" in refused.err
    # The same mark, of a process that holds the network no longer: the change was cut off.
    assert "catching up" in c2c("status").err
    assert not (network_copy / "changing").exists()


def test_a_forwarded_load_streams_its_progress_and_is_in_the_next_answer(places_network: Path, tmp_path: Path) -> None:
    c2c = CommandLine(copied(places_network, tmp_path / "own"))
    file = generate(tmp_path / "files", people=60).alumni
    with c2c.serving() as client:
        assert client.get("/experts").json()["total"] == 0
        ran = c2c("load", "alumni", str(file))
        assert ran.code == 0, ran.err
        assert "linking and writing people" in ran.err
        assert "linking" not in c2c.log.read_text(encoding="utf-8")
        assert client.get("/experts").json()["total"] > 40


def test_a_killed_server_leaves_a_lock_that_is_taken_over(network_copy: Path) -> None:
    c2c = CommandLine(network_copy)
    process, _ = c2c.start_server()
    os.kill(process.pid, signal.SIGKILL)
    process.wait()
    assert (network_copy / "lock.json").exists()
    assert c2c("city", "Rotterdam").code == 0


def _people_kept(imports: Path) -> int:
    # Before the load has made the file and its tables, nobody is kept.
    with (
        contextlib.suppress(sqlite3.OperationalError),
        contextlib.closing(sqlite3.connect(f"file:{imports}?mode=ro", uri=True, timeout=30)) as log,
    ):
        return int(log.execute("SELECT count(*) FROM people").fetchone()[0])
    return 0


def test_a_load_that_is_killed_loses_nothing_acknowledged_and_is_completed_by_the_next(
    places_network: Path, demo_network: Path, tmp_path: Path, until: Callable[[Callable[[], bool]], None]
) -> None:
    file = generate(tmp_path / "files", people=PEOPLE).alumni
    killed = CommandLine(copied(places_network, tmp_path / "killed"))
    process = killed.start("load", "alumni", str(file))
    # The second thousand is being written: the first is on disk, and was acknowledged.
    until(lambda: _people_kept(killed.store / "imports.sqlite") > 1_000)
    os.kill(process.pid, signal.SIGKILL)
    process.wait()
    assert (killed.store / "changing").exists()

    caught_up = killed("ask", QUESTION, "--json")
    assert "catching up" in caught_up.err
    assert json.loads(caught_up.out)["total"] > 0
    acknowledged = json.loads(killed("status", "--json").out)["people"]
    # The demo network was loaded from the same file, undisturbed.
    whole = json.loads(CommandLine(demo_network)("status", "--json").out)
    assert 1_000 <= acknowledged < whole["people"]
    again = json.loads(killed("load", "alumni", str(file), "--json").out)
    assert again["unchanged"] == acknowledged
    found = json.loads(killed("status", "--json").out)
    for what in ("people", "expertises", "withheld", "not_findable_by_hazard"):
        assert found[what] == whole[what]
