"""GET /cities, /cities/{id}, /cities/{id}/peers."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query

from api import answering, conversion
from api import schemas as wire
from api.routes.common import PROBLEMS, CityIdentifier, LimitGiven, NetworkGiven, OffsetGiven

router = APIRouter(tags=["cities"], responses=PROBLEMS)


@router.get("/cities", response_model_exclude_unset=True)
def cities(
    network: NetworkGiven,
    search: Annotated[
        str | None, Query(max_length=200, description="a name in any script, or a part of one", examples=["Cần Thơ"])
    ] = None,
    country: Annotated[str | None, Query(pattern="^[A-Z]{2}$", description="ISO 3166 alpha-2", examples=["VN"])] = None,
    limit: LimitGiven = 10,
    offset: OffsetGiven = 0,
) -> wire.Cities:
    """List cities, the largest first."""
    total, found = answering.cities(network, limit, offset, search, country)
    return wire.Cities(total=total, items=[conversion.city_item(city) for city in found])


@router.get("/cities/{identifier}", response_model_exclude_unset=True)
def city(identifier: CityIdentifier, network: NetworkGiven) -> wire.CityWire:
    """Return a city: traits with their ground, exposure with its grain, people on the ground."""
    return conversion.city_to_wire(answering.profile(network, answering.city_by_id(network, identifier)))


@router.get("/cities/{identifier}/peers", response_model_exclude_unset=True)
def peers(identifier: CityIdentifier, network: NetworkGiven, limit: LimitGiven = 10) -> wire.PeersWire:
    """Return the cities that share most with this one, and why."""
    return conversion.peers_to_wire(*answering.peers(network, answering.city_by_id(network, identifier), limit))
