"""The embedded engine: ArcadeDB inside this process, in one directory.

Choose it for a network on one machine: nothing to install or start. One process at a time can open it;
for a network that many people share, or that several processes write to, choose Neo4j.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from graph.engines import compaction, embedded_rows, java
from graph.engines.collecting import resting_collector
from graph.engines.definitions import embedded_definitions
from graph.engines.lock import FairLock
from graph.engines.port import Row, Write
from graph.engines.rows import batches, checked_nodes, checked_relationships
from graph.errors import Unavailable


class EmbeddedEngine:
    """The graph in `directory`, which is made where it is not there yet.

    Reads run beside each other; a write runs alone, so that no read sees half of one. What a write leaves is
    fsynced before it returns. `heap_megabytes` bounds Java's memory and is set by the first engine of a
    process; `command_seconds` bounds one query. Raises `GraphBusy` where another process has it open (the
    engine does not say which), and `Unavailable` where Java cannot start: it must first start in the main thread.
    """

    name = "embedded"

    def __init__(self, directory: Path, *, heap_megabytes: int = 384, command_seconds: float = 600.0) -> None:
        java.start(heap_megabytes, command_seconds)
        self._directory = Path(os.path.abspath(directory))
        self._lock = FairLock()
        self._closed = False
        compaction.finish_swap(self._directory)
        self._database: Any = java.open_database(self._directory)
        compaction.clear_away(self._directory)

    def define(self) -> None:
        """Create labels, relationship types, unique keys and indexes of `graph.schema`; safe to run again."""
        with self._writing():
            for text in embedded_definitions():
                self._database.command("sql", text).close()

    def read(self, text: str, parameters: Mapping[str, object] | None = None) -> list[Row]:
        """Run a query that writes nothing and return its rows."""
        java.ensure_same_process()
        with self._lock.reading(), java.translating():
            self._ensure_open()
            return embedded_rows.query(self._database, text, parameters or {})

    def write(self, write: Write) -> None:
        """Write all of it in one transaction that is on disk when this returns, or nothing."""
        nodes = [(group.label, checked_nodes(group)) for group in write.nodes]
        relationships = [checked_relationships(group) for group in write.relationships]
        with self._transaction() as database:
            for statement in write.statements:
                embedded_rows.command(database, statement.text, statement.parameters)
            for label, rows in nodes:
                embedded_rows.put_nodes(database, label, rows)
            for ends, rows in relationships:
                embedded_rows.put_relationships(database, ends, rows)

    def bulk(self, write: Write) -> None:
        """Like `write`, in batches of rows, each of which is whole and on disk once acknowledged."""
        if write.statements:
            self.write(Write(statements=write.statements))
        for group in write.nodes:
            for batch in batches(checked_nodes(group)):
                with self._transaction() as database:
                    embedded_rows.put_nodes(database, group.label, batch)
        for relationships in write.relationships:
            ends, rows = checked_relationships(relationships)
            for batch in batches(rows):
                with self._transaction() as database:
                    embedded_rows.put_relationships(database, ends, batch)

    def explain(self, text: str, parameters: Mapping[str, object] | None = None) -> str:
        """The engine's plan for a query, as text."""
        rows = self.read(f"EXPLAIN {text}", parameters)
        return str(rows[0].get("executionPlanAsString", rows[0])) if rows else ""

    def mark(self) -> str:
        """The same always: no other process can write while this one has the graph."""
        self._ensure_open()
        return "alone"

    def compact(self) -> None:
        """Copy what is there into new files and drop the old ones: deleted bytes are gone from the directory."""
        with self._writing(), resting_collector():
            compaction.copy(self._database, self._directory)
            self._database.close()
            compaction.swap(self._directory)
            self._database = java.open_database(self._directory)

    def close(self) -> None:
        """Release the directory; safe to call twice."""
        java.ensure_same_process()
        with self._lock.writing(), java.translating():
            if not self._closed:
                self._closed = True
                self._database.close()

    @contextmanager
    def _writing(self) -> Iterator[None]:
        java.ensure_same_process()
        with self._lock.writing(), java.translating():
            self._ensure_open()
            yield

    @contextmanager
    def _transaction(self) -> Iterator[Any]:
        with self._writing(), embedded_rows.transaction(self._database):
            yield self._database

    def _ensure_open(self) -> None:
        if self._closed:
            raise Unavailable(f"The graph in {self._directory} is closed.", "Open it again.")
