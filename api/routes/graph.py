"""POST /graph/cypher, GET /graph/schema: the graph itself, for researchers."""

from __future__ import annotations

from fastapi import APIRouter, Response

from api import researching
from api import schemas as wire
from api.errors import problems
from api.routes.common import PROBLEMS, NetworkGiven, as_made

router = APIRouter(prefix="/graph", tags=["graph"], responses=PROBLEMS)


@router.post("/cypher", response_model=wire.CypherWire, responses=problems(504))
def cypher(body: wire.Cypher, network: NetworkGiven) -> Response:
    """Run a Cypher query that only reads, within a time limit and caps on rows and bytes.

    What is not allowed is 403 with what is; a query past its time is 504; a cap is `"truncated": true`.
    """
    found = researching.cypher(network, body)
    return as_made(researching.result_fields(found))


@router.get("/schema")
def schema() -> wire.SchemaWire:
    """Return labels, relationship types and properties with their meaning."""
    return researching.schema()
