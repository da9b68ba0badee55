"""Researchers' Cypher on Neo4j: the server explains the query first, then runs it with read access and a timeout."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator, Mapping
from concurrent.futures import Future
from concurrent.futures import TimeoutError as TooLate
from typing import Any

import neo4j
import neo4j.exceptions

from graph.cypher.allowed import OPERATORS, PROCEDURES, WHAT_IS_ALLOWED
from graph.cypher.judging import Judged, judge
from graph.cypher.results import Gathering, Limits, Result
from graph.engines.neo4j_engine import Neo4jEngine
from graph.errors import LimitReached, Position, Refused, WrongInput

_LANGUAGE = "CYPHER 5"
"""Said with every query, so that a server with another default reads it as it was judged."""

_GENERATION = "MATCH (n:Network {id: 'network'}) RETURN n.generation AS generation"
_FETCH = 200
_GRACE = 0.5


class Neo4jReader:
    """Reads through the connections of an engine."""

    def __init__(self, engine: Neo4jEngine) -> None:
        self._engine = engine

    def ask(self, text: str, parameters: Mapping[str, object] | None = None, limits: Limits | None = None) -> Result:
        """Run a query and return what it gives; see `graph.engines.reading.Reader`."""
        limits = limits or Limits()
        judged = judge(text, parameters)
        answer: Future[Result] = Future()
        threading.Thread(target=self._answer, args=(judged, limits, answer), daemon=True).start()
        try:
            return answer.result(limits.seconds + _GRACE)
        except TooLate as error:
            # the server ends the query by its own timeout; who asked does not wait for that
            raise _too_long(limits) from error

    def forget(self) -> None:
        """Nothing is copied."""

    def close(self) -> None:
        """Nothing is held: the engine owns the connections."""

    def _answer(self, judged: Judged, limits: Limits, answer: Future[Result]) -> None:
        try:
            answer.set_result(self._run(judged, limits))
        except LimitReached as error:
            answer.set_exception(_too_long(limits, error.detail))
        except BaseException as error:
            answer.set_exception(error)

    def _run(self, judged: Judged, limits: Limits) -> Result:
        started = time.perf_counter()
        engine = self._engine
        read = neo4j.READ_ACCESS
        with engine._translated(), engine._driver.session(default_access_mode=read, fetch_size=_FETCH) as session:
            with session.begin_transaction(timeout=limits.seconds) as transaction:
                self._ensure_reading(transaction, judged)
                generation = transaction.run(_GENERATION).single()
            left = max(0.05, limits.seconds - (time.perf_counter() - started))
            with session.begin_transaction(timeout=left) as transaction:
                found = transaction.run(f"{_LANGUAGE}\n{judged.text}", dict(judged.parameters))
                columns = list(found.keys())
                gathering = Gathering(limits)
                for record in found:
                    if not gathering.add([_plain(value) for value in record.values()]):
                        break
                transaction.rollback()
        took = (time.perf_counter() - started) * 1000
        return gathering.result(columns, took, int(generation["generation"] or 0) if generation else 0)

    def _ensure_reading(self, transaction: Any, judged: Judged) -> None:
        """Raise `Refused` unless the server itself calls every part of the plan reading."""
        try:
            summary = transaction.run(f"{_LANGUAGE} EXPLAIN\n{judged.text}", dict(judged.parameters)).consume()
        except neo4j.exceptions.ClientError as error:
            if "AccessMode" in str(error.code):
                raise Refused("The server calls this query writing.", WHAT_IS_ALLOWED) from error
            if str(error.code).startswith("Neo.ClientError.Statement"):
                message, position = _message(error)
                raise WrongInput(f"The query is refused: {message}", "Mend the query there.", position) from error
            raise
        if summary.query_type != "r":
            raise Refused(f"The server calls this query {summary.query_type!r}, not reading.", WHAT_IS_ALLOWED)
        for operator, details in _operators(summary.plan or {}):
            if operator not in OPERATORS:
                raise Refused(
                    f"The server would run {operator}, which is not in the list of allowed ones.", WHAT_IS_ALLOWED
                )
            if operator == "ProcedureCall" and details.partition("(")[0].strip().lower() not in PROCEDURES:
                raise Refused(f"The server would call {details}, which is not allowed.", WHAT_IS_ALLOWED)


def _too_long(limits: Limits, detail: str = "") -> LimitReached:
    return LimitReached(
        f"The query ran past its limit of {limits.seconds:g} s. {detail}".strip(),
        "Narrow it: fewer rows before they are combined, a LIMIT, shorter paths.",
    )


def _operators(plan: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    if plan:
        yield str(plan.get("operatorType", "")).partition("@")[0], str(plan.get("args", {}).get("Details", ""))
    for child in plan.get("children", ()):
        yield from _operators(child)


def _message(error: Any) -> tuple[str, Position | None]:
    """The server's message and its position, which counts the line that is set before the query."""
    message = str(error.message).splitlines()[0]
    before, found, after = message.rpartition("(line ")
    line, _, rest = after.partition(",")
    if not (found and line.isdigit()):
        return message, None
    column = rest.partition(" (offset")[0]
    number = column.strip().removeprefix("column ")
    position = Position(max(1, int(line) - 1), int(number)) if number.isdigit() else None
    return f"{before}(line {max(1, int(line) - 1)},{column})", position


def _plain(value: Any) -> object:
    if value is None or type(value) in (str, int, float, bool):
        return value
    if isinstance(value, list | tuple):
        return [_plain(each) for each in value]
    if hasattr(value, "labels"):
        return {"element": value.element_id, "labels": sorted(value.labels), "properties": _entries(value)}
    if hasattr(value, "start_node") and not hasattr(value, "relationships"):
        start, end = (node.element_id if node is not None else None for node in (value.start_node, value.end_node))
        return {
            "element": value.element_id, "type": value.type, "start": start, "end": end, "properties": _entries(value),
        }  # fmt: skip
    if hasattr(value, "relationships"):
        steps = zip(value.relationships, value.nodes[1:], strict=True)
        return [_plain(value.nodes[0]), *(_plain(each) for step in steps for each in step)]
    if isinstance(value, Mapping):
        return _entries(value)
    return value.iso_format() if hasattr(value, "iso_format") else str(value)


def _entries(value: Any) -> dict[str, object]:
    return {str(key): _plain(each) for key, each in value.items()}
