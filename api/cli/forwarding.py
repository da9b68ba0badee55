"""A command that goes through the running server: what it prints, streams back as it is printed."""

from __future__ import annotations

import json
import queue
import sys
import threading
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pydantic import BaseModel, ConfigDict

from api.cli.terminal import Terminal
from api.lock import TOKEN_HEADER, Holder
from graph.errors import Unavailable

if TYPE_CHECKING:
    from api.wiring import Network

ROUTE = "/internal/command"


class ForwardedCommand(BaseModel):
    """A command as a client sends it to the server that holds the network."""

    model_config = ConfigDict(extra="forbid")
    arguments: list[str]
    directory: str
    columns: int
    terminal: bool
    message_terminal: bool


def forward(server: Holder, arguments: Sequence[str], terminal: Terminal) -> int:
    """Run a command in the server's process, write what it prints here, and return its exit code.

    Raises Unavailable where the server does not answer.
    """
    import httpx

    command = ForwardedCommand(
        arguments=list(arguments),
        directory=str(terminal.directory),
        columns=terminal.out.width,
        terminal=terminal.out.is_terminal,
        message_terminal=terminal.err.is_terminal,
    )
    try:
        with httpx.stream(
            "POST",
            f"{server.address}{ROUTE}",
            json=command.model_dump(),
            headers={TOKEN_HEADER: server.token or ""},
            timeout=httpx.Timeout(10, read=None),
            trust_env=False,
        ) as response:
            if response.status_code != 200:
                raise Unavailable(f"The server (process {server.pid}) refused the command: {response.status_code}.")
            return _replay(response.iter_lines())
    except httpx.HTTPError as error:
        raise Unavailable(
            f"The server (process {server.pid}, {server.address}) does not answer: {error}.",
            "Stop it and start it again with c2c serve.",
        ) from error


def _replay(lines: Iterator[str]) -> int:
    streams = {"out": sys.stdout, "err": sys.stderr}
    for line in lines:
        for kind, value in json.loads(line).items():
            if kind == "exit":
                return int(value)
            streams[kind].write(value)
            streams[kind].flush()
    raise Unavailable("The server stopped before the command had ended.", "Look at its output, and run it again.")


@dataclass(slots=True)
class _Stream:
    """A text file that hands on whatever is written to it."""

    kind: str
    written: queue.Queue[dict[str, Any]]
    encoding: str = "utf-8"

    def write(self, text: str) -> int:
        self.written.put({self.kind: text})
        return len(text)

    def flush(self) -> None:
        """Nothing waits here."""

    def isatty(self) -> bool:
        return False


def run_forwarded(command: ForwardedCommand, network: Network) -> Iterator[str]:
    """Run a client's command in this process; yields JSON lines with what it prints, and at last its exit code."""
    from rich.console import Console

    from api.cli.main import EXIT_NOT_THERE, run
    from api.cli.session import Session

    written: queue.Queue[dict[str, Any]] = queue.Queue()

    def console(kind: str, is_terminal: bool) -> Console:
        stream: Any = _Stream(kind, written)
        return Console(file=stream, force_terminal=is_terminal, width=command.columns)

    terminal = Terminal(
        out=console("out", command.terminal),
        err=console("err", command.message_terminal),
        directory=Path(command.directory),
    )
    session = Session(network.settings, terminal, command="c2c serve", shared=network)

    def work() -> None:
        code = EXIT_NOT_THERE
        try:
            code = run(command.arguments, session)
        finally:
            written.put({"exit": code})

    threading.Thread(target=work, name="forwarded command", daemon=True).start()
    while True:
        item = written.get()
        yield json.dumps(item) + "\n"
        if "exit" in item:
            return
