"""A real Neo4j for tests and for trying out: found, or started from its published jars.

Found in this order: the server that NEO4J_URI names; a Docker daemon; Java and Maven, which fetch Neo4j Community
into a cache outside the checkout. `python -m tests.servers.neo4j_server` starts one for a person.
"""

from __future__ import annotations

import contextlib
import os
import secrets
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

VERSION = "5.26.20"
IMAGE = "neo4j:5.26-community"
HOW_TO_GET_ONE = "Set NEO4J_URI (with NEO4J_USERNAME and NEO4J_PASSWORD), start Docker, or install Java 17 and Maven."
STARTED = "Started."
SECONDS_TO_START = 120

POM = f"""<project xmlns="http://maven.apache.org/POM/4.0.0">
  <modelVersion>4.0.0</modelVersion>
  <groupId>city2city.tests</groupId><artifactId>neo4j-server</artifactId><version>1</version>
  <dependencies>
    <dependency><groupId>org.neo4j</groupId><artifactId>neo4j</artifactId><version>{VERSION}</version></dependency>
    <dependency><groupId>org.neo4j.app</groupId><artifactId>neo4j-server</artifactId><version>{VERSION}</version></dependency>
  </dependencies>
</project>
"""

FOR_PEOPLE = ("-Xms1g", "-Xmx1g", "-XX:+UseG1GC")
FOR_TESTS = ("-Xms512m", "-Xmx512m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1")
"""A third less memory, and a quarter of the work to start and to run a query for the first time."""

JVM_OPTIONS = (
    *(
        f"--add-opens=java.base/{package}=ALL-UNNAMED"
        for package in ("java.nio", "java.io", "sun.nio.ch", "java.lang", "java.util.concurrent")
    ),
    "--add-modules=jdk.incubator.vector",
)


@dataclass(frozen=True, slots=True)
class Server:
    """A running Neo4j and how to reach it."""

    uri: str
    username: str
    password: str


class NoServer(Exception):
    """None of the ways to a Neo4j is open on this machine."""


@dataclass(slots=True)
class OwnServer:
    """A server of one's own whose files lie in `home`: it can be stopped, and started again over the same files."""

    home: Path
    lib: Path
    server: Server
    options: tuple[str, ...] = FOR_PEOPLE
    process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Start the server and wait until it answers."""
        self.log.unlink(missing_ok=True)
        self.process = start(self.home, self.lib, self.options)
        _wait_until_started(self.log, self.process)

    def stop(self) -> None:
        """Stop the server and wait until it has ended; safe to call twice."""
        if self.process is not None:
            self.process.terminate()
            self.process.wait(timeout=60)
            self.process = None

    @property
    def log(self) -> Path:
        """Where the server says what it does."""
        return self.home / "logs" / "neo4j.log"


@contextlib.contextmanager
def neo4j(environment: Mapping[str, str] = os.environ, options: tuple[str, ...] = FOR_PEOPLE) -> Iterator[Server]:
    """Find or start a Neo4j and stop what was started. Raises NoServer, saying how to get one."""
    if environment.get("NEO4J_URI"):
        yield Server(
            environment["NEO4J_URI"], environment.get("NEO4J_USERNAME", "neo4j"), environment.get("NEO4J_PASSWORD", "")
        )
    elif _docker_runs(environment):
        with _in_docker() as server:
            yield server
    else:
        with own_server(environment, options) as own:
            yield own.server


@contextlib.contextmanager
def own_server(
    environment: Mapping[str, str] = os.environ, options: tuple[str, ...] = FOR_PEOPLE
) -> Iterator[OwnServer]:
    """Start a Neo4j from its published jars, to be stopped and started at will. Raises NoServer without Java."""
    path = environment.get("PATH", "")
    if not shutil.which("java", path=path) or not (jars(environment).is_dir() or shutil.which("mvn", path=path)):
        raise NoServer(HOW_TO_GET_ONE)
    lib = _fetched(environment)
    with tempfile.TemporaryDirectory(prefix="neo4j-") as temporary:
        server = Server(f"neo4j://127.0.0.1:{_free_port()}", "neo4j", secrets.token_hex(12))
        own = OwnServer(Path(temporary), lib, server, options)
        _prepare(own)
        try:
            own.start()
            yield own
        finally:
            own.stop()


def jars(environment: Mapping[str, str] = os.environ) -> Path:
    """Return the cache directory of the server's jars; it exists only when the whole set was fetched."""
    cache = environment.get("XDG_CACHE_HOME")
    return (Path(cache) if cache else Path.home() / ".cache") / "city2city" / f"neo4j-{VERSION}"


def container() -> object:
    """Return the Docker container of the tests, set up and not yet started."""
    from testcontainers.community.neo4j import Neo4jContainer

    return Neo4jContainer(IMAGE, password=secrets.token_hex(12)).with_env("NEO4J_dbms_usage__report_enabled", "false")


def _docker_runs(environment: Mapping[str, str]) -> bool:
    docker = shutil.which("docker", path=environment.get("PATH", ""))
    if docker is None:
        return False
    try:
        return subprocess.run([docker, "info"], capture_output=True, timeout=10, check=False).returncode == 0
    except subprocess.TimeoutExpired:
        return False


@contextlib.contextmanager
def _in_docker() -> Iterator[Server]:
    with container() as running:  # type: ignore[attr-defined]
        yield Server(running.get_connection_url(), running.username, running.password)


def _fetched(environment: Mapping[str, str]) -> Path:
    directory = jars(environment)
    if directory.is_dir():
        return directory
    maven = shutil.which("mvn", path=environment.get("PATH", ""))
    assert maven is not None, "looked for before"
    directory.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=directory.parent) as temporary:
        pom = Path(temporary) / "pom.xml"
        pom.write_text(POM, encoding="utf-8")
        fetched = Path(temporary) / "lib"
        subprocess.run(
            [
                maven, "-q", "-B", "-f", str(pom), "dependency:copy-dependencies",
                f"-DoutputDirectory={fetched}", "-DincludeScope=runtime",
            ],
            check=True,
        )  # fmt: skip
        with contextlib.suppress(OSError):
            # Another process may have fetched them meanwhile; either set is whole.
            fetched.rename(directory)
    return directory


def start(home: Path, lib: Path, options: tuple[str, ...] = FOR_PEOPLE) -> subprocess.Popen[bytes]:
    """Start the server whose files lie in `home`; it says what it does in `home/logs/neo4j.log`."""
    entry = ["org.neo4j.server.CommunityEntryPoint", f"--home-dir={home}", f"--config-dir={home / 'conf'}"]
    return subprocess.Popen(
        ["java", *options, *JVM_OPTIONS, "-cp", f"{lib}/*", *entry],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )


def _prepare(own: OwnServer) -> None:
    for name in ("conf", "data", "logs", "plugins", "import"):
        (own.home / name).mkdir()
    address = own.server.uri.removeprefix("neo4j://")
    settings = {
        "server.bolt.listen_address": address,
        "server.bolt.advertised_address": address,
        "server.http.enabled": "false",
        "dbms.usage_report.enabled": "false",
        "server.memory.pagecache.size": "512m",
        "dbms.security.auth_enabled": "true",
        "dbms.security.allow_csv_import_from_file_urls": "false",
    }
    lines = (f"{name}={value}\n" for name, value in settings.items())
    (own.home / "conf" / "neo4j.conf").write_text("".join(lines), encoding="utf-8")
    admin(own.home, own.lib, "dbms", "set-initial-password", own.server.password)


def admin(home: Path, lib: Path, *arguments: str) -> None:
    """Run the server's admin tool over the files in `home`."""
    subprocess.run(
        ["java", "-cp", f"{lib}/*", "org.neo4j.cli.AdminTool", *arguments],
        cwd=home,  # an import leaves its report where it runs
        env={**os.environ, "NEO4J_HOME": str(home), "NEO4J_CONF": str(home / "conf")},
        check=True,
        capture_output=True,
    )


def _wait_until_started(log: Path, process: subprocess.Popen[bytes]) -> None:
    for _ in range(SECONDS_TO_START * 5):
        told = log.read_text(encoding="utf-8") if log.exists() else ""
        if STARTED in told:
            return
        if process.poll() is not None:
            raise RuntimeError(f"Neo4j ended while starting:\n{told[-2000:]}")
        time.sleep(0.2)
    raise RuntimeError(f"Neo4j did not start within {SECONDS_TO_START} s:\n{log.read_text(encoding='utf-8')[-2000:]}")


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def main() -> None:
    """Start a server for a person and keep it until stopped with Ctrl-C."""
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(128 + signal.SIGTERM))  # else the server would outlive us
    try:
        with contextlib.suppress(KeyboardInterrupt), neo4j() as server:
            print(f"Neo4j answers. For City2City, in another terminal:\n\n  export C2C_STORE={server.uri}")
            print(f"  export NEO4J_USERNAME={server.username} NEO4J_PASSWORD={server.password}\n", flush=True)
            print("Stop with Ctrl-C; what was loaded goes with it.", flush=True)
            while True:
                time.sleep(3600)
    except NoServer as error:
        sys.exit(str(error))


if __name__ == "__main__":
    main()
