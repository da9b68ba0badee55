"""People of the network and what each of them has done.

Keys are stable strings. A value that is not known is None, never a guess.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal, get_args

ExpertiseKind = Literal["project", "thesis", "publication", "course", "statement", "programme", "position"]
EXPERTISE_KINDS: tuple[str, ...] = get_args(ExpertiseKind)
WEAK_KINDS: frozenset[str] = frozenset({"thesis", "programme", "position"})
"""Kinds made of a title alone: found after stated expertise, and marked."""

Role = Literal[
    "engineer",
    "planner",
    "manager",
    "researcher",
    "teacher",
    "consultant",
    "policy-maker",
    "responder",
    "community-worker",
]
ROLES: tuple[str, ...] = get_args(Role)

OrganisationKind = Literal["government", "utility", "company", "ngo", "research", "community"]
ORGANISATION_KINDS: tuple[str, ...] = get_args(OrganisationKind)


@dataclass(frozen=True, slots=True)
class Source:
    """Where a record came from: a name that a person recognises and the date (ISO 8601) it was read."""

    name: str
    date: str


@dataclass(frozen=True, slots=True)
class Expertise:
    """One thing that an alumnus has done or knows.

    `key` begins with the alumnus' key and a slash. `city` is a GeoNames id and `country` an
    ISO 3166 alpha-2 code: where it was gained; a city implies its country. Years are inclusive.
    """

    key: str
    text: str
    kind: ExpertiseKind
    source: Source
    language: str | None = None
    city: str | None = None
    country: str | None = None
    since: int | None = None
    until: int | None = None
    role: Role | None = None
    project: str | None = None
    weak: bool = False


@dataclass(frozen=True, slots=True)
class Study:
    """A study programme that the person followed, and the year of graduation."""

    programme: str
    year: int | None = None


@dataclass(frozen=True, slots=True)
class Job:
    """A position held at an organisation; the present one has no `until`."""

    organisation: str
    organisation_kind: OrganisationKind | None = None
    position: str | None = None
    role: Role | None = None
    level: str | None = None
    since: int | None = None
    until: int | None = None
    city: str | None = None


@dataclass(frozen=True, slots=True)
class Spoken:
    """A language (BCP 47) that the person works in, with the level as stated."""

    language: str
    level: str | None = None


@dataclass(frozen=True, slots=True)
class Alumnus:
    """A person who may be found. Contact details are no part of this value: see `graph.contacts`.

    `country` is the origin; `home_city` and `home_country` are where the person lives.
    `confirmed` is the ISO date on which the person or office last confirmed the record.
    """

    key: str
    name: str
    source: Source
    country: str | None = None
    home_city: str | None = None
    home_country: str | None = None
    gender: str | None = None
    open_to: str | None = None
    confirmed: str | None = None
    synthetic: bool = False
    languages: tuple[Spoken, ...] = ()
    studies: tuple[Study, ...] = ()
    jobs: tuple[Job, ...] = ()
    expertises: tuple[Expertise, ...] = field(default=())

    @property
    def present_job(self) -> Job | None:
        """The job without an end, the latest begun first; None where none is known."""
        present = [job for job in self.jobs if job.until is None]
        return max(present, key=lambda job: job.since or 0, default=None)
