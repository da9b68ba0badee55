"""What a load has to say of single rows: refused, taken with a doubt, left out, or missing from the file."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from ingest.alumni.contact_details import masked

NoteKind = Literal["refused", "warning", "left out", "missing"]


@dataclass(frozen=True, slots=True)
class Note:
    """One line of a load's report; `value` and `reason` never show an address, a number or a contact column.

    `row` is the number that a spreadsheet shows, `line` a text editor's; both None for what is not in the file.
    """

    kind: NoteKind
    row: int | None
    line: int | None
    alumnus: str
    column: str
    value: str
    reason: str
    mend: str


def shown(value: str, limit: int = 120) -> str:
    """A value as a report may show it: addresses and numbers masked, long texts cut."""
    safe = " ".join(masked(value).split())
    return safe if len(safe) <= limit else safe[: limit - 1] + "…"
