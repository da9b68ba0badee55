"""Two processes and one network: forwarded commands, locks, and a load that is killed."""

import json
import os
import signal
import stat
from collections.abc import Callable
from pathlib import Path

from ingest.synthetic.generating import generate
from tests.conftest import CommandLine, copied

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
        refused = c2c("serve", "--port", "0")
        assert refused.code == 3
        assert str(json.loads((network_copy / "lock.json").read_text())["pid"]) in refused.err
        with_no_token = client.post("/internal/command", json={})
        assert with_no_token.status_code in (403, 422)
    assert not (network_copy / "lock.json").exists()


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
    process = c2c.start("serve", "--port", "0")
    assert process.stdout is not None
    while "answers at" not in process.stdout.readline():
        pass
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
