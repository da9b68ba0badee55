"""Reading and removing nodes and relationships by their ids, as every store needs it.

The texts are made of names of `graph.schema` alone, never of anything that a user wrote.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from graph.engines.port import Engine, RelationshipRows, Row, Statement

PAGE = 5_000
"""Ids to a reading query."""


@dataclass(frozen=True, slots=True, eq=False)
class Kind:
    """A relationship type between two labels, and the property that tells several between one pair apart.

    Each is made once, and is itself alone: so looking one up costs nothing in loops over all relationships.
    """

    type: str
    start: str
    end: str
    keyed_by: str | None = None

    def rows(self, rows: Iterable[Row]) -> RelationshipRows:
        """Rows of this kind, to be written."""
        return RelationshipRows(self.type, self.start, self.end, list(rows))


class Found(NamedTuple):
    """A relationship as it stands in the graph."""

    start: str
    end: str
    properties: Row


Identity = tuple[str, str, str]
"""Start, end and key (empty without one) of a relationship."""


def nodes(engine: Engine, label: str, ids: Collection[str]) -> dict[str, Row]:
    """Properties of the nodes of a label, by id; ids that are not there are left out."""
    text = f"UNWIND $ids AS id MATCH (n:`{label}` {{id: id}}) RETURN id, properties(n) AS properties"
    return {
        text_of(row, "id"): row_of(row, "properties")
        for page in _pages(ids)
        for row in engine.read(text, {"ids": page})
    }


def all_nodes(engine: Engine, label: str) -> list[Row]:
    """Properties of every node of a label, in the order of their ids."""
    rows = engine.read(f"MATCH (n:`{label}`) RETURN properties(n) AS properties ORDER BY n.id")
    return [row_of(row, "properties") for row in rows]


def relationships(engine: Engine, kind: Kind, starts: Collection[str]) -> list[Found]:
    """The relationships of a kind that begin at the nodes with these ids."""
    return relationships_of(engine, (kind,), starts)[kind]


def relationships_of(engine: Engine, kinds: Sequence[Kind], starts: Collection[str]) -> dict[Kind, list[Found]]:
    """The relationships of several kinds that begin at the nodes with these ids, all of one label; by kind.

    One query for all of them: looking a node up costs as much as reading a relationship of it.
    """
    by_type_and_end = {(kind.type, kind.end): kind for kind in kinds}
    types = "|".join(f"`{type_}`" for type_ in sorted({kind.type for kind in kinds}))
    text = (
        f"UNWIND $ids AS id MATCH (a:`{kinds[0].start}` {{id: id}})-[r:{types}]->(b) "
        "RETURN [id, b.id, properties(r)] AS found, type(r) AS type, labels(b)[0] AS label"
    )
    found: dict[Kind, list[Found]] = {kind: [] for kind in kinds}
    for page in _pages(starts):
        for row in engine.read(text, {"ids": page}):
            kind = by_type_and_end.get((text_of(row, "type"), text_of(row, "label")))
            parts = row["found"]
            if kind and isinstance(parts, list) and parts[1] is not None:
                found[kind].append(Found(*parts))
    return found


def all_relationships(engine: Engine, kind: Kind) -> list[Found]:
    """Every relationship of a kind."""
    text = f"MATCH {_pattern(kind)} RETURN [a.id, b.id, properties(r)] AS found"
    return [Found(*parts) for row in engine.read(text) if isinstance(parts := row["found"], list)]


def removal(kind: Kind, identities: Collection[Identity]) -> list[Statement]:
    """The statement that removes these relationships, if there are any."""
    if not identities:
        return []
    where = f" WHERE r.`{kind.keyed_by}` = row.key" if kind.keyed_by else ""
    text = f"UNWIND $rows AS row MATCH {_pattern(kind, 'row.start', 'row.target')}{where} DELETE r"
    rows = [{"start": start, "target": end, "key": key} for start, end, key in sorted(identities)]
    return [Statement(text, {"rows": rows})]


def stale(kind: Kind, standing: Iterable[Found], wanted: RelationshipRows) -> list[Statement]:
    """The statement that removes what stands in the graph and is no longer wanted, if anything."""
    keep = {row_identity(kind, row) for row in wanted.rows}
    return removal(kind, {identity(kind, found) for found in standing} - keep)


def identity(kind: Kind, found: Found) -> Identity:
    """What tells one relationship of this kind from another."""
    return found.start, found.end, str(found.properties.get(kind.keyed_by, "")) if kind.keyed_by else ""


def row_identity(kind: Kind, row: Row) -> Identity:
    """The same of a row to be written."""
    return str(row["start"]), str(row["end"]), str(row.get(kind.keyed_by, "")) if kind.keyed_by else ""


def _pattern(kind: Kind, start: str = "", end: str = "") -> str:
    starting = f" {{id: {start}}}" if start else ""
    ending = f" {{id: {end}}}" if end else ""
    return f"(a:`{kind.start}`{starting})-[r:`{kind.type}`]->(b:`{kind.end}`{ending})"


def _pages(ids: Collection[str]) -> Iterable[Sequence[str]]:
    ordered = sorted(ids)
    for first in range(0, len(ordered), PAGE):
        yield ordered[first : first + PAGE]


def row_of(row: Row, name: str) -> Row:
    """A map in a row."""
    value = row.get(name)
    return value if isinstance(value, dict) else {}


def text_of(row: Row, name: str) -> str:
    """A text that is always there."""
    return str(row.get(name) or "")


def maybe_text(row: Row, name: str) -> str | None:
    """A text, or None where it is not known."""
    value = row.get(name)
    return value if isinstance(value, str) else None


def maybe_year(row: Row, name: str) -> int | None:
    """A whole number, or None where it is not known."""
    value = row.get(name)
    return value if isinstance(value, int) else None


def whole_of(row: Row, name: str) -> int:
    """A whole number; 0 where it is not known."""
    value = row.get(name)
    return value if isinstance(value, int) else 0


def number_of(row: Row, name: str) -> float:
    """A number; 0 where it is not known."""
    value = row.get(name)
    return float(value) if isinstance(value, int | float) else 0.0


def texts_of(row: Row, name: str) -> tuple[str, ...]:
    """A list of texts; empty where it is not known."""
    value = row.get(name)
    return tuple(str(each) for each in value) if isinstance(value, list) else ()
