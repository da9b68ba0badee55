"""What tests of the whole share: networks made once, and the command line as a child process."""

from __future__ import annotations

import contextlib
import os
import re
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import NoReturn

import httpx
import pytest
from filelock import FileLock

from tests.servers.emptying import empty, refuse_somebodys_graph
from tests.servers.neo4j_server import FOR_TESTS, NoServer, OwnServer, Server, neo4j, own_server

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

    @classmethod
    def on_neo4j(cls, server: Server, home: Path, **settings: str) -> CommandLine:
        """Return a command line over the graph on a server, all that lies beside the graph in `home`."""
        reached = {"C2C_STORE": server.uri, "NEO4J_USERNAME": server.username, "NEO4J_PASSWORD": server.password}
        return cls(home, tuple({**reached, "C2C_HOME": str(home), **settings}.items()))

    def environment(self) -> dict[str, str]:
        """Return the child's environment: this store, and nothing of the tester's own settings."""
        own = {name: value for name, value in os.environ.items() if not name.startswith(("C2C_", "NEO4J_"))}
        ours = {"C2C_STORE": f"embedded:{self.store}", "XDG_DATA_HOME": str(self.store.parent), "COLUMNS": "120"}
        return own | ours | dict(self.settings)

    @property
    def log(self) -> Path:
        """All that commands which were left running printed."""
        return self.store.parent / f"{self.store.name}.log"

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
            timeout=900,
            check=False,
        )
        return Ran(done.returncode, done.stdout, done.stderr)

    def start(self, *arguments: str) -> subprocess.Popen[str]:
        """Start a command and leave it running; what it prints goes into `log`."""
        with self.log.open("a", encoding="utf-8") as log:
            return subprocess.Popen(
                self.arguments(*arguments),
                env=self.environment(),
                cwd=ROOT,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                text=True,
            )

    def start_server(self, *arguments: str) -> tuple[subprocess.Popen[str], str]:
        """Start `c2c serve` on a free port; returns the process and the address, once that is answered."""
        begin = self.log.stat().st_size if self.log.exists() else 0
        process = self.start("serve", "--port", "0", *arguments)
        while True:
            told = self.log.read_bytes()[begin:].decode("utf-8", "replace")
            if found := re.search(r"answers at (http\S+)", told):
                return process, found[1]
            assert process.poll() is None, told
            time.sleep(0.05)

    @contextlib.contextmanager
    def serving(self, *arguments: str) -> Iterator[httpx.Client]:
        """Serve the network on a free port while the block runs; the client speaks to it."""
        process, address = self.start_server(*arguments)
        try:
            with httpx.Client(base_url=address, timeout=60, trust_env=False) as client:
                yield client
        finally:
            process.send_signal(signal.SIGTERM)
            process.wait(timeout=60)


def copied(network: Path, copy: Path) -> Path:
    """Copy a network's directory, without the lock of whoever holds it."""
    shutil.copytree(network, copy, ignore=shutil.ignore_patterns("lock.json"))
    return copy


@pytest.fixture(scope="session")
def made_once(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a directory that all workers of this run of the tests share."""
    own = tmp_path_factory.getbasetemp()
    shared = (own.parent if "PYTEST_XDIST_WORKER" in os.environ else own) / "networks"
    shared.mkdir(exist_ok=True)
    return shared


@pytest.fixture(scope="session")
def neo4j_of_this_worker() -> Iterator[Server]:
    """Return a Neo4j that this worker found or started. Tests take `neo4j_server`, which begins empty.

    Each worker starts one of its own: Community has one database to a server, and two workers that took turns at
    it would wait for each other longer than a second server takes to start.
    """
    with contextlib.ExitStack() as running:
        try:
            server = running.enter_context(neo4j(options=FOR_TESTS))
        except NoServer as error:
            without_server(error)
        yield server


@pytest.fixture(scope="module")
def neo4j_server(neo4j_of_this_worker: Server, made_once: Path) -> Iterator[Server]:
    """Return a real Neo4j, empty but for constraints and indexes, that the tests of one file have to themselves.

    Where there is none the tests are skipped, saying how to get one; under CI=true they fail.
    """
    with FileLock(made_once / "neo4j.lock") if os.environ.get("NEO4J_URI") else contextlib.nullcontext():
        if os.environ.get("NEO4J_URI"):
            refuse_somebodys_graph(neo4j_of_this_worker)
        empty(neo4j_of_this_worker)
        yield neo4j_of_this_worker
        empty(neo4j_of_this_worker)


@pytest.fixture
def stoppable_neo4j() -> Iterator[OwnServer]:
    """Return a Neo4j of the test's own, empty, which the test may stop and start again over the same files."""
    with contextlib.ExitStack() as running:
        try:
            own = running.enter_context(own_server(options=FOR_TESTS))
        except NoServer as error:
            without_server(error)
        yield own


def without_server(error: NoServer) -> NoReturn:
    if os.environ.get("CI") == "true":
        pytest.fail(f"There is no Neo4j here, and CI=true asks for one. {error}", pytrace=False)
    pytest.skip(f"There is no Neo4j here. {error}")


def _made(shared: Path, name: str, make: Callable[[Path], None]) -> Path:
    """Return what one worker makes and the others find; what was cut off is made again."""
    with FileLock(shared / f"{name}.lock"):
        if not (shared / name).exists():
            draft = shared / f"{name}-draft" / "network"
            shutil.rmtree(draft.parent, ignore_errors=True)
            draft.parent.mkdir()
            make(draft)
            draft.parent.rename(shared / name)
    return shared / name / "network"


@pytest.fixture(scope="session")
def places_network(made_once: Path) -> Path:
    """Return the directory of a network that has places and vocabulary and nobody yet; tests copy it."""

    def make(home: Path) -> None:
        made = CommandLine(home)("load", "places")
        assert made.code == 0, made.err

    return _made(made_once, "places", make)


@pytest.fixture(scope="session")
def demo_network(made_once: Path, places_network: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return this worker's demo network of 1,500 alumni; tests that change it take `network_copy`."""

    def make(home: Path) -> None:
        made = CommandLine(copied(places_network, home))("demo", "--people", str(PEOPLE))
        assert made.code == 0, made.err

    return copied(_made(made_once, "demo", make), tmp_path_factory.mktemp("demo") / "network")


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
