"""Rewriting the embedded engine's files: its pages and logs keep deleted bytes until they are copied without them."""

from __future__ import annotations

import os
import shutil
from collections import defaultdict
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from graph import schema
from graph.engines import embedded_rows, java
from graph.engines.definitions import embedded_definitions, quoted
from graph.engines.port import Row
from graph.engines.rows import Ends, batches

_PAGE = 2_500
"""Nodes that are copied together."""


def copy(database: Any, directory: Path) -> None:
    """Write all that `database` holds, but for what was deleted, into new files beside `directory`."""
    shutil.rmtree(_fresh(directory), ignore_errors=True)
    target = java.open_database(_fresh(directory))
    try:
        for text in embedded_definitions():
            target.command("sql", text).close()
        for node in schema.NODES:
            for rows in _nodes(database, node.name):
                with embedded_rows.transaction(target):
                    embedded_rows.create_nodes(target, node.name, rows)
        for node in schema.NODES:
            for ids in _ids(database, node.name):
                for ends, rows in _relationships_from(database, node.name, ids).items():
                    for batch in batches(rows):
                        with embedded_rows.transaction(target):
                            embedded_rows.create_relationships(target, ends, batch)
    finally:
        target.close()


def swap(directory: Path) -> None:
    """Put the new files in the place of the old ones, which are removed."""
    os.replace(directory, _former(directory))
    os.replace(_fresh(directory), directory)
    shutil.rmtree(_former(directory))


def finish_swap(directory: Path) -> None:
    """Complete a swap that was cut off between its two steps."""
    if not directory.exists() and _former(directory).exists() and _fresh(directory).exists():
        os.replace(_fresh(directory), directory)


def clear_away(directory: Path) -> None:
    """Remove what a compaction that was cut off left behind; only for who has `directory` open."""
    shutil.rmtree(_fresh(directory), ignore_errors=True)
    shutil.rmtree(_former(directory), ignore_errors=True)


def _nodes(database: Any, label: str) -> Iterator[list[Row]]:
    """Properties of all nodes of a label, some at a time."""
    text = f"UNWIND $ids AS id MATCH (n:{quoted(label)} {{id: id}}) RETURN properties(n) AS properties"
    for ids in _ids(database, label):
        found = embedded_rows.query(database, text, {"ids": ids})
        yield [properties for row in found if isinstance(properties := row["properties"], dict)]


def _ids(database: Any, label: str) -> Iterator[list[str]]:
    """Ids of all nodes of a label, some at a time, in their order."""
    text = f"MATCH (n:{quoted(label)}) WHERE n.id > $after RETURN n.id AS id ORDER BY n.id LIMIT {_PAGE}"
    after = ""
    while found := embedded_rows.query(database, text, {"after": after}):
        ids = [str(row["id"]) for row in found]
        yield ids
        after = ids[-1]


def _relationships_from(database: Any, label: str, ids: Sequence[str]) -> dict[Ends, list[Row]]:
    """All relationships that begin at these nodes, by what identifies them."""
    text = (
        f"UNWIND $ids AS id MATCH (a:{quoted(label)} {{id: id}})-[r]->(b) "
        "RETURN [type(r), labels(b)[0]] AS kind, id AS start, b.id AS target, properties(r) AS properties"
    )
    rows: defaultdict[Ends, list[Row]] = defaultdict(list)
    for row in embedded_rows.query(database, text, {"ids": ids}):
        kind, properties = row["kind"], row["properties"]
        if isinstance(kind, list) and isinstance(properties, dict):
            ends = Ends(kind[0], label, kind[1], None)
            rows[ends].append({"start": row["start"], "target": row["target"], **properties})
    return rows


def _fresh(directory: Path) -> Path:
    return directory.with_name(f"{directory.name}.compacting")


def _former(directory: Path) -> Path:
    return directory.with_name(f"{directory.name}.before-compacting")
