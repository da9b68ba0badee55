"""What comes out about people: links, evidence, experts, the answer to a question."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field, JsonValue

from api.schemas.requests import TermWire, UnderstoodWire, Wire


class NamedWire(Wire):
    """An id and its name."""

    id: str
    name: str


class LinkWire(Wire):
    """A link to a hazard: score and the words that show it."""

    id: str
    score: float
    words: list[str]


class LinkedWire(Wire):
    """What one text was linked to, best first; `id` is passed through as it is where the input had one."""

    id: JsonValue = None
    text: str
    language: str | None
    hazards: list[LinkWire]
    measures: list[LinkWire]


class StudyWire(Wire):
    """A study programme and the year of graduation."""

    programme: str
    year: int | None


class EvidenceWire(Wire):
    """One expertise as evidence."""

    expertise: str
    text: str
    language: str | None
    city: NamedWire | None
    country: str | None
    traits: list[NamedWire]
    hazards: list[LinkWire]
    measures: list[NamedWire]
    since: int | None
    until: int | None
    role: str | None
    kind: str
    project: str | None
    source: str
    weak: bool


class ExplainWire(Wire):
    """One part of a score."""

    part: str
    value: float
    weight: float


class PersonWire(Wire):
    """A person, with evidence; contact details are no part of any answer."""

    id: str
    name: str
    country: str | None
    city: str | None
    city_name: str | None
    position: str | None
    organisation: str | None
    organisation_kind: str | None
    languages: list[str]
    studied: list[StudyWire]
    confirmed: str | None
    synthetic: bool
    evidence: list[EvidenceWire]


class ExpertWire(PersonWire):
    """A person found, with why and how sure."""

    score: Annotated[float, Field(ge=0, le=1)]
    whole: bool
    missing: list[str]
    reasons: list[str]
    explain: list[ExplainWire] | None = None


class FacetWire(NamedWire):
    """How many whole people have a value."""

    count: int


class DroppedWire(TermWire):
    """A condition that could be dropped; a group of which one suffices has the ids and names of all its members."""

    id: str
    name: str


class RelaxWire(Wire):
    """How many whole people there would be without one condition."""

    drop: DroppedWire
    total: int


class AlsoWire(NamedWire):
    """A hazard also worth asking for."""

    why: str


class AnswerWire(Wire):
    """The answer to a question; whole people first, `total` of them."""

    question: str
    understood: UnderstoodWire
    total: int
    facets: dict[str, list[FacetWire]]
    experts: list[ExpertWire]
    relax: list[RelaxWire]
    also: list[AlsoWire]
    behind: Annotated[int, Field(ge=0, description="texts that others wrote and that are not in the answer yet")]
    as_of: Annotated[
        str | None, Field(description="where the graph may not answer: when this was last known to hold")
    ] = None
    took_ms: float
