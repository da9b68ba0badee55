"""Places: M49 regions, countries, cities, their traits and what they are exposed to."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, get_args

TraitId = Literal[
    "delta",
    "coastal",
    "estuary",
    "riverside",
    "island",
    "small-island-state",
    "mountain",
    "arid",
    "megacity",
    "secondary-city",
    "capital",
]
TRAITS: tuple[str, ...] = get_args(TraitId)
TRAITS_WITH_DATA: frozenset[str] = frozenset(
    {"delta", "coastal", "island", "small-island-state", "megacity", "secondary-city", "capital"}
)
"""Traits that cities carry today; the others are read in a question and answered "not known yet"."""

Grain = Literal["city", "country", "derived"]


@dataclass(frozen=True, slots=True)
class Region:
    """A United Nations M49 region: a three-digit code, its name, and the region it lies in."""

    code: str
    name: str
    within: str | None = None


@dataclass(frozen=True, slots=True)
class Country:
    """A country: ISO 3166 alpha-2 code, English name, M49 code of its innermost region."""

    code: str
    name: str
    region: str | None


@dataclass(frozen=True, slots=True)
class Trait:
    """A property of cities that people ask by, and the rule by which cities come by it.

    `complete` is true where a city without it is known to lack it; else such a city is unknown.
    """

    id: str
    name: str
    rule: str
    complete: bool


@dataclass(frozen=True, slots=True)
class CityTrait:
    """Whether a city has a trait, and the ground of that: `value` False is a known no; unknown is no record."""

    trait: str
    value: bool
    ground: str


@dataclass(frozen=True, slots=True)
class Exposure:
    """How strongly a place is exposed to a hazard, and how coarse that knowledge is.

    `level` is one of high, medium, low, very low, or None where a trait alone says so (grain derived).
    """

    hazard: str
    level: str | None
    grain: Grain
    source: str
    year: int | None


@dataclass(frozen=True, slots=True)
class City:
    """A GeoNames place; `district_of` names the city (id) that a district belongs to."""

    id: str
    name: str
    country: str
    population: int
    latitude: float
    longitude: float
    names: tuple[str, ...] = ()
    traits: tuple[CityTrait, ...] = ()
    exposure: tuple[Exposure, ...] = ()
    district_of: str | None = None
