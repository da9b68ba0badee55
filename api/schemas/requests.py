"""What goes in: questions, readings, filters, texts to link."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, field_validator

from graph.model.people import ExpertiseKind, OrganisationKind

Text = Annotated[str, Field(max_length=2_000)]
Identifier = Annotated[str, Field(min_length=1, max_length=200)]
Name = Annotated[str, Field(max_length=200)]
Year = Annotated[int, Field(ge=1800, le=2200)]


class Wire(BaseModel):
    """Base of all wire forms: unknown fields are an error, names are the contract's."""

    model_config = ConfigDict(extra="forbid", populate_by_name=True)


class AlternativeWire(Wire):
    """Another reading of a place name."""

    id: Name
    name: Name
    country: Name | None = None


class TermWire(Wire):
    """One condition, with the words it was read from; offsets count code points, end exclusive."""

    id: Identifier
    name: Name = ""
    words: Annotated[str, Field(max_length=2_000)] = ""
    start: Annotated[int, Field(ge=0)] | None = None
    end: Annotated[int, Field(ge=0)] | None = None
    negated: bool = False
    as_: Literal["gained_in", "lives_in", "from"] | None = Field(default=None, alias="as")
    country: Name | None = None
    alternatives: Annotated[list[AlternativeWire], Field(max_length=50)] | None = None


MOST_TERMS = 500
"""More than a question of 2,000 characters can name, so that every reading can be sent back."""

MOST_GROUPED = 2_000
"""Terms in all groups of any_of together."""

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
        list[Annotated[list[TermWire], Field(max_length=MOST_TERMS)]],
        Field(default_factory=list, max_length=200, description="at most 2,000 terms in all groups together"),
    ]

    @field_validator("any_of")
    @classmethod
    def _not_too_many(cls, groups: list[list[TermWire]]) -> list[list[TermWire]]:
        grouped = sum(map(len, groups))
        if grouped > MOST_GROUPED:
            raise ValueError(f"{grouped} terms in all groups together, at most {MOST_GROUPED} are read")
        return groups


class UnderstoodWire(Conditions):
    """A question as understood."""

    rest: Text = ""
    not_understood: Annotated[list[Text], Field(default_factory=list, max_length=MOST_TERMS)]


class FiltersWire(Conditions):
    """Conditions added to the reading."""

    kinds: Annotated[list[ExpertiseKind], Field(default_factory=list, max_length=MOST_TERMS)]
    organisation_kinds: Annotated[list[OrganisationKind], Field(default_factory=list, max_length=MOST_TERMS)]


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
