"""A question as understood: conditions, each with the words it was read from."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

Binding = Literal["gained_in", "lives_in", "from"]


@dataclass(frozen=True, slots=True)
class Alternative:
    """Another reading of a place name: id, name, country."""

    id: str
    name: str
    country: str | None = None


@dataclass(frozen=True, slots=True)
class Term:
    """One condition.

    `start` and `end` count Unicode code points of the question exactly as sent, end exclusive;
    both are None for a condition that came from a filter. `bound` (the wire's "as") says how a place
    or trait binds; it is None for everything else. `country` belongs to cities.
    """

    id: str
    name: str
    words: str = ""
    start: int | None = None
    end: int | None = None
    negated: bool = False
    bound: Binding | None = None
    country: str | None = None
    alternatives: tuple[Alternative, ...] = ()


@dataclass(frozen=True, slots=True)
class Years:
    """Inclusive bounds on the years of an expertise; either may be None."""

    since: int | None = None
    until: int | None = None


@dataclass(frozen=True, slots=True)
class Understood:
    """The reading of a question; `any_of` groups terms of which one suffices (each also stands in its own slot)."""

    hazards: tuple[Term, ...] = ()
    measures: tuple[Term, ...] = ()
    traits: tuple[Term, ...] = ()
    cities: tuple[Term, ...] = ()
    countries: tuple[Term, ...] = ()
    regions: tuple[Term, ...] = ()
    languages: tuple[Term, ...] = ()
    roles: tuple[Term, ...] = ()
    years: Years = field(default_factory=Years)
    like: tuple[Term, ...] = ()
    any_of: tuple[tuple[Term, ...], ...] = ()
    rest: str = ""
    not_understood: tuple[str, ...] = ()


SLOTS = ("hazards", "measures", "traits", "cities", "countries", "regions", "languages", "roles")
"""The slots of `Understood` that hold conditions, in reading order."""


@dataclass(frozen=True, slots=True)
class Filters:
    """Conditions that a caller adds to a reading; `kinds` and `organisation_kinds` exist only here."""

    conditions: Understood = field(default_factory=Understood)
    kinds: tuple[str, ...] = ()
    organisation_kinds: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class AskRequest:
    """What `ask` is given; a given `understood` replaces the reading, `filters` are added to it."""

    question: str
    understood: Understood | None = None
    filters: Filters | None = None
    limit: int = 10
    offset: int = 0
    explain: bool = False
