"""What City2City is to reach beside the retriever and beside plain MERGE, and whether it did."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from tests.bench.neo4j_writing import AGAIN, OURS, PLAIN

RETRIEVER = "retriever-1000"
"""The retriever that is to be beaten: with fewer candidates it finds too little to be compared with."""
TIMES_ALONE = 12
TIMES_WHOLE = 4
WRITTEN = 20_000
TIMES_MERGE = 1.6
COMPARED = 25_000


@dataclass(frozen=True, slots=True)
class Reached:
    """What was wanted, what was found, and whether that suffices."""

    what: str
    wanted: str
    found: str
    met: bool


def reached(ways: dict[str, Any]) -> list[Reached]:
    """Judge what asking is to reach, by the figures of one run."""
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


def written(writing: list[tuple[str, float, float]]) -> list[Reached]:
    """Judge what writing is to reach, by the figures of the same run."""
    rates = {way: rate for way, _, rate in writing}
    times_merge = rates[OURS] / rates[PLAIN]
    return [
        Reached(
            "nodes and relationships a second into an empty graph", f"{WRITTEN:,}, or {TIMES_MERGE} times MERGE",
            f"{rates[OURS]:,.0f}, {times_merge:.1f} times", rates[OURS] >= WRITTEN or times_merge >= TIMES_MERGE,
        ),
        Reached(
            "compared a second, the same again, unchanged", f"{COMPARED:,}", f"{rates[AGAIN]:,.0f}",
            rates[AGAIN] >= COMPARED,
        ),
    ]  # fmt: skip
