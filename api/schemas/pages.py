"""Which part of a list is asked for, and what the network holds."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from api.schemas.requests import Wire


class Page(Wire):
    """How many to return, and how many to pass over."""

    limit: Annotated[int, Field(ge=1, le=100)] = 10
    offset: Annotated[int, Field(ge=0, le=1_000_000)] = 0


class CitySearch(Page):
    """Cities by a name or its beginning, and by country."""

    search: Annotated[str, Field(max_length=200)] | None = None
    country: Annotated[str, Field(pattern="^[A-Z]{2}$")] | None = None


class TallyWire(Wire):
    """How many people, in all, by country and by programme."""

    total: int
    country: dict[str, int]
    programme: dict[str, int]


class StatusWire(Wire):
    """What the network holds: no names, for whoever is not to be found is only counted."""

    store: str
    people: int
    expertises: int
    generation: int
    embedder: str
    withheld: TallyWire
    withdrawn: int
    not_findable_by_hazard: TallyWire
