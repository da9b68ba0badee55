"""Everything in the graph, label by label and type by type, as the rows that an engine's `bulk` takes."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence

from graph import schema
from graph.engines.port import Engine, NodeRows, RelationshipRows, Row

PAGE = 5_000
"""Nodes that are read together."""


def all_nodes(engine: Engine, label: str) -> Iterator[NodeRows]:
    """All nodes of a label in the order of their ids, some at a time."""
    text = (
        f"MATCH (n:`{label}`) WHERE n.id > $after "
        f"RETURN properties(n) AS properties, n.id AS id ORDER BY n.id LIMIT {PAGE}"
    )
    after = ""
    while found := engine.read(text, {"after": after}):
        yield NodeRows(label, [_map(row["properties"]) for row in found])
        after = str(found[-1]["id"])


def all_relationships(engine: Engine, label: str) -> Iterator[RelationshipRows]:
    """All relationships that begin at nodes of a label, some at a time, those of one type and end label together."""
    if all(label not in type_.start for type_ in schema.RELATIONSHIPS):
        return
    for ids in _ids(engine, label):
        yield from _relationships_from(engine, label, ids)


def _relationships_from(engine: Engine, label: str, ids: Sequence[str]) -> Iterator[RelationshipRows]:
    text = (
        f"UNWIND $ids AS id MATCH (a:`{label}` {{id: id}})-[r]->(b) "
        "RETURN type(r) AS type, labels(b)[0] AS label, id AS start, b.id AS target, properties(r) AS properties"
    )
    found: defaultdict[tuple[str, str], list[Row]] = defaultdict(list)
    for row in engine.read(text, {"ids": list(ids)}):
        ends = {"start": row["start"], "end": row["target"]}
        found[str(row["type"]), str(row["label"])].append(ends | _map(row["properties"]))
    for (type_, end), rows in found.items():
        yield RelationshipRows(type_, label, end, rows)


def _ids(engine: Engine, label: str) -> Iterator[list[str]]:
    text = f"MATCH (n:`{label}`) WHERE n.id > $after RETURN n.id AS id ORDER BY n.id LIMIT {PAGE}"
    after = ""
    while found := engine.read(text, {"after": after}):
        ids = [str(row["id"]) for row in found]
        yield ids
        after = ids[-1]


def _map(value: object) -> Row:
    return value if isinstance(value, dict) else {}
