"""The wire form of the contract: what goes in and out, over HTTP and as `--json`, apart from the domain's values."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, JsonValue

from graph.model.people import ExpertiseKind, OrganisationKind

Text = Annotated[str, Field(max_length=2_000)]
Identifier = Annotated[str, Field(min_length=1, max_length=5_000)]
"""A group of which one suffices has the ids of all its members as its own."""
Year = Annotated[int, Field(ge=1800, le=2200)]


class Wire(BaseModel):
    """Base of all wire forms: unknown fields are an error, names are the contract's."""

    model_config = ConfigDict(extra="forbid", populate_by_name=True)


class AlternativeWire(Wire):
    """Another reading of a place name."""

    id: str
    name: str
    country: str | None = None


class TermWire(Wire):
    """One condition, with the words it was read from; offsets count code points, end exclusive."""

    id: Identifier
    name: Annotated[str, Field(max_length=20_000)] = ""
    words: Annotated[str, Field(max_length=2_000)] = ""
    start: Annotated[int, Field(ge=0)] | None = None
    end: Annotated[int, Field(ge=0)] | None = None
    negated: bool = False
    as_: Literal["gained_in", "lives_in", "from"] | None = Field(default=None, alias="as")
    country: str | None = None
    alternatives: list[AlternativeWire] | None = None


MOST_TERMS = 500
"""More than a question of 2,000 characters can name, so that every reading can be sent back."""

Terms = Annotated[list[TermWire], Field(default_factory=list, max_length=MOST_TERMS)]


class YearsWire(Wire):
    """Inclusive bounds; either may be null."""

    since: Year | None = None
    until: Year | None = None


class Conditions(Wire):
    """The slots that a reading and filters share."""

    hazards: Terms
    measures: Terms
    traits: Terms
    cities: Terms
    countries: Terms
    regions: Terms
    languages: Terms
    roles: Terms
    years: YearsWire = Field(default_factory=YearsWire)
    like: Terms
    any_of: Annotated[
        list[Annotated[list[TermWire], Field(max_length=MOST_TERMS)]], Field(default_factory=list, max_length=200)
    ]


class UnderstoodWire(Conditions):
    """A question as understood."""

    rest: Text = ""
    not_understood: Annotated[list[Text], Field(default_factory=list, max_length=MOST_TERMS)]


class FiltersWire(Conditions):
    """Conditions added to the reading."""

    kinds: Annotated[list[ExpertiseKind], Field(default_factory=list)]
    organisation_kinds: Annotated[list[OrganisationKind], Field(default_factory=list)]


class Ask(Wire):
    """A question to the network."""

    model_config = ConfigDict(
        extra="forbid",
        json_schema_extra={"examples": [{"question": "who has handled coastal flooding in a delta city", "limit": 3}]},
    )
    question: Text
    understood: UnderstoodWire | None = None
    filters: FiltersWire | None = None
    limit: Annotated[int, Field(ge=1, le=100)] = 10
    offset: Annotated[int, Field(ge=0, le=100_000)] = 0
    explain: bool = False


class Understand(Wire):
    """A question to read, without an answer."""

    model_config = ConfigDict(
        extra="forbid",
        json_schema_extra={"examples": [{"question": "drought experts in East Africa who speak French, since 2015"}]},
    )
    question: Text


class LinkRequest(Wire):
    """Texts to link to hazards and measures."""

    model_config = ConfigDict(
        extra="forbid",
        json_schema_extra={"examples": [{"texts": ["Raised the ring dike and planted mangroves in front of it."]}]},
    )
    texts: Annotated[list[Annotated[str, Field(max_length=20_000)]], Field(min_length=1, max_length=1_000)]
    all: bool = False


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


class RelaxWire(Wire):
    """How many whole people there would be without one condition."""

    drop: TermWire
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
    behind: int
    took_ms: float


class TraitWire(Wire):
    """A trait of a city: yes, no or unknown, with its ground."""

    id: str
    value: Literal["yes", "no", "unknown"]
    ground: str


class ExposureWire(Wire):
    """An exposure and how coarse that knowledge is."""

    hazard: str
    level: str | None
    grain: Literal["city", "country", "derived"]
    source: str
    year: int | None


class PersonThereWire(Wire):
    """A person on the ground."""

    id: str
    name: str
    as_: list[str] = Field(alias="as")
    why: str


class CityWire(Wire):
    """All that is shown of a city."""

    id: str
    name: str
    country: str
    region: str | None
    population: int
    traits: list[TraitWire]
    exposure: list[ExposureWire]
    people: list[PersonThereWire]


class PeerPersonWire(Wire):
    """A person in a peer city."""

    id: str
    name: str
    position: str | None
    organisation: str | None
    why: str


class PeerWire(Wire):
    """A peer city with its reasons and its people."""

    id: str
    name: str
    country: str
    score: float
    reasons: list[str]
    people_there: int
    people: list[PeerPersonWire]


class PeersWire(Wire):
    """Peers of a city, best first."""

    city: NamedWire
    peers: list[PeerWire]


class CityItem(Wire):
    """A city in a list."""

    id: str
    name: str
    country: str
    population: int


class HazardItem(Wire):
    """A hazard in a list."""

    id: str
    name: str
    code: str | None
    definition: str
    kind_of: list[str]
    causes: list[str]


class MeasureItem(Wire):
    """A measure in a list."""

    id: str
    name: str
    kind: str
    definition: str
    reduces: list[str]


class People(Wire):
    """A page of people."""

    total: int
    items: list[PersonWire]


class Cities(Wire):
    """A page of cities."""

    total: int
    items: list[CityItem]


class Hazards(Wire):
    """A page of hazards."""

    total: int
    items: list[HazardItem]


class Measures(Wire):
    """A page of measures."""

    total: int
    items: list[MeasureItem]


class Problem(BaseModel):
    """A problem (RFC 9457) with what the caller can do."""

    type: str
    title: str
    status: int
    detail: str
    mend: str
