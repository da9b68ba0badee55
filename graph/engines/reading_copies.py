"""Copies of an embedded graph for free Cypher: a query that must be killed can then harm nothing but its copy."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

from graph.engines import java
from graph.engines.embedded import EmbeddedEngine
from graph.errors import Unavailable

_DIRECTORY = "cypher-copy"


def copy_of(engine: EmbeddedEngine, home: Path, generation: int) -> Path:
    """The copy of the graph at `generation`, made where it is not there yet; older copies are removed.

    It is made under the engine's write lock, after all its pages are on the disk, so that it needs no log.
    """
    target = home / _DIRECTORY / str(generation)
    if target.is_dir():
        return target
    forget_copies(home)
    making = target.with_name(f"{generation}.making")
    making.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    with engine._writing():
        manager = java.java_class("com.arcadedb.engine.PageManager").INSTANCE
        manager.waitAllPagesOfDatabaseAreFlushed(engine._database)
        shutil.copytree(engine._directory, making, ignore=shutil.ignore_patterns("*.lck", "*.wal"))
    os.replace(making, target)
    return target


def forget_copies(home: Path) -> None:
    """Remove every copy beside the graph: after a withdrawal none may hold the person any longer.

    Raises `Unavailable` where one stays.
    """
    copies = home / _DIRECTORY
    shutil.rmtree(copies, ignore_errors=True)
    if copies.exists():
        raise Unavailable(f"The copy of the graph in {copies} cannot be removed.", "Remove that folder by hand.")
