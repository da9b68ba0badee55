"""GET /experts, /experts/{id}."""

from __future__ import annotations

from fastapi import APIRouter, Response

from api import answer_form, answering
from api import schemas as wire
from api.routes.common import PROBLEMS, LimitGiven, NetworkGiven, OffsetGiven, PersonIdentifier, as_made

router = APIRouter(tags=["people"], responses=PROBLEMS)


@router.get("/experts", response_model=wire.People)
def experts(network: NetworkGiven, limit: LimitGiven = 10, offset: OffsetGiven = 0) -> Response:
    """List the people who may be found, in the order of their numbers."""
    total, found = answering.experts(network, limit, offset)
    return as_made({"total": total, "items": [answer_form.person(expert) for expert in found]})


@router.get("/experts/{identifier:path}", response_model=wire.PersonWire)
def expert(identifier: PersonIdentifier, network: NetworkGiven) -> Response:
    """Return one person with all evidence; contact details are in no answer."""
    return as_made(answer_form.person(answering.expert(network, identifier)))
