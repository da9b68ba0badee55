"""A SQLite file that only its owner reads, and in which nothing that was deleted stays."""

from __future__ import annotations

import os
import sqlite3
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from graph.errors import Unavailable, WriteConflict


class PrivateFile:
    """One file (mode 0600) for threads of one process, and for several processes in turn.

    Deleted content is overwritten with zeros (`secure_delete`), the journal is deleted with each transaction, and
    temporary tables stay in memory; `forget_deleted` rewrites the file, for SQLite leaves copies when it moves rows.
    """

    def __init__(self, path: Path, definitions: str) -> None:
        self._path = path
        self._lock = threading.RLock()
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            os.close(os.open(path, os.O_CREAT | os.O_RDWR, 0o600))
            path.chmod(0o600)
            self._connection = sqlite3.connect(path, timeout=30, isolation_level=None, check_same_thread=False)
            for setting in ("secure_delete = ON", "journal_mode = DELETE", "synchronous = FULL", "temp_store = MEMORY"):
                self._connection.execute(f"PRAGMA {setting}")
            self._connection.executescript(definitions)
        except (OSError, sqlite3.Error) as error:
            raise Unavailable(
                f"{path} cannot be opened: {error}.", "Check the path and who may write there."
            ) from error

    @contextmanager
    def transaction(self) -> Iterator[sqlite3.Connection]:
        """Write all or nothing; what was written is on disk afterwards. Raises WriteConflict where another writes."""
        with self._lock:
            try:
                self._connection.execute("BEGIN IMMEDIATE")
            except sqlite3.OperationalError as error:
                raise WriteConflict(f"{self._path} is being written by another process.", "Try again.") from error
            try:
                yield self._connection
            except BaseException:
                self._connection.execute("ROLLBACK")
                raise
            self._connection.execute("COMMIT")

    def rows(self, query: str, *parameters: object) -> list[tuple[object, ...]]:
        """The rows of a query."""
        with self._lock:
            return self._connection.execute(query, parameters).fetchall()

    def forget_deleted(self) -> None:
        """Rewrite the file, so that no byte of what was deleted is left in it."""
        with self._lock:
            self._connection.execute("VACUUM")

    def close(self) -> None:
        """Close the file; safe to call twice."""
        with self._lock:
            self._connection.close()
