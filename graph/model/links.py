"""Links from an expertise to the hazards it applies to and the measures it used."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Link:
    """One link: target id, score between 0 and 1, how it was found, and the words of the text that show it.

    `reviewed` is "confirmed", "rejected" or "added" where a person has judged it, else None.
    """

    id: str
    score: float
    words: tuple[str, ...] = ()
    method: str = ""
    model: str = ""
    reviewed: str | None = None


@dataclass(frozen=True, slots=True)
class Linked:
    """What one text was linked to, best first; empty where nothing reaches the threshold.

    `by` is the name and version of the linker, None where nobody has linked the text yet.
    """

    hazards: tuple[Link, ...] = field(default=())
    measures: tuple[Link, ...] = field(default=())
    language: str | None = None
    by: str | None = field(default=None, compare=False)
