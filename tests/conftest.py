"""What tests of the whole share: networks made once, and the command line as a child process."""

from __future__ import annotations

import contextlib
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import httpx
import pytest

PEOPLE = 1_500
ROOT = Path(__file__).parents[1]


@dataclass(frozen=True, slots=True)
class Ran:
    """What a command left: exit code, output, messages."""

    code: int
    out: str
    err: str


@dataclass(frozen=True, slots=True)
class CommandLine:
    """Runs `c2c` over one store in child processes, as a person does."""

    store: Path
    settings: tuple[tuple[str, str], ...] = ()

    def environment(self) -> dict[str, str]:
        """Return the child's environment: this store, and nothing of the tester's own settings."""
        own = {name: value for name, value in os.environ.items() if not name.startswith(("C2C_", "NEO4J_"))}
        return own | {"C2C_STORE": f"embedded:{self.store}", "COLUMNS": "120"} | dict(self.settings)

    def arguments(self, *arguments: str) -> list[str]:
        """Return the child's command line."""
        return [sys.executable, "-c", "from api.cli.main import main; main()", *arguments]

    def __call__(self, *arguments: str, input: str | None = None) -> Ran:
        """Run a command to its end."""
        done = subprocess.run(
            self.arguments(*arguments),
            env=self.environment(),
            cwd=ROOT,
            input=input,
            capture_output=True,
            text=True,
            timeout=300,
            check=False,
        )
        return Ran(done.returncode, done.stdout, done.stderr)

    def start(self, *arguments: str) -> subprocess.Popen[str]:
        """Start a command and leave it running."""
        return subprocess.Popen(
            self.arguments(*arguments),
            env=self.environment(),
            cwd=ROOT,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )

    @contextlib.contextmanager
    def serving(self, *arguments: str) -> Iterator[httpx.Client]:
        """Serve the network on a free port while the block runs; the client speaks to it."""
        process = self.start("serve", "--port", "0", *arguments)
        try:
            assert process.stdout is not None
            told = process.stdout.readline()
            while told and "answers at" not in told:
                told = process.stdout.readline()
            assert told, "the server ended before it answered"
            with httpx.Client(base_url=told.split("answers at ")[1].split()[0], timeout=60, trust_env=False) as client:
                yield client
        finally:
            process.send_signal(signal.SIGTERM)
            process.wait(timeout=60)


@pytest.fixture(scope="session")
def demo_network(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the directory of a demo network of 1,500 alumni; tests that change it take `network_copy`."""
    home = tmp_path_factory.mktemp("demo") / "network"
    made = CommandLine(home)("demo", "--people", str(PEOPLE))
    assert made.code == 0, made.err
    return home


@pytest.fixture(scope="session")
def places_network(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the directory of a network that has places and vocabulary and nobody yet; tests copy it."""
    home = tmp_path_factory.mktemp("places") / "network"
    made = CommandLine(home)("load", "places")
    assert made.code == 0, made.err
    return home


def copied(network: Path, copy: Path) -> Path:
    """Copy a network's directory, without the lock of whoever holds it."""
    shutil.copytree(network, copy, ignore=shutil.ignore_patterns("lock.json"))
    return copy


@pytest.fixture
def network_copy(demo_network: Path, tmp_path: Path) -> Path:
    """Return a copy of the demo network that a test may change."""
    return copied(demo_network, tmp_path / "network")


@pytest.fixture
def until() -> Callable[[Callable[[], bool]], None]:
    """Return a function that waits until something holds, and fails after five minutes: machines are slow at times."""

    def wait(holds: Callable[[], bool]) -> None:
        for _ in range(6_000):
            if holds():
                return
            time.sleep(0.05)
        pytest.fail("waited five minutes in vain")

    return wait
