"""Reference tables about places, as data files; the scripts beside them make those that are computed."""

from __future__ import annotations

import csv
import gzip
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TextIO

TABLES = Path(__file__).parent


@contextmanager
def _opened(path: Path) -> Iterator[TextIO]:
    if path.suffix == ".gz":
        with gzip.open(path, "rt", encoding="utf-8", newline="") as file:
            yield file
    else:
        with path.open(encoding="utf-8", newline="") as file:
            yield file


def rows(name: str) -> list[dict[str, str]]:
    """Return the rows of the table file `name`, one dict a row; lines that begin with `#` are remarks."""
    with _opened(TABLES / name) as file:
        return list(csv.DictReader(line for line in file if not line.startswith("#")))
