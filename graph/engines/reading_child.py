"""The process that runs free Cypher over a copy of an embedded graph: `python -m graph.engines.reading_child`.

It reads one query a line, in JSON, from its input and writes one answer a line; it ends when its input does. It opens
the copy for reading only, speaks Cypher and nothing else of the engine's languages, and cannot load files or addresses.
"""

from __future__ import annotations

import json
import os
import queue
import sys
import threading
import time
from dataclasses import asdict
from pathlib import Path
from typing import Any, TextIO

from graph.cypher.allowed import WHAT_IS_ALLOWED
from graph.cypher.results import Gathering, Limits, Result
from graph.engines import java
from graph.errors import City2CityError, Refused, Unavailable, WrongInput


def main() -> None:
    """Open the copy in a directory and answer until the input ends."""
    directory, heap_megabytes, generation = Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3])
    answers = os.fdopen(os.dup(1), "w", encoding="utf-8")
    os.dup2(2, 1)  # whatever Java prints is no answer
    requests: queue.Queue[str] = queue.Queue()
    threading.Thread(target=_listen, args=(requests,), daemon=True).start()
    java.start(heap_megabytes, command_seconds=600)
    mode = java.java_class("com.arcadedb.engine.ComponentFile$MODE").READ_ONLY
    database = java.java_class("com.arcadedb.database.DatabaseFactory")(str(directory)).open(mode)
    _rows(database, "MATCH (n:Network) RETURN n", {}, ["n"], Gathering(Limits()))
    _say(answers, {"ready": True})
    while True:
        request = json.loads(requests.get())
        try:
            _say(answers, asdict(_answer(database, request, generation)))
        except City2CityError as error:
            _say(answers, {"error": _kind(error), "detail": error.detail, "mend": error.mend})


def _listen(requests: queue.Queue[str]) -> None:
    """Pass requests on; at the end of the input the process ends, whatever it is doing."""
    for line in sys.stdin:
        requests.put(line)
    os._exit(0)


def _answer(database: Any, request: dict[str, Any], generation: int) -> Result:
    started = time.perf_counter()
    limits = Limits(request["seconds"], request["rows"], request["bytes"])
    gathering = Gathering(limits)
    with java.translating():
        _ensure_reading(database, request["text"])
        columns = _rows(database, request["text"], request["parameters"], request["columns"], gathering)
    return gathering.result(columns, (time.perf_counter() - started) * 1000, generation)


def _ensure_reading(database: Any, text: str) -> None:
    """Raise `Refused` where the engine itself does not call the query idempotent, `WrongInput` where it is none."""
    try:
        analysed = database.getQueryEngine("opencypher").analyze(text)
    except Exception as error:
        cause: Any = error
        while getattr(cause, "getCause", None) and cause.getCause() is not None:
            cause = cause.getCause()
        message = str(cause.getMessage()) if hasattr(cause, "getMessage") else str(cause)
        raise WrongInput(f"The query is refused: {message}", "Mend the query.") from error
    if not analysed.isIdempotent() or analysed.isDDL():
        raise Refused("The engine calls this query writing.", WHAT_IS_ALLOWED)


def _rows(database: Any, text: str, parameters: dict[str, object], columns: list[str], into: Gathering) -> list[str]:
    """Gather the rows of a query; its columns are those of its first row where the text does not name them."""
    found = database.query("opencypher", text, java.java_map(parameters))
    try:
        while found.hasNext():
            row = found.next()
            if not columns or not all(row.hasProperty(name) for name in columns):
                columns = [str(name) for name in row.getPropertyNames()]
            if not into.add([_plain(row.getProperty(name)) for name in columns]):
                break
    finally:
        found.close()
    return columns


def _plain(value: Any) -> object:
    if value is None or type(value) in (str, int, float, bool):
        return value
    for type_name, convert in _CONVERSIONS:
        if isinstance(value, java.java_class(type_name)):
            return convert(value)
    return str(value)


def _node(value: Any) -> dict[str, object]:
    labels = java.java_class("com.arcadedb.query.opencypher.Labels").getLabels(value)
    return {
        "element": str(value.getIdentity()), "labels": sorted(str(label) for label in labels),
        "properties": _properties(value),
    }  # fmt: skip


def _relationship(value: Any) -> dict[str, object]:
    return {
        "element": str(value.getIdentity()), "type": str(value.getTypeName()), "start": str(value.getOut()),
        "end": str(value.getIn()), "properties": _properties(value),
    }  # fmt: skip


def _properties(value: Any) -> dict[str, object]:
    return _entries(value.propertiesAsMap())


def _entries(value: Any) -> dict[str, object]:
    return {str(entry.getKey()): _plain(entry.getValue()) for entry in value.entrySet()}


_CONVERSIONS = (
    ("java.lang.String", str),
    ("java.lang.Boolean", bool),
    ("java.lang.Float", float),
    ("java.lang.Double", float),
    ("java.lang.Number", int),
    ("com.arcadedb.graph.Vertex", _node),
    ("com.arcadedb.graph.Edge", _relationship),
    ("com.arcadedb.query.opencypher.traversal.TraversalPath", lambda path: _plain(path.toAlternatingList())),
    ("java.util.Map", _entries),
    ("java.util.Collection", lambda values: [_plain(each) for each in values]),
    ("com.arcadedb.query.sql.executor.Result", lambda row: _entries(row.toMap())),
)


def _kind(error: City2CityError) -> str:
    return type(error).__name__ if type(error) is not City2CityError else Unavailable.__name__


def _say(answers: TextIO, answer: dict[str, object]) -> None:
    answers.write(json.dumps(answer, ensure_ascii=True, default=str) + "\n")
    answers.flush()


if __name__ == "__main__":
    main()
