"""GET /experts, /experts/{id}."""

from __future__ import annotations

from fastapi import APIRouter

from api import answering, conversion
from api import schemas as wire
from api.routes.common import PROBLEMS, LimitGiven, NetworkGiven, OffsetGiven, PersonIdentifier

router = APIRouter(tags=["people"], responses=PROBLEMS)


@router.get("/experts", response_model_exclude_unset=True)
def experts(network: NetworkGiven, limit: LimitGiven = 10, offset: OffsetGiven = 0) -> wire.People:
    """List the people who may be found, in the order of their numbers."""
    total, found = answering.experts(network, limit, offset)
    return wire.People(total=total, items=[conversion.person_to_wire(expert) for expert in found])


@router.get("/experts/{identifier:path}", response_model_exclude_unset=True)
def expert(identifier: PersonIdentifier, network: NetworkGiven) -> wire.PersonWire:
    """Return one person with all evidence; contact details are in no answer."""
    return conversion.person_to_wire(answering.expert(network, identifier))
