"""How rows are written to Neo4j inside the transaction that its caller has begun: compared first, new ones created.

Comparing first and creating what is new takes less of the server than MERGE does, and writing the same again writes
nothing. Rows go over as lists, and relationships grouped by the end of which there are fewer, which is then looked up
once. What is there comes back in one record: the driver spends more on a record than on what it holds. Every look-up
names its index: a plan made while a label was nearly empty would otherwise begin at whatever was rare then, and run
through all of it for every row once it is not.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Any

from graph.engines import difference
from graph.engines.definitions import quoted
from graph.engines.port import Row
from graph.engines.rows import Checked, Ends, ensure_holdable, missing_ends


class Newness:
    """Labels and types of which there was none before this writer came to them, so that every row of theirs is new.

    It holds while nobody else writes; uniqueness of keys is the server's, should another program write all the same.
    """

    def __init__(self) -> None:
        self._new: set[str | Ends] = set()

    def forget(self) -> None:
        """Look again before the next rows are written."""
        self._new.clear()

    def of_nodes(self, transaction: Any, label: str) -> bool:
        """True where all rows of this label are new."""
        return self._is_new(transaction, label, f"MATCH (n:{quoted(label)}) RETURN count(n)")

    def of_relationships(self, transaction: Any, ends: Ends) -> bool:
        """True where all rows with these ends are new."""
        pattern = f"(:{quoted(ends.start_label)})-[r:{quoted(ends.type)}]->()"
        return self._is_new(transaction, ends, f"MATCH {pattern} RETURN count(r)")

    def _is_new(self, transaction: Any, what: str | Ends, counting: str) -> bool:
        # the server keeps these counts, and does not look
        if what not in self._new and transaction.run(counting).single()[0] == 0:
            self._new.add(what)
        return what in self._new


def put(transaction: Any, rows: Checked, newness: Newness) -> None:
    """Create or update checked rows; raises `WrongInput` where an end of a relationship is not in the graph."""
    try:
        for label, nodes in rows.nodes:
            ensure_holdable(nodes)
            if newness.of_nodes(transaction, label):
                _create_nodes(transaction, label, nodes)
            else:
                _put_nodes(transaction, label, nodes)
        for ends, relationships in rows.relationships:
            ensure_holdable(relationships)
            if newness.of_relationships(transaction, ends):
                _create_relationships(transaction, ends, relationships, "end")
            else:
                _put_relationships(transaction, ends, relationships)
    except BaseException:
        newness.forget()
        raise


def _put_nodes(transaction: Any, label: str, rows: Sequence[Row]) -> None:
    delta = difference.of_nodes(rows, _existing_nodes(transaction, label, rows))
    if delta.new:
        _create_nodes(transaction, label, delta.new)
    if delta.changed:
        text = f"UNWIND $rows AS row {_by_id('n', label, 'row.id')} SET n += row.changes"
        transaction.run(text, {"rows": delta.changed}).consume()


def _put_relationships(transaction: Any, ends: Ends, rows: Sequence[Row]) -> None:
    delta = difference.of_relationships(ends, rows, _existing_relationships(transaction, ends, rows))
    if delta.new:
        _create_relationships(transaction, ends, delta.new, "target")
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
    transaction.run(text, {"rows": [list(map(row.get, names)) for row in rows]}).consume()


def _create_relationships(transaction: Any, ends: Ends, rows: Sequence[Row], end: str) -> None:
    """Create relationships whose rows name the other end as `end` says."""
    names = _names(rows)
    by, other = _fewer(rows, end)
    once, each = ("a", "b") if by == "start" else ("b", "a")
    labels = {"a": ends.start_label, "b": ends.end_label}
    text = (
        f"UNWIND $groups AS shared {_by_id(once, labels[once], 'shared[0]')} "
        f"UNWIND shared[1] AS row {_by_id(each, labels[each], 'row[0]')} "
        f"CREATE (a)-[:{quoted(ends.type)}{_columns(names, 1)}]->(b)"
    )
    groups: defaultdict[object, list[list[object]]] = defaultdict(list)
    for row in rows:
        groups[row[by]].append([row[other], *map(row.get, names)])
    made = transaction.run(text, {"groups": list(map(list, groups.items()))}).consume()
    if made.counters.relationships_created != len(rows):
        starts = _absent(transaction, ends.start_label, {str(row["start"]) for row in rows})
        raise missing_ends(ends, starts, _absent(transaction, ends.end_label, {str(row[end]) for row in rows}))


def _fewer(rows: Sequence[Row], end: str) -> tuple[str, str]:
    """The end of which there are fewer, and the other."""
    starts, targets = len({row["start"] for row in rows}), len({row[end] for row in rows})
    return ("start", end) if starts <= targets else (end, "start")


def _existing_nodes(transaction: Any, label: str, rows: Sequence[Row]) -> dict[str, Mapping[str, object]]:
    text = f"UNWIND $ids AS id {_by_id('n', label, 'id')} RETURN collect([id, properties(n)])"
    return dict(_found(transaction, text, [row["id"] for row in rows]))


def _existing_relationships(
    transaction: Any, ends: Ends, rows: Sequence[Row]
) -> dict[tuple[object, object, object], Mapping[str, object]]:
    text = (
        f"UNWIND $ids AS id {_by_id('a', ends.start_label, 'id')} "
        f"MATCH (a)-[r:{quoted(ends.type)}]->(b:{quoted(ends.end_label)}) RETURN collect([id, b.id, properties(r)])"
    )
    found = _found(transaction, text, sorted({str(row["start"]) for row in rows}))
    key = ends.keyed_by
    return {(start, end, properties.get(key) if key else None): properties for start, end, properties in found}


def _found(transaction: Any, text: str, ids: Sequence[object]) -> list[Any]:
    found: list[Any] = transaction.run(text, {"ids": ids}).single()[0]
    return found


def _absent(transaction: Any, label: str, ids: set[str]) -> list[str]:
    text = f"UNWIND $ids AS id {_by_id('n', label, 'id')} RETURN collect(id)"
    return sorted(ids.difference(_found(transaction, text, sorted(ids))))


def _by_id(variable: str, label: str, id_: str) -> str:
    return f"MATCH ({variable}:{quoted(label)} {{id: {id_}}}) USING INDEX {variable}:{quoted(label)}(id)"


def _names(rows: Sequence[Row]) -> list[str]:
    return sorted({name for row in rows for name in row} - {"start", "end", "target"})


def _columns(names: Sequence[str], first: int) -> str:
    """A map of the properties in a row that is a list; a value that a row does not have is null, and not stored."""
    if not names:
        return ""
    return " {" + ", ".join(f"{quoted(name)}: row[{place}]" for place, name in enumerate(names, first)) + "}"
