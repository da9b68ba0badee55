"""The one Java runtime of this process: started once, from the main thread, and never used after a fork."""

from __future__ import annotations

import atexit
import json
import logging
import os
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import Any

from graph.errors import City2CityError, GraphBusy, LimitReached, Unavailable, WriteConflict, WrongInput

_LOG = logging.getLogger(__name__)

_started: dict[str, int] = {}
"""Process id and heap of the running Java runtime; empty before it starts."""

_SETTINGS: Mapping[str, object] = {
    "TX_WAL_FLUSH": 2,  # a commit returns when its log is on the disk, not in the system's memory
    "OPENCYPHER_LOAD_CSV_ALLOW_FILE_URLS": False,
    "OPENCYPHER_LOAD_CSV_ALLOW_REMOTE_URLS": False,
}


def start(heap_megabytes: int, command_seconds: float) -> None:
    """Start the Java runtime, or join the one that runs.

    The heap can be set only once a process: a later, different wish is logged and not met.
    Raises `Unavailable` outside the main thread (a runtime started there hangs the process at its end),
    after a fork, and where the embedded engine is not installed or its runtime does not start.
    """
    if _started:
        ensure_same_process()
        if heap_megabytes != _started["heap"]:
            _LOG.warning("the Java heap of this process is %d MB, not %d", _started["heap"], heap_megabytes)
    else:
        _start(heap_megabytes)
    settings = java_class("com.arcadedb.GlobalConfiguration")
    settings.COMMAND_TIMEOUT.setValue(max(1, int(command_seconds * 1000)))


def ensure_same_process() -> None:
    """Raise `Unavailable` in a process that was forked from the one that started the Java runtime."""
    if _started and _started["process"] != os.getpid():
        raise Unavailable(
            "The embedded graph was opened before this process was forked, and its Java runtime is not here.",
            "Open the graph after the fork, or start the process with the spawn method.",
        )


def _start(heap_megabytes: int) -> None:
    if threading.current_thread() is not threading.main_thread():
        raise Unavailable(
            "The embedded graph was first opened outside the main thread, where its Java runtime must not start.",
            "Open the graph once in the main thread, before other threads use it.",
        )
    try:
        import jpype
        from arcadedb_embedded.jvm import get_bundled_jre_lib_path, get_jar_path
    except ImportError as error:
        raise Unavailable(
            "The embedded engine is not installed here.",
            "Install arcadedb-embedded (Linux, macOS on Apple silicon, Windows), or set C2C_STORE to a Neo4j server.",
        ) from error
    try:
        if not jpype.isJVMStarted():
            jars = sorted(str(jar) for jar in Path(get_jar_path()).glob("*.jar"))
            jpype.startJVM(
                get_bundled_jre_lib_path(),
                f"-Xmx{heap_megabytes}m",
                "-XX:+UseSerialGC",  # smallest memory; one writer and short reads gain nothing from more collectors
                # Python's collector calls Java's through the bridge, which took most of the time of a large read.
                "-XX:+DisableExplicitGC",
                "-XX:+UseCompactObjectHeaders",
                "-XX:-UsePerfData",
                "-XX:ErrorFile=/dev/null" if os.name == "posix" else "-XX:ErrorFile=NUL",
                "-Djava.awt.headless=true",
                "-Dfile.encoding=UTF8",
                f"-Djava.util.logging.config.file={Path(__file__).with_name('java-logging.properties')}",
                "-Dpolyglot.engine.WarnInterpreterOnly=false",
                "--enable-native-access=ALL-UNNAMED",
                "--add-opens=java.base/java.util.concurrent.atomic=ALL-UNNAMED",
                "--add-opens=java.base/java.nio.channels.spi=ALL-UNNAMED",
                "--add-opens=java.base/java.lang=ALL-UNNAMED",
                classpath=os.pathsep.join(jars),
                interrupt=False,
            )
    except Exception as error:
        raise Unavailable(
            f"The Java runtime of the embedded engine did not start: {error}",
            "Free some memory, or set a smaller heap.",
        ) from error
    _started.update(process=os.getpid(), heap=heap_megabytes)
    settings = java_class("com.arcadedb.GlobalConfiguration")
    for name, value in _SETTINGS.items():
        getattr(settings, name).setValue(value)
    atexit.register(_close_databases)
    if hasattr(os, "register_at_fork"):
        os.register_at_fork(after_in_child=_leave_runtime_alone)


def _leave_runtime_alone() -> None:
    """In a forked child the runtime's threads are gone: waiting for them at its end would hang it."""
    import jpype._core

    atexit.unregister(jpype._core._JTerminate)
    atexit.unregister(_close_databases)


def _close_databases() -> None:
    """Close what is still open, so that the end of the process waits for nothing."""
    for database in list(java_class("com.arcadedb.database.DatabaseFactory").getActiveDatabaseInstances()):
        if database.isOpen():
            database.close()


@cache
def java_class(name: str) -> Any:
    """A Java class by its full name."""
    import jpype

    return jpype.JClass(name)


def java_map(values: Mapping[str, object]) -> Any:
    """Parameters as one Java map, carried over as one text: a call for each value would cost far more.

    Raises `WrongInput` for values that no query parameter can carry.
    """
    import jpype

    try:
        text = json.dumps(values, allow_nan=False)
    except (TypeError, ValueError) as error:
        raise WrongInput(
            f"A query parameter is of a kind that the graph cannot hold: {error}.",
            "Give strings, whole numbers, finite numbers, booleans, None, and lists or mappings of them.",
        ) from error
    return jpype.JObject(
        java_class("com.arcadedb.serializer.json.JSONObject")(text).toMap(), java_class("java.util.Map")
    )


def open_database(directory: Path) -> Any:
    """The database in a directory, made where there is none; every commit to it is fsynced.

    Raises `GraphBusy` where another process, or this one, has it open.
    """
    with translating():
        factory = java_class("com.arcadedb.database.DatabaseFactory")(str(directory))
        database = factory.open() if factory.exists() else factory.create()
        database.setWALFlush(java_class("com.arcadedb.engine.WALFile$FlushType").YES_FULL)
        return database


@contextmanager
def translating() -> Iterator[None]:
    """Turn whatever the embedded engine raises into the project's own errors."""
    try:
        yield
    except City2CityError:
        raise
    except Exception as error:
        raise translated(error) from error


def translated(error: Exception) -> City2CityError:
    """The project's own error for whatever the embedded engine raised."""
    whole, text = " ".join(map(repr, _causes(error))), str(error)
    for sign, make in _ERRORS.items():
        if sign in whole or sign in type(error).__name__:
            return make(text)
    return Unavailable(f"The embedded graph failed: {text}", "Try again; if it stays, run `c2c compact`.")


def _causes(error: Any) -> Iterator[Any]:
    """A Java exception and what caused it, outermost first."""
    while error is not None:
        yield error
        error = error.getCause() if hasattr(error, "getCause") else None


_REFUSED = "Mend the query; reading queries write nothing."
_ERRORS: Mapping[str, Callable[[str], City2CityError]] = {
    "TimeoutException": lambda text: LimitReached(f"The query ran past its time limit: {text}", "Narrow the query."),
    "LockException": lambda text: GraphBusy(
        f"Another process holds the embedded graph: {text}", "Stop that process, or go through it."
    ),
    "already in use": lambda text: GraphBusy(
        f"This process has the embedded graph open already: {text}", "Use the engine that is open, or close it first."
    ),
    "ConcurrentModificationException": lambda text: WriteConflict(f"Two writes met: {text}", "Try the write again."),
    "DuplicatedKeyException": lambda text: WriteConflict(
        f"Such a node is there already: {text}", "Try the write again."
    ),
    "NotIdempotent": lambda text: WrongInput(f"The query would write: {text}", _REFUSED),
    "ParsingException": lambda text: WrongInput(f"The query is not understood: {text}", _REFUSED),
    "SecurityException": lambda text: WrongInput(f"The query asks for what is switched off: {text}", _REFUSED),
    "OutOfMemoryError": lambda text: LimitReached(
        f"The query needs more memory than there is: {text}", "Narrow the query, or set a larger heap."
    ),
    "CommandExecutionException": lambda text: WrongInput(f"The query cannot be run: {text}", _REFUSED),
}
