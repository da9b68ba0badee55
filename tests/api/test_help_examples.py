"""The example in the help of every command is run as it stands, in a shell, on copies of the networks."""

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
import typer

from api.cli.commands import app
from tests.conftest import ROOT, CommandLine, copied

RUN_ELSEWHERE = {"c2c demo", "c2c load places", "c2c compact"}
"""These take half a minute: fixtures make networks by them, and `test_consent_end_to_end` compacts one."""
NOTHING_THERE = {"c2c undo"}
"""Nobody was loaded yet: exit code 1."""


def _helps(command: object, name: str) -> Iterator[tuple[str, str]]:
    inner = getattr(command, "commands", None)
    if inner is None:
        yield name, getattr(command, "help", None) or ""
    for key, one in (inner or {}).items():
        yield from _helps(one, f"{name} {key}")


HELPS = dict(_helps(typer.main.get_command(app), "c2c"))
EXAMPLES = {name: text.partition("Example: ")[2].split("\n")[0].strip() for name, text in HELPS.items()}


@pytest.fixture(scope="module")
def programs(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder for the path, with `c2c` in it."""
    folder = tmp_path_factory.mktemp("programs")
    program = folder / "c2c"
    program.write_text(f"#!/bin/sh\nexec {sys.executable} -c 'from api.cli.main import main; main()' \"$@\"\n")
    program.chmod(0o755)
    return folder


@pytest.fixture(scope="module")
def demo(demo_network: Path, tmp_path_factory: pytest.TempPathFactory) -> CommandLine:
    return CommandLine(copied(demo_network, tmp_path_factory.mktemp("examples") / "demo"))


@pytest.fixture(scope="module")
def own(places_network: Path, tmp_path_factory: pytest.TempPathFactory) -> CommandLine:
    return CommandLine(copied(places_network, tmp_path_factory.mktemp("examples") / "own"))


def environment(c2c: CommandLine, programs: Path) -> dict[str, str]:
    path = f"{programs}{os.pathsep}{os.environ['PATH']}"
    return c2c.environment() | {"PATH": path, "PYTHONPATH": str(ROOT)}


def test_every_command_has_an_example_of_its_own() -> None:
    assert len(EXAMPLES) > 15
    for name, example in EXAMPLES.items():
        assert name in example


def _in_order() -> list[str]:
    run = set(EXAMPLES.values()) - RUN_ELSEWHERE - {EXAMPLES["c2c serve"]}
    return sorted(run, key=lambda example: ("withdraw" in example, example))


@pytest.mark.parametrize("example", _in_order())
def test_the_example_does_what_the_help_says(
    demo: CommandLine, own: CommandLine, programs: Path, tmp_path: Path, example: str
) -> None:
    c2c = own if example.startswith(("c2c load", "c2c undo")) else demo
    if example.startswith("c2c load"):
        for what, name in (("alumni", "alumni.xlsx"), ("actions", "actions.csv")):
            assert c2c("template", what, "--out", str(tmp_path / name)).code == 0
    if example.startswith("c2c evaluate"):
        _write_what_is_evaluated(tmp_path)
    ran = subprocess.run(
        example,
        shell=True,
        cwd=tmp_path,
        env=environment(c2c, programs),
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )
    assert ran.returncode == (1 if example in NOTHING_THERE else 0), ran.stdout + ran.stderr
    assert ran.stdout.strip() or example in NOTHING_THERE


def _write_what_is_evaluated(folder: Path) -> None:
    """Files of right answers under the names that the examples give them; the people are made up."""
    for name, text in {
        "statements.jsonl": '{"id": "1", "text": "Drought plan.", "language": "en", "hazards": ["drought"]}',
        "questions.jsonl": '{"id": "1", "question": "drought", "language": "en", '
        '"understood": {"hazards": [{"id": "drought", "negated": false}]}}',
        "people.csv": "id,name,country\np1,A Made-up Person,NL",
        "evidence.jsonl": '{"person": "p1", "text": "drought early warning", "year": 2012}',
        "topics.tsv": "t1\tdrought",
        "qrels.txt": "t1 0 p1 1",
    }.items():
        (folder / name).write_text(text + "\n", encoding="utf-8")


def test_the_example_of_serve_answers(demo: CommandLine, programs: Path) -> None:
    # Another port: the one of the example may be taken.
    assert EXAMPLES["c2c serve"] == "c2c serve --port 8080"
    process, address = demo.start_server()
    assert address.startswith("http://127.0.0.1:")
    process.send_signal(signal.SIGTERM)
    assert process.wait(timeout=60) in (0, 128 + signal.SIGTERM)
    assert not (demo.store / "lock.json").exists()
