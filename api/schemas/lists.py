"""Pages of people, cities, hazards and measures."""

from __future__ import annotations

from api.schemas.answers import PersonWire
from api.schemas.requests import Wire


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
