"""Options that several commands share."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from graph.errors import Unavailable

Json = Annotated[bool, typer.Option("--json", help="print the object of the contract as JSON")]
Limit = Annotated[int, typer.Option(min=1, max=100, help="how many to show")]
Offset = Annotated[int, typer.Option(min=0, max=100_000, help="how many to pass over")]


def existing(path: Path) -> Path:
    """Return the path of a file that is there. Raises Unavailable, before anything is opened, where there is none."""
    if not path.is_file():
        raise Unavailable(f"There is no file {path}.", "Check the path.")
    return path
