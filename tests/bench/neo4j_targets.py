"""What City2City is to reach beside the retriever, and whether it did."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

RETRIEVER = "retriever-1000"
"""The retriever that is to be beaten: with fewer candidates it finds too little to be compared with."""
TIMES_ALONE = 12
TIMES_WHOLE = 4


@dataclass(frozen=True, slots=True)
class Reached:
    """What was wanted, what was found, and whether that suffices."""

    what: str
    wanted: str
    found: str
    met: bool


def reached(ways: dict[str, Any]) -> list[Reached]:
    """Judge the targets by the figures of one run."""
    ours, theirs = ways["city2city"], ways[RETRIEVER]
    alone, whole = (theirs[part]["p50"] / ours[part]["p50"] for part in ("alone", "whole"))
    return [
        Reached(
            "faster than the retriever at the median, question read and embedded",
            f"{TIMES_ALONE} times", f"{alone:.1f} times", alone >= TIMES_ALONE,
        ),
        Reached(
            "the same, from the words", f"{TIMES_WHOLE} times", f"{whole:.1f} times", whole >= TIMES_WHOLE
        ),
        Reached(
            "rows that meet every condition", "all", f"{ours['rows_holding']:,} of {ours['rows']:,}",
            ours["rows_holding"] == ours["rows"],
        ),
        Reached(
            "ten rows wherever ten exist", "all questions",
            f"{ours['gave_ten']} of {ours['questions_with_ten']}", ours["gave_ten"] == ours["questions_with_ten"],
        ),
    ]  # fmt: skip
