import json
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from api.lock import LOCK_NAME, hold, holder
from graph.errors import GraphBusy


def test_the_lock_names_process_address_start_and_token_and_only_the_owner_reads_it(tmp_path: Path) -> None:
    with hold(tmp_path, "c2c serve", "http://127.0.0.1:8000") as mine:
        written = json.loads((tmp_path / LOCK_NAME).read_text())
        assert stat.S_IMODE((tmp_path / LOCK_NAME).stat().st_mode) == 0o600
        assert written["pid"] == mine.pid
        assert written["started"]
        assert written["address"] == "http://127.0.0.1:8000"
        assert len(written["token"]) >= 32
        assert holder(tmp_path) == mine
    assert holder(tmp_path) is None


def test_a_second_holder_is_told_who_holds_the_network(tmp_path: Path) -> None:
    with (
        hold(tmp_path, "c2c load"),
        pytest.raises(GraphBusy, match=r"process \d+ \(c2c load\)"),
        hold(tmp_path, "c2c ask"),
    ):
        pass


def test_two_servers_have_different_tokens(tmp_path: Path) -> None:
    with (
        hold(tmp_path / "a", "c2c serve", "http://127.0.0.1:1") as one,
        hold(tmp_path / "b", "c2c serve", "http://127.0.0.1:2") as other,
    ):
        assert one.token != other.token


def test_a_lock_whose_process_was_killed_is_taken_over(tmp_path: Path) -> None:
    program = (
        "import os, signal, sys; from pathlib import Path; from api.lock import hold\n"
        "with hold(Path(sys.argv[1]), 'c2c load'): os.kill(os.getpid(), signal.SIGKILL)"
    )
    subprocess.run([sys.executable, "-c", program, str(tmp_path)], check=False, cwd=Path(__file__).parents[2])
    assert (tmp_path / LOCK_NAME).exists()
    assert holder(tmp_path) is None
    with hold(tmp_path, "c2c load") as mine:
        assert holder(tmp_path) == mine


def test_a_lock_of_an_earlier_process_with_the_same_number_is_taken_over(tmp_path: Path) -> None:
    with hold(tmp_path, "c2c load"):
        written = json.loads((tmp_path / LOCK_NAME).read_text())
    (tmp_path / LOCK_NAME).write_text(json.dumps(written | {"started": "1"}))
    assert holder(tmp_path) is None


def test_a_damaged_lock_holds_nothing(tmp_path: Path) -> None:
    (tmp_path / LOCK_NAME).write_text("{")
    assert holder(tmp_path) is None
