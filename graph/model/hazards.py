"""Hazards and measures, as the graph holds them; their names in many languages belong to `nlp.vocabulary`."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

MeasureKind = Literal["structural", "nature-based", "non-structural"]


@dataclass(frozen=True, slots=True)
class Hazard:
    """A hazard of the working vocabulary.

    `code` is its Hazard Information Profiles code, 2025 edition, or None where that list has no own entry.
    `kind_of` names every direct broader hazard; `causes` explains and suggests, and never satisfies a condition.
    """

    id: str
    name: str
    definition: str
    code: str | None
    synonyms: tuple[str, ...] = ()
    kind_of: tuple[str, ...] = ()
    causes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Reduces:
    """That a measure reduces a hazard, and why."""

    hazard: str
    why: str


@dataclass(frozen=True, slots=True)
class Measure:
    """Something that a city or an expert can do about hazards."""

    id: str
    name: str
    kind: MeasureKind
    definition: str
    reduces: tuple[Reduces, ...]
    synonyms: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Action:
    """What a city did: `measure` against `hazard`, with a status and a year."""

    key: str
    city: str
    title: str
    status: str | None
    year: int | None
    source: str
    hazards: tuple[str, ...] = ()
    measures: tuple[str, ...] = ()
