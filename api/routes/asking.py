"""POST /ask, /understand, /link."""

from __future__ import annotations

from fastapi import APIRouter, Response

from api import answer_form, answering, conversion
from api import schemas as wire
from api.errors import problems
from api.routes.common import PROBLEMS, NetworkGiven, as_made

router = APIRouter(tags=["ask"], responses=PROBLEMS)


@router.post("/ask", response_model=wire.AnswerWire, responses=problems(504))
async def ask(body: wire.Ask, network: NetworkGiven) -> Response:
    """Ask who has done what, where, and when; whole answers first."""
    # Here, one after the other: an ask is a few milliseconds of work that threads would only take from each other.
    answer = answering.ask(network, conversion.request_from_wire(body))
    return as_made(answer_form.answer(answer, body.explain))


@router.post("/understand", response_model=wire.UnderstoodWire)
def understand(body: wire.Understand, network: NetworkGiven) -> Response:
    """Read a question without answering it."""
    return as_made(answer_form.reading(answering.understand(network, body.question)))


@router.post("/link", response_model_exclude_unset=True)
def link(body: wire.LinkRequest, network: NetworkGiven) -> list[wire.LinkedWire]:
    """Link texts to the hazards they apply to and the measures they used: one object a text, in order."""
    linked = answering.link(network, body.texts, body.all)
    return [conversion.linked_to_wire(text, found) for text, found in zip(body.texts, linked, strict=True)]
