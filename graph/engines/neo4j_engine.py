"""The Neo4j engine: a server of its own, 5.26 or later, through the official driver.

Choose it for a network that many people share or that several processes write to; for one machine
without a server, choose the embedded engine.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any

from graph.engines.definitions import neo4j_definitions, quoted
from graph.engines.lock import FairLock
from graph.engines.port import Row, Write
from graph.engines.rows import (
    Ends,
    batches,
    checked_nodes,
    checked_relationships,
    ensure_holdable,
    missing_ends,
)
from graph.errors import City2CityError, LimitReached, Unavailable, WriteConflict, WrongInput

_BATCH = 10_000
"""Rows to a batch on a server: each costs a round trip."""
_SECONDS_TO_REACH = 3.0
"""How long a reading query tries to reach the server before the caller is told."""
_SECONDS_TO_MARK = 3.0


class Neo4jEngine:
    """The graph on the server at `uri`, which keeps what it acknowledges.

    The server lets a query see a part of a write that is committed while it runs (read committed). Inside this
    process reads and writes therefore take turns, and no read is torn; a write of another process may be seen in
    part by a query under way. `query_seconds` bounds one query. Raises `Unavailable` where the server does not
    answer or refuses the user.
    """

    name = "neo4j"

    def __init__(self, uri: str, username: str, password: str, *, query_seconds: float = 60.0) -> None:
        try:
            import neo4j
        except ImportError as error:
            raise Unavailable("The Neo4j driver is not installed here.", "Install neo4j.") from error
        self._neo4j = neo4j
        self._uri = uri
        self._seconds = query_seconds
        self._closed = False
        self._lock = FairLock()
        with self._translated():
            self._driver = neo4j.GraphDatabase.driver(
                uri,
                auth=(username, password),
                notifications_min_severity="OFF",
                connection_timeout=10.0,
                connection_acquisition_timeout=30.0,
                max_transaction_retry_time=15.0,
            )
        try:
            with self._translated():
                self._driver.verify_connectivity()
        except City2CityError:
            self._driver.close()
            raise

    def define(self) -> None:
        """Create unique keys and indexes of `graph.schema`; safe to run again, and waits until they are online."""
        with self._session(write=True) as session:
            for text in neo4j_definitions():
                session.run(text).consume()
            session.run("CALL db.awaitIndexes(60)").consume()

    def read(self, text: str, parameters: Mapping[str, object] | None = None) -> list[Row]:
        """Run a query that writes nothing and return its rows; the server refuses one that would write."""

        def work(transaction: Any) -> list[Row]:
            return _run(transaction, text, parameters or {})

        with self._session(write=False) as session:
            rows: list[Row] = session.execute_read(self._bounded(work))
        return rows

    def write(self, write: Write) -> None:
        """Write all of it in one transaction, or nothing; tried again where the server says that this may help."""
        nodes = [(group.label, checked_nodes(group)) for group in write.nodes]
        relationships = [checked_relationships(group) for group in write.relationships]

        def work(transaction: Any) -> None:
            for statement in write.statements:
                _run(transaction, statement.text, statement.parameters)
            for label, rows in nodes:
                _put_nodes(transaction, label, rows)
            for ends, rows in relationships:
                _put_relationships(transaction, ends, rows)

        self._write(work)

    def bulk(self, write: Write) -> None:
        """Like `write`, in batches of rows, each of which is whole and on disk once acknowledged."""
        if write.statements:
            self.write(Write(statements=write.statements))
        for group in write.nodes:
            for batch in batches(checked_nodes(group), _BATCH):
                self._write(_put_nodes, group.label, batch)
        for relationships in write.relationships:
            ends, rows = checked_relationships(relationships)
            for batch in batches(rows, _BATCH):
                self._write(_put_relationships, ends, batch)

    def explain(self, text: str, parameters: Mapping[str, object] | None = None) -> str:
        """The server's plan for a query, one operator a line, indented by depth; nothing is run."""
        with self._session(write=False) as session:
            plan = session.run(f"EXPLAIN {text}", dict(parameters or {})).consume().plan
        return "\n".join(_plan_lines(plan, 0)) if plan else ""

    def mark(self) -> str:
        """The bookmark of a transaction that reads nothing: opaque, and another one once anybody has committed.

        It waits for no write of this process, and is the quickest way to learn that the server is there.
        """
        query = self._neo4j.Query("RETURN 1", timeout=_SECONDS_TO_MARK)
        with self._translated(), self._driver.session(**self._reading()) as session:
            session.run(query).consume()
            return " ".join(sorted(session.last_bookmarks().raw_values))

    def compact(self) -> None:
        """Do nothing: a client cannot have the server rewrite its files.

        Store files and transaction logs keep deleted bytes until they are reused or pruned. Who needs them gone
        stops the server and runs `neo4j-admin database copy neo4j neo4j-compacted` there, or prunes the logs
        (`db.tx_log.rotation.retention_policy`) and reloads into a fresh database.
        """

    def close(self) -> None:
        """Close the driver's connections; safe to call twice."""
        if not self._closed:
            self._closed = True
            self._driver.close()

    def _write(self, work: Callable[..., None], *arguments: object) -> None:
        with self._session(write=True) as session:
            session.execute_write(self._bounded(work), *arguments)

    @contextmanager
    def _session(self, *, write: bool) -> Iterator[Any]:
        if self._closed:
            raise Unavailable(f"The connection to {self._uri} is closed.", "Open it again.")
        settings = {"default_access_mode": self._neo4j.WRITE_ACCESS} if write else self._reading()
        turn = self._lock.writing() if write else self._lock.reading()
        with turn, self._translated(), self._driver.session(**settings) as session:
            yield session

    def _reading(self) -> dict[str, Any]:
        """Settings of a session that reads: who asks is told soon that the server is gone, and can ask again."""
        return {
            "default_access_mode": self._neo4j.READ_ACCESS,
            "connection_acquisition_timeout": _SECONDS_TO_REACH,
            "max_transaction_retry_time": _SECONDS_TO_REACH,
        }

    def _bounded(self, work: Callable[..., Any]) -> Callable[..., Any]:
        bounded: Callable[..., Any] = self._neo4j.unit_of_work(timeout=self._seconds)(work)
        return bounded

    @contextmanager
    def _translated(self) -> Iterator[None]:
        try:
            yield
        except City2CityError:
            raise
        except (self._neo4j.exceptions.Neo4jError, self._neo4j.exceptions.DriverError, ValueError, OSError) as error:
            raise _translated(error, self._uri) from error


def _run(transaction: Any, text: str, parameters: Mapping[str, object]) -> list[Row]:
    return [{key: _plain(value) for key, value in record.items()} for record in transaction.run(text, dict(parameters))]


def _put_nodes(transaction: Any, label: str, rows: Sequence[Row]) -> None:
    ensure_holdable(rows)
    text = f"UNWIND $rows AS row MERGE (n:{quoted(label)} {{id: row.id}}) SET n += row"
    transaction.run(text, {"rows": list(rows)}).consume()


def _put_relationships(transaction: Any, ends: Ends, rows: Sequence[Row]) -> None:
    ensure_holdable(rows)
    start, end, key = quoted(ends.start_label), quoted(ends.end_label), ""
    if ends.keyed_by:
        key = f"{{{quoted(ends.keyed_by)}: row.properties.{quoted(ends.keyed_by)}}}"
    text = (
        f"UNWIND $rows AS row MATCH (a:{start} {{id: row.start}}) MATCH (b:{end} {{id: row.end}}) "
        f"MERGE (a)-[r:{quoted(ends.type)} {key}]->(b) SET r += row.properties RETURN count(r) AS put"
    )
    split = [
        {
            "start": row["start"],
            "end": row["end"],
            "properties": {name: value for name, value in row.items() if name not in ("start", "end")},
        }
        for row in rows
    ]
    put = _run(transaction, text, {"rows": split})
    if put[0]["put"] != len(rows):
        starts = _absent(transaction, ends.start_label, {str(row["start"]) for row in rows})
        raise missing_ends(ends, starts, _absent(transaction, ends.end_label, {str(row["end"]) for row in rows}))


def _absent(transaction: Any, label: str, ids: set[str]) -> list[str]:
    text = f"UNWIND $ids AS id MATCH (n:{quoted(label)} {{id: id}}) RETURN id"
    return sorted(ids - {str(row["id"]) for row in _run(transaction, text, {"ids": sorted(ids)})})


def _plain(value: Any) -> object:
    """The driver's nodes and relationships as their properties, paths as lists of them, dates as ISO texts."""
    if value is None or type(value) in (str, int, float, bool):
        return value
    if isinstance(value, list | tuple):
        return [_plain(each) for each in value]
    if isinstance(value, Mapping):
        return {str(key): _plain(each) for key, each in value.items()}
    if hasattr(value, "nodes") and hasattr(value, "relationships"):
        return [_plain(node) for node in value.nodes]
    if hasattr(value, "items"):
        return {str(key): _plain(each) for key, each in value.items()}
    return value.iso_format() if hasattr(value, "iso_format") else str(value)


def _plan_lines(plan: Mapping[str, Any], depth: int) -> Iterator[str]:
    arguments = plan.get("args", {})
    yield f"{'  ' * depth}{plan.get('operatorType', '')} {arguments.get('Details', '')}".rstrip()
    for child in plan.get("children", ()):
        yield from _plan_lines(child, depth + 1)


def _translated(error: Exception, uri: str) -> City2CityError:
    code = str(getattr(error, "code", "") or "")
    text = str(getattr(error, "message", None) or error)
    if "Security" in code or "Unauthorized" in code:
        return Unavailable(f"{uri} refuses the user: {text}", "Set NEO4J_USERNAME and NEO4J_PASSWORD.")
    if "TimedOut" in code or "OutOfMemory" in code or "MemoryPoolOutOfMemory" in code:
        return LimitReached(f"The query ran past a limit of the server: {text}", "Narrow the query.")
    if "ConstraintValidation" in code or "Deadlock" in code or "LockClient" in code:
        return WriteConflict(f"Two writes met: {text}", "Try the write again.")
    if code.startswith("Neo.ClientError.Statement") or isinstance(error, ValueError):
        return WrongInput(f"The query is refused: {text}", "Mend the query; reading queries write nothing.")
    return Unavailable(f"{uri} does not answer: {text}", "Start the server, or set C2C_STORE to another graph.")
