"""What comes out about cities and their peers."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from api.schemas.answers import NamedWire
from api.schemas.requests import AlternativeWire, Wire


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
    alternatives: list[AlternativeWire] = Field(default_factory=list, description="other cities of the same name")


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
    alternatives: list[AlternativeWire] = Field(default_factory=list, description="other cities of the same name")
