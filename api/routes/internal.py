"""The one internal route: a command of this machine's owner, who proves it by the token in the lock file."""

from __future__ import annotations

from fastapi import APIRouter, HTTPException, Request
from fastapi.responses import StreamingResponse

from api.cli.forwarding import ROUTE, ForwardedCommand, run_forwarded
from api.routes.common import NetworkGiven

router = APIRouter(include_in_schema=False)


@router.post(ROUTE)
def command(body: ForwardedCommand, request: Request, network: NetworkGiven) -> StreamingResponse:
    """Run a forwarded command and stream what it prints."""
    if not getattr(request.state, "holds_lock", False):
        raise HTTPException(403, "This address belongs to the owner's own commands.")
    return StreamingResponse(run_forwarded(body, network), media_type="application/x-ndjson")
