"""Researchers' Cypher on the embedded engine: in a process of its own over a copy, killed at the limit."""

from __future__ import annotations

import contextlib
import json
import os
import queue
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from graph.cypher.judging import judge
from graph.cypher.results import Limits, Result
from graph.engines.embedded import EmbeddedEngine
from graph.engines.reading_copies import copy_of, forget_copies
from graph.errors import City2CityError, LimitReached, Refused, Unavailable, WrongInput

_GENERATION = "MATCH (n:Network {id: 'network'}) RETURN n.generation AS generation"
_SECONDS_TO_START = 60.0
_GRACE = 0.3
_ERRORS: Mapping[str, type[City2CityError]] = {
    each.__name__: each for each in (WrongInput, Refused, LimitReached, Unavailable)
}


class EmbeddedReader:
    """One process beside this one answers queries, one at a time, over a copy of the graph at its generation.

    It is started with the first query after a change of the graph (about 2 s), replaced after a kill, and ended
    after `idle_seconds` without a query, which gives its memory back.
    """

    def __init__(
        self, engine: EmbeddedEngine, home: Path, *, heap_megabytes: int = 256, idle_seconds: float = 120.0
    ) -> None:
        self._engine = engine
        self._home = home
        self._heap = heap_megabytes
        self._idle_seconds = idle_seconds
        self._resting: threading.Timer | None = None
        self._turn = threading.Lock()
        self._child: _Child | None = None

    def ask(self, text: str, parameters: Mapping[str, object] | None = None, limits: Limits | None = None) -> Result:
        """Run a query and return what it gives; see `graph.engines.reading.Reader`."""
        limits = limits or Limits()
        judged = judge(text, parameters)
        request = {
            "text": judged.text, "parameters": dict(judged.parameters), "columns": list(judged.columns),
            "seconds": limits.seconds, "rows": limits.rows, "bytes": limits.bytes,
        }  # fmt: skip
        try:
            line = json.dumps(request, allow_nan=False)
        except (TypeError, ValueError) as error:
            raise WrongInput(
                f"A parameter cannot be sent: {error}.", "Give texts, numbers, lists and mappings."
            ) from error
        started = time.monotonic()
        if not self._turn.acquire(timeout=limits.seconds):
            raise Unavailable("Another query is running.", "Try again in a few seconds.")
        try:
            child = self._ready_child()
            answer = child.ask(line, limits.seconds + _GRACE - min(limits.seconds / 2, time.monotonic() - started))
            if answer is None:
                if child.dismissed:
                    raise Unavailable("The graph changed while the query ran.", "Send it again.")
                self._replace(child)
                raise _ended(limits)
            return _result(answer)
        finally:
            self._rest()
            self._turn.release()

    def warm(self) -> None:
        """Start the process ahead of the first query."""
        with self._turn:
            self._ready_child()
            self._rest()

    def forget(self) -> None:
        """Stop the process and remove every copy: call it after a withdrawal, before the command returns.

        A query under way is not waited for: it reads the graph as it was.
        """
        self._dismiss()
        with self._turn:
            self._stop()
            forget_copies(self._home)

    def close(self) -> None:
        """Stop the process; the copy stays for the next time. Safe to call twice."""
        self._dismiss()
        with self._turn:
            self._stop()

    def _ready_child(self) -> _Child:
        rows = self._engine.read(_GENERATION)
        found = rows[0]["generation"] if rows else 0
        generation = found if isinstance(found, int) else 0
        if self._child is None or self._child.generation != generation or not self._child.is_alive():
            self._stop()
            self._child = _Child(copy_of(self._engine, self._home, generation), generation, self._heap)
        self._child.wait_until_ready()
        return self._child

    def _replace(self, child: _Child) -> None:
        child.kill()
        self._child = _Child(child.directory, child.generation, self._heap) if child.directory.is_dir() else None

    def _dismiss(self) -> None:
        child = self._child
        if child is not None:
            child.dismissed = True
            child.kill()

    def _stop(self) -> None:
        if self._resting is not None:
            self._resting.cancel()
        if self._child is not None:
            self._child.kill()
            self._child = None

    def _rest(self) -> None:
        """Count the idle time from now on."""
        if self._resting is not None:
            self._resting.cancel()
        self._resting = threading.Timer(self._idle_seconds, self._end_idle)
        self._resting.daemon = True
        self._resting.start()

    def _end_idle(self) -> None:
        if self._turn.acquire(blocking=False):  # else a query is running, and the time is counted anew after it
            try:
                self._stop()
            finally:
                self._turn.release()


@dataclass(frozen=True, slots=True)
class _Answer:
    line: str


class _Child:
    """The process over one copy; it ends when its input does, so that it never outlives this one."""

    def __init__(self, directory: Path, generation: int, heap_megabytes: int) -> None:
        self.directory = directory
        self.generation = generation
        self.dismissed = False
        """True where it is ended because the graph changed or the reader closes, not for what a query did."""
        self._ready = False
        self._answers: queue.Queue[_Answer | None] = queue.Queue()
        self._process = subprocess.Popen(
            [sys.executable, "-m", "graph.engines.reading_child", str(directory), str(heap_megabytes), str(generation)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env=_environment(),
            start_new_session=True,
        )
        threading.Thread(target=self._listen, daemon=True).start()

    def wait_until_ready(self) -> None:
        """Wait until it has opened the copy. Raises `Unavailable` where it does not."""
        if not self._ready:
            self._ready = self._next(_SECONDS_TO_START) is not None
            if not self._ready:
                self.kill()
                raise Unavailable("The process for free Cypher did not start.", "Free some memory and try again.")

    def ask(self, line: str, seconds: float) -> str | None:
        """What it answers, or None where it did not within the time, or ended."""
        assert self._process.stdin is not None
        try:
            self._process.stdin.write(line.encode() + b"\n")
            self._process.stdin.flush()
        except OSError:
            return None
        answer = self._next(max(0.05, seconds))
        return answer.line if answer else None

    def is_alive(self) -> bool:
        """Whether it still runs."""
        return self._process.poll() is None

    def kill(self) -> None:
        """End it and all that it started, at once."""
        if self.is_alive():
            with contextlib.suppress(ProcessLookupError, PermissionError):
                if os.name == "posix":
                    os.killpg(self._process.pid, signal.SIGKILL)
                else:
                    self._process.kill()
        self._process.wait()
        with contextlib.suppress(OSError):
            if self._process.stdin is not None:
                self._process.stdin.close()

    def _next(self, seconds: float) -> _Answer | None:
        try:
            return self._answers.get(timeout=seconds)
        except queue.Empty:
            return None

    def _listen(self) -> None:
        assert self._process.stdout is not None
        with self._process.stdout as answers:
            for line in answers:
                self._answers.put(_Answer(line.decode()))
        self._answers.put(None)


def _environment() -> dict[str, str]:
    """What the child needs to start, and no token or password of this process."""
    kept = ("PATH", "LANG", "LC_ALL", "TZ", "TMPDIR", "SYSTEMROOT", "TEMP", "LD_LIBRARY_PATH")
    own = {name: os.environ[name] for name in kept if name in os.environ}
    own["PYTHONPATH"] = os.pathsep.join(path or os.getcwd() for path in sys.path)
    own["JAVA_TOOL_OPTIONS"] = "-XX:+ExitOnOutOfMemoryError"
    return own


def _ended(limits: Limits) -> LimitReached:
    return LimitReached(
        f"The query ran past its limit of {limits.seconds:g} s, or needed more memory than it may have.",
        "Narrow it: fewer rows before they are combined, a LIMIT, shorter paths and lists.",
    )


def _result(line: str) -> Result:
    answer = json.loads(line)
    if "error" in answer:
        raise _ERRORS[answer["error"]](answer["detail"], answer["mend"])
    return Result(**answer)
