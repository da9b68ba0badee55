"""Two processes and one network: forwarded commands, locks, and a load that is killed."""

import json
import os
import signal
import stat
import subprocess
from collections.abc import Callable
from pathlib import Path

from api.changing import mark
from api.lock import hold
from api.settings import read_settings
from api.wiring import Network
from ingest.synthetic.generating import generate
from tests.conftest import ROOT, CommandLine, copied

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
    first = generate(tmp_path / "files", people=60)
    assert c2c("load", "alumni", str(first.alumni), "--source", "office").code == 0
    more = generate(tmp_path / "more", people=90)
    with c2c.serving() as client:
        before = client.get("/experts").json()["total"]
        ran = c2c("load", "alumni", str(more.alumni), "--source", "office")
        assert ran.code == 0, ran.err
        assert "linking and writing people" in ran.err
        assert client.get("/experts").json()["total"] > before


def test_a_killed_server_leaves_a_lock_that_is_taken_over(network_copy: Path) -> None:
    c2c = CommandLine(network_copy)
    process, _ = c2c.start_server()
    os.kill(process.pid, signal.SIGKILL)
    process.wait()
    assert (network_copy / "lock.json").exists()
    assert c2c("city", "Rotterdam").code == 0


def test_a_load_that_is_killed_loses_nothing_acknowledged_and_is_completed_by_the_next(
    places_network: Path, tmp_path: Path, until: Callable[[Callable[[], bool]], None]
) -> None:
    file = generate(tmp_path / "files", people=2_500).alumni
    undisturbed = CommandLine(copied(places_network, tmp_path / "whole"))
    killed = CommandLine(copied(places_network, tmp_path / "killed"))
    assert undisturbed("load", "alumni", str(file)).code == 0
    process = killed.start("load", "alumni", str(file))
    imports = killed.store / "imports.sqlite"
    until(lambda: imports.exists() and imports.stat().st_size > 1_500_000)
    os.kill(process.pid, signal.SIGKILL)
    process.wait()
    assert (killed.store / "changing").exists()

    caught_up = killed("status", "--json")
    assert "catching up" in caught_up.err
    acknowledged = json.loads(caught_up.out)["people"]
    whole = json.loads(undisturbed("status", "--json").out)
    assert acknowledged < whole["people"]
    again = json.loads(killed("load", "alumni", str(file), "--json").out)
    assert again["unchanged"] == acknowledged
    found = json.loads(killed("status", "--json").out)
    for what in ("people", "expertises", "withheld", "not_findable_by_hazard"):
        assert found[what] == whole[what]
