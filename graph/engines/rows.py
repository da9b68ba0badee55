"""What both engines do with rows before they write them: check them against the schema, join doubles, cut batches."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from math import isfinite

from graph import schema
from graph.engines.port import NodeRows, RelationshipRows, Row, Write
from graph.errors import WrongInput

BATCH = 5_000
"""Rows to a batch: large enough that a commit costs little, small enough that readers get their turn."""


@dataclass(frozen=True, slots=True)
class Ends:
    """What identifies the relationships of some rows: type, labels of both ends, and the key property if any."""

    type: str
    start_label: str
    end_label: str
    keyed_by: str | None

    def identity(self, row: Mapping[str, object]) -> tuple[object, object, object]:
        """What tells one relationship of these ends from another."""
        return row["start"], row["end"], row.get(self.keyed_by) if self.keyed_by else None


@dataclass(frozen=True, slots=True)
class Checked:
    """Rows that the schema allows, one for each element: nodes with their label, relationships with their ends."""

    nodes: tuple[tuple[str, Sequence[Row]], ...] = ()
    relationships: tuple[tuple[Ends, Sequence[Row]], ...] = ()


def checked(write: Write) -> Checked:
    """Check all rows of a write before any of them is written, those of one kind together.

    Raises `WrongInput` as the functions below do.
    """
    nodes: dict[str, NodeRows] = {}
    for group in write.nodes:
        known = nodes.get(group.label)
        nodes[group.label] = NodeRows(group.label, [*known.rows, *group.rows]) if known else group
    relationships: dict[tuple[str, str, str], RelationshipRows] = {}
    for joining in write.relationships:
        kind = (joining.type, joining.start_label, joining.end_label)
        before = relationships.get(kind)
        relationships[kind] = RelationshipRows(*kind, [*before.rows, *joining.rows]) if before else joining
    return Checked(
        tuple((label, checked_nodes(group)) for label, group in nodes.items()),
        tuple(checked_relationships(group) for group in relationships.values()),
    )


def parts(rows: Checked, size: int) -> Iterator[Checked]:
    """Cut rows, in their order, into parts of `size` elements, small groups together."""
    part, held = Checked(), 0
    for label, some in rows.nodes:
        for piece in _pieces(some, size - held, size):
            part, held = Checked((*part.nodes, (label, piece)), part.relationships), held + len(piece)
            if held == size:
                yield part
                part, held = Checked(), 0
    for ends, some in rows.relationships:
        for piece in _pieces(some, size - held, size):
            part, held = Checked(part.nodes, (*part.relationships, (ends, piece))), held + len(piece)
            if held == size:
                yield part
                part, held = Checked(), 0
    if held:
        yield part


def _pieces(rows: Sequence[Row], first: int, others: int) -> Iterator[Sequence[Row]]:
    """Cut rows into a first run of at most so many, and others."""
    yield from batches(rows[:first], first)
    yield from batches(rows[first:], others)


def checked_nodes(nodes: NodeRows) -> list[Row]:
    """The rows as plain values, one for each id: of two rows with the same id the later one's values win.

    Raises `WrongInput` for a label or property that `graph.schema` does not have, or a row without an id.
    """
    allowed = _node_properties(nodes.label)
    by_id: dict[object, Row] = {}
    for row in nodes.rows:
        _refuse_unknown(row, allowed, nodes.label)
        identity = row.get("id")
        if not isinstance(identity, str) or not identity:
            raise WrongInput(f"A {nodes.label} has no id: {dict(row)!r}.", "Give every node a key of its own.")
        plain = _plain(row)
        known = by_id.get(identity)
        by_id[identity] = plain if known is None else known | plain
    return list(by_id.values())


def checked_relationships(relationships: RelationshipRows) -> tuple[Ends, list[Row]]:
    """The rows as plain values, one for each relationship, and what identifies them.

    Raises `WrongInput` for a type, pair of labels or property that `graph.schema` does not have, or a missing end.
    """
    type_ = _relationship_type(relationships.type)
    if relationships.start_label not in type_.start or relationships.end_label not in type_.end:
        raise WrongInput(
            f"{type_.name} does not lead from {relationships.start_label} to {relationships.end_label}.",
            f"It leads from {' or '.join(type_.start)} to {' or '.join(type_.end)}.",
        )
    ends = Ends(type_.name, relationships.start_label, relationships.end_label, type_.keyed_by)
    allowed = frozenset(property_.name for property_ in type_.properties) | {"start", "end"}
    by_identity: dict[tuple[object, object, object], Row] = {}
    for row in relationships.rows:
        _refuse_unknown(row, allowed, type_.name)
        if not row.get("start") or not row.get("end") or (ends.keyed_by and not row.get(ends.keyed_by)):
            needed = "start, end" + (f" and {ends.keyed_by}" if ends.keyed_by else "")
            raise WrongInput(f"A {type_.name} lacks an end: {dict(row)!r}.", f"Give every row {needed}.")
        plain = _plain(row)
        known = by_identity.get(ends.identity(plain))
        by_identity[ends.identity(plain)] = plain if known is None else known | plain
    return ends, list(by_identity.values())


def batches(rows: Sequence[Row], size: int = BATCH) -> Iterator[Sequence[Row]]:
    """Cut rows into runs of at most `size`."""
    for start in range(0, len(rows), size):
        yield rows[start : start + size]


def ensure_holdable(rows: Sequence[Row]) -> None:
    """Raise `WrongInput` for a number that is not finite: engines differ in what they make of it."""
    for row in rows:
        for name, value in row.items():
            if isinstance(value, float) and not isfinite(value):
                raise WrongInput(
                    f"{name} of {row.get('id', row.get('start'))} is {value}, which the graph cannot hold.",
                    "Give None for what is not known.",
                )


def missing_ends(ends: Ends, starts: Sequence[str], targets: Sequence[str]) -> WrongInput:
    """The error for relationships whose ends are not in the graph; names the first few of them."""
    names = [f"{ends.start_label} {name}" for name in starts[:3]] + [f"{ends.end_label} {name}" for name in targets[:3]]
    return WrongInput(
        f"{ends.type} leads to what is not in the graph: {', '.join(names)}.",
        "Load what it leads to first (hazards and measures, then places, then people).",
    )


@cache
def _node_properties(label: str) -> frozenset[str]:
    for node in schema.NODES:
        if node.name == label:
            return frozenset(property_.name for property_ in node.properties) | {"id"}
    raise WrongInput(f"The schema has no label {label}.", "Add it to graph.schema.")


@cache
def _relationship_type(name: str) -> schema.RelationshipType:
    for type_ in schema.RELATIONSHIPS:
        if type_.name == name:
            return type_
    raise WrongInput(f"The schema has no relationship type {name}.", "Add it to graph.schema.")


def _refuse_unknown(row: Mapping[str, object], allowed: frozenset[str], of: str) -> None:
    if not row.keys() <= allowed:
        unknown = ", ".join(sorted(row.keys() - allowed))
        raise WrongInput(f"The schema has no property {unknown} of {of}.", "Add it to graph.schema.")


_LISTS = frozenset((tuple, list))


def _plain(row: Row) -> Row:
    """The row with lists where it has tuples; an empty list is stored as none, which says the same."""
    if not _LISTS.isdisjoint(map(type, row.values())):
        return {name: list(value) or None if isinstance(value, tuple | list) else value for name, value in row.items()}
    return row
