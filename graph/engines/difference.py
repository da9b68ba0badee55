"""What rows would change of what is already there: so that writing the same again writes nothing."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from graph.engines.port import Row
from graph.engines.rows import Ends

Properties = Mapping[str, object]
_ENDS = ("start", "end")


@dataclass(frozen=True, slots=True)
class Difference:
    """Rows that are new, and changes (identity and `changes`, None meaning "remove") of what exists."""

    new: list[Row]
    changed: list[Row]


def of_nodes(rows: Sequence[Row], existing: Mapping[str, Properties]) -> Difference:
    """Compare rows with the properties of the nodes that exist, by id."""
    new: list[Row] = []
    changed: list[Row] = []
    for row in rows:
        properties = existing.get(str(row["id"]))
        if properties is None:
            new.append(_without_unknown(row))
        elif changes := _changes(row, properties):
            changed.append({"id": row["id"], "changes": changes})
    return Difference(new, changed)


def of_relationships(
    ends: Ends, rows: Sequence[Row], existing: Mapping[tuple[object, object, object], Properties]
) -> Difference:
    """Compare rows with the properties of the relationships that exist, by start, end and key."""
    new: list[Row] = []
    changed: list[Row] = []
    for row in rows:
        properties = existing.get(ends.identity(row)) if existing else None
        if properties is None:
            new.append(_joining(row))
        elif changes := {name: value for name, value in _changes(row, properties).items() if name not in _ENDS}:
            start, end, key = ends.identity(row)
            changed.append({"start": start, "target": end, "key": key, "changes": changes})
    return Difference(new, changed)


def _changes(row: Row, properties: Properties) -> Row:
    return {name: value for name, value in row.items() if properties.get(name) != value}


def _without_unknown(row: Row) -> Row:
    return {name: value for name, value in row.items() if value is not None}


def _joining(row: Row) -> Row:
    """The row of a new relationship: what it leads to is its target, since Cypher keeps `end` for itself."""
    joining = _without_unknown(row)
    joining["target"] = joining.pop("end")
    return joining
