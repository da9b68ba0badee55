"""GET /healthz, /readyz: whether the process lives, and whether it can answer."""

from __future__ import annotations

from fastapi import APIRouter
from pydantic import BaseModel

from api.errors import problems
from api.routes.common import NetworkGiven

router = APIRouter(tags=["health"], responses=problems(403, 503))


class Health(BaseModel):
    """That the process lives."""

    status: str


class Ready(BaseModel):
    """That questions are answered, from which generation of the graph, and about how many people.

    `behind` counts texts that other processes wrote and that are not in the answers yet.
    """

    status: str
    generation: int
    people: int
    behind: int


@router.get("/healthz")
def healthz() -> Health:
    """Say that the process lives."""
    return Health(status="ok")


@router.get("/readyz")
def readyz(network: NetworkGiven) -> Ready:
    """Say that questions can be answered; 503 until they can, and while the graph that they ask of does not answer."""
    told, index = network.standing.told(), network.index
    return Ready(status="ready", generation=index.generation, people=len(index.keys), behind=told.behind)
