"""Rewriting the embedded engine's files: its pages and logs keep deleted bytes until they are copied without them."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from graph import schema
from graph.engines import embedded_rows, java
from graph.engines.definitions import embedded_definitions, quoted
from graph.engines.embedded_rows import relationships_from
from graph.engines.port import Row
from graph.engines.rows import BATCH, Ends, batches


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
                    embedded_rows.put_nodes(target, node.name, rows)
        for type_ in schema.RELATIONSHIPS:
            _copy_relationships(database, target, type_)
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


def _copy_relationships(database: Any, target: Any, type_: schema.RelationshipType) -> None:
    for start in type_.start:
        for nodes in _nodes(database, start):
            identities = [str(node["id"]) for node in nodes]
            for end in type_.end:
                ends = Ends(type_.name, start, end, type_.keyed_by)
                for rows in batches([_row(found) for found in relationships_from(database, ends, identities)]):
                    with embedded_rows.transaction(target):
                        embedded_rows.put_relationships(target, ends, rows)


def _row(found: Row) -> Row:
    properties = found["properties"]
    assert isinstance(properties, dict)
    return {"start": found["start"], "end": found["target"], **properties}


def _nodes(database: Any, label: str) -> Iterator[list[Row]]:
    """All nodes of a label, a batch at a time, in the order of their ids."""
    text = (
        f"MATCH (n:{quoted(label)}) WHERE n.id > $after RETURN properties(n) AS properties ORDER BY n.id LIMIT {BATCH}"
    )
    after = ""
    while found := embedded_rows.query(database, text, {"after": after}):
        rows = [properties for row in found if isinstance(properties := row["properties"], dict)]
        yield rows
        after = str(rows[-1]["id"])


def _fresh(directory: Path) -> Path:
    return directory.with_name(f"{directory.name}.compacting")


def _former(directory: Path) -> Path:
    return directory.with_name(f"{directory.name}.before-compacting")
