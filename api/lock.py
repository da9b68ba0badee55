"""Who holds an embedded network: a lock file that names the process and, for a server, how to reach it.

The embedded graph opens in one process only. Others read here whom to ask; a lock whose process is gone is taken over.
"""

from __future__ import annotations

import contextlib
import json
import os
import secrets
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path

from graph.errors import GraphBusy

LOCK_NAME = "lock.json"
TOKEN_HEADER = "X-City2City-Lock"
"""The header in which an owner's command shows the lock's token to the server."""


@dataclass(frozen=True, slots=True)
class Holder:
    """A process that holds the network; `address` and `token` are set where it is a server."""

    pid: int
    started: str
    command: str
    address: str | None = None
    token: str | None = None

    @property
    def serves(self) -> bool:
        """True where the holder answers for others."""
        return self.address is not None


def holder(home: Path) -> Holder | None:
    """Return the living holder of the network at `home`, or None."""
    with contextlib.suppress(FileNotFoundError, ValueError, TypeError):
        found = Holder(**json.loads((home / LOCK_NAME).read_text(encoding="utf-8")))
        if _process_started(found.pid) == found.started:
            return found
    return None


@contextlib.contextmanager
def hold(home: Path, command: str, address: str | None = None) -> Iterator[Holder]:
    """Hold the network at `home` while the block runs.

    Raises GraphBusy, naming the process, where a living process holds it already.
    """
    home.mkdir(parents=True, exist_ok=True)
    mine = Holder(
        pid=os.getpid(),
        started=_process_started(os.getpid()) or "",
        command=command,
        address=address,
        token=secrets.token_urlsafe(32) if address else None,
    )
    with _guarded(home):
        other = holder(home)
        if other is not None:
            raise busy(other)
        _write(home / LOCK_NAME, mine)
    try:
        yield mine
    finally:
        with _guarded(home):
            if holder(home) == mine:
                (home / LOCK_NAME).unlink()


def _guarded(home: Path) -> contextlib.AbstractContextManager[object]:
    """One process at a time looks at the lock and replaces it."""
    from filelock import FileLock  # late: most commands only read the lock

    return FileLock(home / ".lock-guard")


def busy(other: Holder) -> GraphBusy:
    """Return the error that says who holds the network."""
    return GraphBusy(
        f"The network is held by process {other.pid} ({other.command}).",
        "Wait until it has finished, or stop it, and try again.",
    )


def _write(path: Path, mine: Holder) -> None:
    temporary = path.with_suffix(".new")
    temporary.unlink(missing_ok=True)
    descriptor = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w", encoding="utf-8") as file:
        json.dump(asdict(mine), file)
    temporary.replace(path)


def _process_started(pid: int) -> str | None:
    """Return what tells this run of a process id from a later one; None where no such process lives."""
    try:
        # Field 22 of stat, counted behind the command name, which may hold spaces and brackets.
        return Path(f"/proc/{pid}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()[19]
    except (FileNotFoundError, ProcessLookupError):
        if Path("/proc/self/stat").exists():
            return None
    return "unknown" if _alive(pid) else None


def _alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except (PermissionError, OSError):
        return True
    return True
