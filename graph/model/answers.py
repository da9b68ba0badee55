"""Answers as values; their wire form is `api.schemas`."""

from __future__ import annotations

from dataclasses import dataclass, field

from graph.model.links import Link
from graph.model.people import Study
from graph.model.questions import Alternative, Term, Understood


@dataclass(frozen=True, slots=True)
class Named:
    """An id and the name people know it by."""

    id: str
    name: str


@dataclass(frozen=True, slots=True)
class Evidence:
    """One expertise as shown: what was done, where, when, in which role, from which source."""

    expertise: str
    text: str
    language: str | None
    city: Named | None
    country: str | None
    traits: tuple[Named, ...]
    hazards: tuple[Link, ...]
    measures: tuple[Named, ...]
    since: int | None
    until: int | None
    role: str | None
    kind: str
    project: str | None
    source: str
    weak: bool


@dataclass(frozen=True, slots=True)
class ExplainedPart:
    """One part of a score: its name, value, and weight in the sum."""

    part: str
    value: float
    weight: float


@dataclass(frozen=True, slots=True)
class Expert:
    """A person as shown: home (`country`, `city` as GeoNames id, `city_name`), present work, and evidence.

    `score`, `whole`, `missing`, `reasons` and `explain` belong to one answer.
    """

    id: str
    name: str
    country: str | None
    city: str | None
    position: str | None
    organisation: str | None
    organisation_kind: str | None
    languages: tuple[str, ...]
    studied: tuple[Study, ...]
    confirmed: str | None
    synthetic: bool
    evidence: tuple[Evidence, ...] = ()
    score: float = 0.0
    whole: bool = True
    missing: tuple[str, ...] = ()
    reasons: tuple[str, ...] = ()
    explain: tuple[ExplainedPart, ...] = ()
    city_name: str | None = None


@dataclass(frozen=True, slots=True)
class FacetValue:
    """How many whole people have this value."""

    id: str
    name: str
    count: int


@dataclass(frozen=True, slots=True)
class Relaxation:
    """How many whole people there would be without one condition."""

    drop: Term
    total: int


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A hazard also worth asking for, and why."""

    id: str
    name: str
    why: str


@dataclass(frozen=True, slots=True)
class Answer:
    """The answer to a question: whole people first, `total` of them.

    `facets` are keyed country, region, language, hazard, measure, trait and kind; `took_ms` is in milliseconds.
    `behind` counts texts of the graph that are not in the answer yet; `as_of` is when the answer was last known to
    hold (ISO 8601), None where that is now.
    """

    question: str
    understood: Understood
    total: int
    facets: dict[str, tuple[FacetValue, ...]]
    experts: tuple[Expert, ...]
    relax: tuple[Relaxation, ...] = ()
    also: tuple[Suggestion, ...] = ()
    behind: int = 0
    took_ms: float = 0.0
    as_of: str | None = None


@dataclass(frozen=True, slots=True)
class PersonThere:
    """A person on the ground in a city: how they are joined with it, and why."""

    id: str
    name: str
    position: str | None
    organisation: str | None
    joined: tuple[str, ...]
    why: str


@dataclass(frozen=True, slots=True)
class Peer:
    """A city that shares what the asking city faces, and the people there."""

    id: str
    name: str
    country: str
    score: float
    reasons: tuple[str, ...]
    people_there: int
    people: tuple[PersonThere, ...]


@dataclass(frozen=True, slots=True)
class TraitShown:
    """A trait of a city: yes, no or unknown, and its ground."""

    id: str
    value: str
    ground: str


@dataclass(frozen=True, slots=True)
class ExposureShown:
    """One exposure with its grain: the city's own, its country's, or derived from a trait."""

    hazard: str
    level: str | None
    grain: str
    source: str
    year: int | None


@dataclass(frozen=True, slots=True)
class CityProfile:
    """All that is shown of a city; `alternatives` are the others of the name that it was asked for by."""

    id: str
    name: str
    country: str
    region: str | None
    population: int
    traits: tuple[TraitShown, ...]
    exposure: tuple[ExposureShown, ...]
    people: tuple[PersonThere, ...] = field(default=())
    alternatives: tuple[Alternative, ...] = ()
