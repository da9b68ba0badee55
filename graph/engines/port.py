"""The one port that engines implement: all that differs between them stands behind it.

Query texts are Cypher of the subset that both engines run, with `$parameters`, never built from user words.
Rows come back as plain Python values: str, int, float, bool, None, list, dict.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Protocol

Row = dict[str, object]


@dataclass(frozen=True, slots=True)
class NodeRows:
    """Nodes of one label to create or update by `id`: each row is `{"id": …, property: value, …}`.

    A property whose value is None is removed. Properties not in the row are left as they are.
    """

    label: str
    rows: Sequence[Row]


@dataclass(frozen=True, slots=True)
class RelationshipRows:
    """Relationships of one type between two labels, to create or update.

    Each row is `{"start": id, "end": id, property: value, …}`. Between one pair of nodes there is one
    relationship of the type, or one for each value of the type's `keyed_by` property.
    """

    type: str
    start_label: str
    end_label: str
    rows: Sequence[Row]


@dataclass(frozen=True, slots=True)
class Statement:
    """One query text with its parameters."""

    text: str
    parameters: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Write:
    """What one transaction writes, in this order: statements (deletions first), nodes, relationships."""

    statements: Sequence[Statement] = ()
    nodes: Sequence[NodeRows] = ()
    relationships: Sequence[RelationshipRows] = ()


class Engine(Protocol):
    """A graph engine. Thread-safe: reads run beside each other, a write is seen whole or not at all.

    Methods raise `graph.errors` only: `Unavailable` where the engine is not reached, `WriteConflict` where the
    same write may be tried again, `WrongInput` for a query the engine refuses, `LimitReached` past a limit.
    """

    name: str

    def define(self) -> None:
        """Create labels, relationship types, unique keys and indexes of `graph.schema`; safe to run again."""

    def read(self, text: str, parameters: Mapping[str, object] | None = None) -> list[Row]:
        """Run a query that writes nothing and return its rows."""

    def write(self, write: Write) -> None:
        """Write all of it in one transaction that is on disk when this returns, or nothing."""

    def bulk(self, write: Write) -> None:
        """Like `write`, for many rows: split into batches, each of which is whole and on disk once acknowledged.

        A load that is cut off between batches is completed by running it again.
        """

    def explain(self, text: str, parameters: Mapping[str, object] | None = None) -> str:
        """The engine's plan for a query, as text."""

    def mark(self) -> str:
        """A text that is another one once anybody has committed since; the same always where nobody else can write."""

    def compact(self) -> None:
        """Rewrite the engine's files so that deleted bytes are gone, as far as the engine can."""

    def close(self) -> None:
        """Release the engine; safe to call twice."""
