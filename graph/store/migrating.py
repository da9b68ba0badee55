"""The one place that knows which schema version a graph has: it reads it, refuses another, and brings it forward."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from graph.engines.port import Engine, Statement, Write
from graph.errors import OtherVersion
from graph.migrations import MIGRATIONS, Change, Migration

Progress = Callable[[str, int, int], None]

_BATCH = 10_000
_BEFORE_VERSIONS = 1
"""The version of a graph that says what it is and not its version: loads of version 1 wrote that last."""

_READ = "MATCH (n:Network {id: 'network'}) RETURN n.schema_version AS version"
_REACHED = (
    "MERGE (n:Network {id: 'network'}) WITH n WHERE coalesce(n.schema_version, 0) < $version "
    "SET n.schema_version = $version"
)


@dataclass(frozen=True, slots=True)
class Migrated:
    """What a migration did: the version before (None where the graph was empty), the steps taken, the version after."""

    before: int | None
    steps: tuple[Migration, ...]
    after: int


def version_of(engine: Engine) -> int | None:
    """Return the schema version of the graph; None where no City2City has written to it."""
    for row in engine.read(_READ):
        return row["version"] if isinstance(row["version"], int) else _BEFORE_VERSIONS
    return None


def require_current(engine: Engine, migrations: Sequence[Migration] = MIGRATIONS) -> None:
    """Raise `OtherVersion` where the graph is older or newer than this City2City; an empty one has no version yet."""
    version, ours = version_of(engine), migrations[-1].version
    if version is not None and version > ours:
        raise _newer(version, ours)
    if version is not None and version < ours:
        raise OtherVersion(
            f"The graph has schema version {version}, and this City2City works with version {ours}.",
            "Bring the graph forward: c2c migrate.",
        )


def begin_or_require(engine: Engine, migrations: Sequence[Migration] = MIGRATIONS) -> None:
    """Begin a graph that is empty; raise `OtherVersion` where one is older or newer than this City2City."""
    require_current(engine, migrations)
    if version_of(engine) is None:
        migrate(engine, migrations=migrations)


def migrate(
    engine: Engine, progress: Progress = lambda *_: None, migrations: Sequence[Migration] = MIGRATIONS
) -> Migrated:
    """Bring the graph forward to this City2City's version: definitions first, then each step's data.

    Safe to run again, also after one that was cut off, and by several processes at once: definitions are made where
    they are missing, changes hold however often they run, and the version only ever grows. Raises `OtherVersion`,
    having changed nothing, where the graph is newer.
    """
    before, ours = version_of(engine), migrations[-1].version
    if before is not None and before > ours:
        raise _newer(before, ours)
    progress("Defining keys and indexes", 0, 1)
    engine.define()
    progress("Defining keys and indexes", 1, 1)
    steps = tuple(step for step in migrations if step.version > (before or 0))
    for step in steps:
        for change in step.changes:
            _change(engine, change, progress)
        engine.write(Write(statements=[Statement(_REACHED, {"version": step.version})]))
    return Migrated(before, steps, ours)


def _change(engine: Engine, change: Change, progress: Progress) -> None:
    total = left = _left(engine, change)
    progress(change.what, 0, total)
    while left:
        engine.write(Write(statements=[Statement(change.change, {"batch": _BATCH})]))
        left = _left(engine, change)
        progress(change.what, max(total - left, 0), total)


def _left(engine: Engine, change: Change) -> int:
    left = engine.read(change.left)[0]["left"]
    assert isinstance(left, int)
    return left


def _newer(version: int, ours: int) -> OtherVersion:
    return OtherVersion(
        f"The graph has schema version {version}: this City2City is older, and works with version {ours}.",
        "Upgrade City2City; a graph is never taken back to an earlier version.",
    )
