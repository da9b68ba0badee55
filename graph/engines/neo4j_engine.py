"""The Neo4j engine: a server of its own, 5.26 or later, through the official driver.

Choose it for a network that many people share or that several processes write to; for one machine
without a server, choose the embedded engine.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from functools import partial
from typing import Any, TypeVar

import neo4j

from graph.engines import neo4j_turn
from graph.engines.definitions import neo4j_definitions
from graph.engines.lock import FairLock
from graph.engines.neo4j_errors import DRIVER_ERRORS, ensure_answered, translated
from graph.engines.neo4j_rows import Newness, put
from graph.engines.neo4j_trying import until_it_works
from graph.engines.neo4j_turn import Turn
from graph.engines.port import Row, Write
from graph.engines.rows import Checked, checked, parts
from graph.errors import City2CityError, Unavailable

T = TypeVar("T")

_TOGETHER = 10_000
"""Rows to a transaction: each costs a round trip, and as long as it takes other writers wait for their turn."""
_SECONDS_TO_REACH = 3.0
"""How long a session tries to reach the server before this is tried again, or the caller is told."""
_ALREADY_PLAIN = frozenset({str, int, float, bool})
_SECONDS_TO_MARK = 10.0
"""A server that was just started takes seconds to its first answer."""


class Neo4jEngine:
    """The graph on the server at `uri`, which keeps what it acknowledges.

    Every write waits for the writes of other processes, and is tried again where it met one of another program, or
    where the server was lost, as long as `graph.engines.patience` says; it is never written twice.
    The server lets a query see a part of a write that is committed while it runs (read committed). Inside this
    process reads and writes therefore take turns, and no read is torn; a write of another process may be seen in
    part by a query under way. `query_seconds` bounds one query. Raises `Unavailable` where the server does not
    answer or refuses the user.
    """

    name = "neo4j"

    def __init__(self, uri: str, username: str, password: str, *, query_seconds: float = 60.0) -> None:
        self._uri = uri
        self._seconds = query_seconds
        self._closed = False
        self._lock = FairLock()
        self._writers = neo4j_turn.Writers()
        with self._translated():
            self._driver = neo4j.GraphDatabase.driver(
                uri,
                auth=(username, password),
                notifications_min_severity="OFF",
                connection_timeout=_SECONDS_TO_REACH,
                connection_acquisition_timeout=_SECONDS_TO_REACH,
            )
        try:
            with self._translated():
                self._driver.verify_connectivity()
        except City2CityError:
            self._driver.close()
            raise

    def define(self) -> None:
        """Create unique keys and indexes of `graph.schema`; safe to run again, and waits until they are online.

        Two processes that define at once can deadlock over the locks of the schema; the one that gives way tries again.
        """
        for text in (*neo4j_definitions(), neo4j_turn.DEFINITION, "CALL db.awaitIndexes(60)"):
            self._tried(partial(self._define, text))

    def _define(self, text: str) -> None:
        with self._session(write=True) as session:
            session.run(text).consume()

    def read(self, text: str, parameters: Mapping[str, object] | None = None) -> list[Row]:
        """Run a query that writes nothing and return its rows; the server refuses one that would write."""

        def attempt() -> list[Row]:
            with self._session(write=False) as session:
                found = session.run(neo4j.Query(text, timeout=self._seconds), dict(parameters or {}))
                return [{key: _plain(value) for key, value in record.items()} for record in found]

        return self._tried(attempt)

    def write(self, write: Write) -> None:
        """Write all of it in one transaction, or nothing; tried again where that may help, and never written twice."""
        rows, newness = checked(write), Newness()

        def work(transaction: Any, _turn: Turn) -> None:
            for statement in write.statements:
                transaction.run(statement.text, dict(statement.parameters)).consume()
            put(transaction, rows, newness)

        self._write(work)

    def bulk(self, write: Write) -> None:
        """Like `write`, in batches of rows, each of which is whole and on disk once acknowledged."""
        rows = checked(write)
        if write.statements:
            self.write(Write(statements=write.statements))
        newness = Newness()
        for part in parts(rows, _TOGETHER):
            self._write(partial(_put_part, part, newness))

    def explain(self, text: str, parameters: Mapping[str, object] | None = None) -> str:
        """The server's plan for a query, one operator a line, indented by depth; nothing is run."""
        with self._translated(), self._session(write=False) as session:
            plan = session.run(f"EXPLAIN {text}", dict(parameters or {})).consume().plan
        return "\n".join(_plan_lines(plan, 0)) if plan else ""

    def mark(self) -> str:
        """The bookmark of a transaction that reads nothing: opaque, and another one once anybody has committed.

        It waits for no write of this process, and is the quickest way to learn that the server is there.
        """
        query = neo4j.Query("RETURN 1", timeout=_SECONDS_TO_MARK)
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

    def _write(self, work: Callable[[Any, Turn], None]) -> None:
        """Do the work in one transaction, which looks first whether an earlier attempt was committed after all."""
        batch = self._writers.new_batch()

        def attempt() -> None:
            with self._session(write=True) as session, session.begin_transaction(timeout=self._seconds) as transaction:
                turn = neo4j_turn.take(transaction, batch)
                if not turn.written:
                    work(transaction, turn)
                    transaction.commit()
                    ensure_answered(session)

        self._tried(attempt)

    def _tried(self, attempt: Callable[[], T]) -> T:
        with self._translated():
            return until_it_works(attempt)

    @contextmanager
    def _session(self, *, write: bool) -> Iterator[Any]:
        if self._closed:
            raise Unavailable(f"The connection to {self._uri} is closed.", "Open it again.")
        settings = {"default_access_mode": neo4j.WRITE_ACCESS} if write else self._reading()
        turn = self._lock.writing() if write else self._lock.reading()
        with turn, self._driver.session(**settings) as session:
            yield session

    def _reading(self) -> dict[str, Any]:
        """Settings of a session that reads: who asks is told soon that the server is gone, and can ask again."""
        return {
            "default_access_mode": neo4j.READ_ACCESS,
            "connection_acquisition_timeout": _SECONDS_TO_REACH,
        }

    @contextmanager
    def _translated(self) -> Iterator[None]:
        try:
            yield
        except City2CityError:
            raise
        except DRIVER_ERRORS as error:
            raise translated(error, self._uri) from error


def _put_part(rows: Checked, newness: Newness, transaction: Any, turn: Turn) -> None:
    if not turn.undisturbed:
        newness.forget()
    put(transaction, rows, newness)


def _plain(value: Any) -> object:
    """The driver's nodes and relationships as their properties, paths as lists of them, dates as ISO texts."""
    if value is None or type(value) in _ALREADY_PLAIN:
        return value
    if isinstance(value, list | tuple):
        # Lists may hold a whole column: a call for each element would cost more than reading it.
        return [each if type(each) in _ALREADY_PLAIN else _plain(each) for each in value]
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
