"""What is remembered beside an index of having compared it with the graph: at which mark, and when."""

from __future__ import annotations

import contextlib
import json
import os
import uuid
from datetime import UTC, datetime
from pathlib import Path
from typing import NamedTuple

FILE = "followed.json"


class Followed(NamedTuple):
    """The graph's mark at which this version of the index lacked nothing, and when that was last confirmed."""

    mark: str
    version: str
    when: str


def remember(home: Path, mark: str, version: str) -> None:
    """Note that this version of the index lacks nothing at this mark, as of now."""
    known = remembered(home)
    if known is not None and known[:2] == (mark, version):
        with contextlib.suppress(FileNotFoundError):
            os.utime(home / FILE)
        return
    draft = home / f"{FILE}.{uuid.uuid4().hex}"
    draft.write_text(json.dumps({"mark": mark, "version": version}), encoding="utf-8")
    draft.replace(home / FILE)


def remembered(home: Path) -> Followed | None:
    """Return what was noted last, or None where nothing was."""
    try:
        noted = json.loads((home / FILE).read_text(encoding="utf-8"))
        when = datetime.fromtimestamp((home / FILE).stat().st_mtime, UTC).isoformat(timespec="seconds")
        return Followed(str(noted["mark"]), str(noted["version"]), when)
    except (OSError, ValueError, KeyError):
        return None
