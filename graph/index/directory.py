"""A directory whose content is replaced whole: readers see the old version or the new one, never a mixture.

Each version is a directory of its own; the file `current` names the one to read and is replaced in one step,
so a process that is killed at any moment leaves either version in force. Old versions and what a killed writer
left are removed by the next writer; readers that hold an old version mapped go on with it.
Writers of one process take turns by holding the network; those of several processes by a lock file, so that none
removes what another is writing.
"""

from __future__ import annotations

import os
import shutil
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from graph.errors import Unavailable
from graph.index.arrays import sync_directory, sync_entries

_POINTER = "current"


def current_version(root: Path) -> Path:
    """Return the directory of the version in force.

    Raises:
        Unavailable: nothing was built there yet.
    """
    try:
        name = (root / _POINTER).read_text(encoding="utf-8").strip()
    except FileNotFoundError:
        raise Unavailable(
            f"There is no search index in {root}.", "Load people first; a load builds the index."
        ) from None
    return root / name


@contextmanager
def new_version(root: Path) -> Iterator[Path]:
    """Give a directory to write a new version into; put it in force when the block ends well, else drop it."""
    root.mkdir(parents=True, exist_ok=True)
    from filelock import FileLock  # late: whoever only reads an index writes none

    with FileLock(root / ".writing"):
        version = root / f"version-{uuid.uuid4().hex}"
        version.mkdir()
        try:
            yield version
            sync_directory(version)
        except BaseException:
            shutil.rmtree(version, ignore_errors=True)
            raise
        _point_to(root, version.name)
        sweep(root)


def sweep(root: Path) -> None:
    """Remove every version but the one in force, with all its bytes."""
    kept = current_version(root).name
    for path in root.iterdir():
        if path.is_dir() and path.name.startswith("version-") and path.name != kept:
            shutil.rmtree(path, ignore_errors=True)
        elif path.name.startswith(f"{_POINTER}."):
            path.unlink(missing_ok=True)


def _point_to(root: Path, name: str) -> None:
    draft = root / f"{_POINTER}.{uuid.uuid4().hex}"
    with draft.open("w", encoding="utf-8") as file:
        file.write(name)
        file.flush()
        os.fsync(file.fileno())
    os.replace(draft, root / _POINTER)
    sync_entries(root)
