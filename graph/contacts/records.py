"""What the contacts store holds, as values."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

ConsentState = Literal["given", "withdrawn", "missing"]


@dataclass(frozen=True, slots=True)
class Tally:
    """How many people of a country (ISO code) and a programme; None where that is not known."""

    country: str | None
    programme: str | None
    count: int


@dataclass(frozen=True, slots=True)
class ContactDetails:
    """Contact details of a person by column name (email, telephone, address), and the file they came from."""

    key: str
    details: Mapping[str, str]
    source: str


@dataclass(frozen=True, slots=True)
class ConsentEvent:
    """One change of consent: when it was recorded, what, on which ground of which date, by whom, from which file."""

    key: str
    when: str
    what: Literal["given", "withdrawn"]
    ground: str | None
    date: str | None
    who: str
    source: str | None = None


@dataclass(frozen=True, slots=True)
class Consent:
    """The state of a person's consent, and every change of it, the first one first."""

    key: str
    state: ConsentState
    history: tuple[ConsentEvent, ...] = ()


@dataclass(frozen=True, slots=True)
class WithheldPerson:
    """A person whose consent is missing: the rows as they stood in the file, by our column names."""

    key: str
    source: str
    country: str | None
    programme: str | None
    rows: tuple[Mapping[str, object], ...]


@dataclass(frozen=True, slots=True)
class Access:
    """That somebody was given a person's contact details: who, when and what for."""

    when: str
    who: str
    purpose: str


@dataclass(frozen=True, slots=True)
class Held:
    """All that the store holds of one person."""

    key: str
    consent: Consent
    contact: Mapping[str, str] = field(default_factory=dict)
    withheld: tuple[Mapping[str, object], ...] = ()
    accesses: tuple[Access, ...] = ()
