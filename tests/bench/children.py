"""Commands as child processes, with the wall time of each and the most memory that it and its children held."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import threading
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[2]
C2C = str(Path(sys.executable).with_name("c2c"))
_EVERY = 0.02


@dataclass(frozen=True, slots=True)
class Ran:
    """What a child left: output, seconds from start to end, and peak resident megabytes (None where not told)."""

    out: str
    seconds: float
    peak_megabytes: float | None


def environment(store: Path | None = None, settings: Mapping[str, str] | None = None) -> dict[str, str]:
    """Return the environment of a child: nothing of the caller's own settings, but this store and these settings."""
    own = {name: value for name, value in os.environ.items() if not name.startswith(("C2C_", "NEO4J_"))}
    own["COLUMNS"] = "120"
    return own | ({"C2C_STORE": f"embedded:{store}"} if store else {}) | dict(settings or {})


def run(arguments: Sequence[str], store: Path | None = None, settings: Mapping[str, str] | None = None) -> Ran:
    """Run a child to its end. Raises RuntimeError with what it said where it fails."""
    began = time.perf_counter()
    process = subprocess.Popen(
        arguments, env=environment(store, settings), cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )
    with Watch(process.pid) as watch:
        out, err = process.communicate()
    seconds = time.perf_counter() - began
    if process.returncode:
        raise RuntimeError(f"{' '.join(arguments)} ended with {process.returncode}:\n{out[-2000:]}\n{err[-4000:]}")
    return Ran(out, seconds, watch.peak_megabytes)


def module(name: str, *arguments: str) -> list[str]:
    """Return the command line of a module of these benchmarks."""
    return [sys.executable, "-m", f"tests.bench.{name}", *arguments]


class Watch:
    """Watches a process and its children while a block runs; memory is told where /proc is (Linux)."""

    def __init__(self, pid: int) -> None:
        self._pid = pid
        self._peaks: dict[int, float] = {}
        self._ended = threading.Event()
        self._thread = threading.Thread(target=self._watch, daemon=True)

    def __enter__(self) -> Watch:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._ended.set()
        self._thread.join()

    @property
    def peak_megabytes(self) -> float | None:
        """The sum of each process's own peak: never less than what they held together."""
        return sum(self._peaks.values()) if self._peaks else None

    def _watch(self) -> None:
        while not self._ended.wait(_EVERY):
            for pid in family(self._pid):
                peak = megabytes(pid, "VmHWM")
                if peak is not None:
                    self._peaks[pid] = max(peak, self._peaks.get(pid, 0.0))


def family(pid: int) -> list[int]:
    """Return a process and its descendants, as far as they still live."""
    found = [pid]
    try:
        for task in Path(f"/proc/{pid}/task").iterdir():
            for child in (task / "children").read_text(encoding="ascii").split():
                found += family(int(child))
    except (FileNotFoundError, ProcessLookupError):
        pass
    return found


def megabytes(pid: int, what: str) -> float | None:
    """Return a line of a living process's memory status (VmHWM, VmRSS, RssAnon) in megabytes, or None."""
    try:
        status = Path(f"/proc/{pid}/status").read_text(encoding="ascii", errors="replace")
    except (FileNotFoundError, ProcessLookupError):
        return None
    found = re.search(rf"^{what}:\s+(\d+) kB", status, re.MULTILINE)
    return int(found.group(1)) * 1024 / 1e6 if found else None
