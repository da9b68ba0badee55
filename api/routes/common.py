"""What routes share: the network, paging, and the problems that each may answer with."""

from __future__ import annotations

from typing import Annotated

from fastapi import Depends, Path, Query, Request, Response
from pydantic_core import to_json

from api import answer_form
from api.errors import problems
from api.wiring import Network

PROBLEMS = problems(400, 401, 403, 404, 413, 422, 503)


async def network_of(request: Request) -> Network:
    """Return the network that the application answers from; asynchronous, so that it costs no thread."""
    network: Network = request.app.state.network
    return network


def as_made(value: answer_form.Object) -> Response:
    """Return an object of `api.answer_form` as a response: encoded, and not checked once more."""
    return Response(to_json(value), media_type="application/json")


NetworkGiven = Annotated[Network, Depends(network_of)]
CityIdentifier = Annotated[str, Path(description="GeoNames id", examples=["2747891"])]
PersonIdentifier = Annotated[str, Path(description="the person's number", examples=["S-00001"])]
LimitGiven = Annotated[int, Query(ge=1, le=100, description="how many to return")]
OffsetGiven = Annotated[int, Query(ge=0, le=1_000_000, description="how many to pass over")]
