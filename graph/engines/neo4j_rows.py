"""How rows are written to Neo4j inside the transaction that its caller has begun: compared first, new ones created.

Comparing first and creating what is new takes less of the server than MERGE does, and writing the same again writes
nothing. Rows go over as lists, and relationships grouped by the end of which there are fewer, which is then looked up
once. Every look-up names its index: a plan made while a label was nearly empty would otherwise begin at whatever was
rare then, and run through all of it for every row once it is not.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from graph.engines import difference
from graph.engines.definitions import quoted
from graph.engines.port import Row
from graph.engines.rows import Ends, ensure_holdable, missing_ends


def put_nodes(transaction: Any, label: str, rows: Sequence[Row]) -> None:
    """Create or update checked rows; what is there already and the same is not written."""
    ensure_holdable(rows)
    delta = difference.of_nodes(rows, _existing_nodes(transaction, label, rows))
    if delta.new:
        _create_nodes(transaction, label, delta.new)
    if delta.changed:
        text = f"UNWIND $rows AS row {_by_id('n', label, 'row.id')} SET n += row.changes"
        transaction.run(text, {"rows": delta.changed}).consume()


def put_relationships(transaction: Any, ends: Ends, rows: Sequence[Row]) -> None:
    """Create or update checked rows; raises `WrongInput` where an end is not in the graph."""
    ensure_holdable(rows)
    delta = difference.of_relationships(ends, rows, _existing_relationships(transaction, ends, rows))
    if delta.new:
        _create_relationships(transaction, ends, delta.new)
    if delta.changed:
        where = f"WHERE r.{quoted(ends.keyed_by)} = row.key" if ends.keyed_by else ""
        text = (
            f"UNWIND $rows AS row {_by_id('a', ends.start_label, 'row.start')} "
            f"{_by_id('b', ends.end_label, 'row.target')} MATCH (a)-[r:{quoted(ends.type)}]->(b) {where} "
            "SET r += row.changes"
        )
        transaction.run(text, {"rows": delta.changed}).consume()


def _create_nodes(transaction: Any, label: str, rows: Sequence[Row]) -> None:
    names = _names(rows)
    text = f"UNWIND $rows AS row CREATE (:{quoted(label)}{_columns(names, 0)})"
    transaction.run(text, {"rows": [[row.get(name) for name in names] for row in rows]}).consume()


def _create_relationships(transaction: Any, ends: Ends, rows: Sequence[Row]) -> None:
    names = _names(rows)
    by, other = _fewer(rows)
    once, each = ("a", "b") if by == "start" else ("b", "a")
    labels = {"a": ends.start_label, "b": ends.end_label}
    text = (
        f"UNWIND $groups AS shared {_by_id(once, labels[once], 'shared[0]')} "
        f"UNWIND shared[1] AS row {_by_id(each, labels[each], 'row[0]')} "
        f"CREATE (a)-[:{quoted(ends.type)}{_columns(names, 1)}]->(b)"
    )
    groups: dict[object, list[list[object]]] = {}
    for row in rows:
        groups.setdefault(row[by], []).append([row[other], *[row.get(name) for name in names]])
    made = transaction.run(text, {"groups": [[end, some] for end, some in groups.items()]}).consume()
    if made.counters.relationships_created != len(rows):
        starts = _absent(transaction, ends.start_label, {str(row["start"]) for row in rows})
        raise missing_ends(ends, starts, _absent(transaction, ends.end_label, {str(row["target"]) for row in rows}))


def _fewer(rows: Sequence[Row]) -> tuple[str, str]:
    """The end of which there are fewer, and the other."""
    starts, targets = len({row["start"] for row in rows}), len({row["target"] for row in rows})
    return ("start", "target") if starts <= targets else ("target", "start")


def _existing_nodes(transaction: Any, label: str, rows: Sequence[Row]) -> dict[str, Mapping[str, object]]:
    if _count(transaction, f"MATCH (n:{quoted(label)})", "n") == 0:
        return {}
    text = f"UNWIND $ids AS id {_by_id('n', label, 'id')} RETURN id, properties(n)"
    return dict(_values(transaction, text, [row["id"] for row in rows]))


def _existing_relationships(
    transaction: Any, ends: Ends, rows: Sequence[Row]
) -> dict[tuple[object, object, object], Mapping[str, object]]:
    if _count(transaction, f"MATCH ()-[r:{quoted(ends.type)}]->()", "r") == 0:
        return {}
    text = (
        f"UNWIND $ids AS id {_by_id('a', ends.start_label, 'id')} "
        f"MATCH (a)-[r:{quoted(ends.type)}]->(b:{quoted(ends.end_label)}) RETURN id, b.id, properties(r)"
    )
    found = _values(transaction, text, sorted({str(row["start"]) for row in rows}))
    key = ends.keyed_by
    return {(start, end, properties.get(key) if key else None): properties for start, end, properties in found}


def _count(transaction: Any, pattern: str, what: str) -> int:
    """How many there are of a label or type: the server keeps count, and does not look."""
    return int(transaction.run(f"{pattern} RETURN count({what})").single()[0])


def _values(transaction: Any, text: str, ids: Sequence[object]) -> Iterable[Any]:
    return (record.values() for record in transaction.run(text, {"ids": ids}))


def _absent(transaction: Any, label: str, ids: set[str]) -> list[str]:
    text = f"UNWIND $ids AS id {_by_id('n', label, 'id')} RETURN id"
    return sorted(ids - {str(found) for (found,) in _values(transaction, text, sorted(ids))})


def _by_id(variable: str, label: str, id_: str) -> str:
    return f"MATCH ({variable}:{quoted(label)} {{id: {id_}}}) USING INDEX {variable}:{quoted(label)}(id)"


def _names(rows: Sequence[Row]) -> list[str]:
    return sorted({name for row in rows for name in row} - {"start", "target"})


def _columns(names: Sequence[str], first: int) -> str:
    """A map of the properties in a row that is a list; a value that a row does not have is null, and not stored."""
    if not names:
        return ""
    return " {" + ", ".join(f"{quoted(name)}: row[{place}]" for place, name in enumerate(names, first)) + "}"
