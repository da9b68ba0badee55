"""Options that several commands share."""

from __future__ import annotations

from typing import Annotated

import typer

Json = Annotated[bool, typer.Option("--json", help="print the object of the contract as JSON")]
Limit = Annotated[int, typer.Option(min=1, max=100, help="how many to show")]
Offset = Annotated[int, typer.Option(min=0, help="how many to pass over")]
