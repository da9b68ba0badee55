"""Errors over HTTP: `application/problem+json` (RFC 9457) with what the caller can do."""

from __future__ import annotations

from http import HTTPStatus
from typing import Any

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse, Response
from starlette.exceptions import HTTPException

from api.forms import faults_told
from api.schemas import Problem
from graph.errors import (
    City2CityError,
    LimitReached,
    NotFound,
    Position,
    Refused,
    Unavailable,
    WriteConflict,
    WrongInput,
)

PROBLEM_TYPE = "application/problem+json"
RETRY_AFTER_SECONDS = 5

STATUS: tuple[tuple[type[City2CityError], int], ...] = (
    (NotFound, 404),
    (WrongInput, 400),
    (Refused, 403),
    (WriteConflict, 409),
    (LimitReached, 504),
    (Unavailable, 503),
)

MEND = {
    401: "Send the token as Authorization: Bearer TOKEN, or in a browser as the password.",
    403: "Use an address or a token that is allowed.",
    404: "Look at /docs for what there is.",
    405: "Look at /docs for the methods of this address.",
    413: "Send less at a time.",
}


def problem(
    status: int,
    detail: str,
    mend: str = "",
    headers: dict[str, str] | None = None,
    position: Position | None = None,
) -> JSONResponse:
    """Return a problem as a response."""
    headers = _retry_after(status) | (headers or {})
    body = Problem(
        type="about:blank",
        title=HTTPStatus(status).phrase,
        status=status,
        detail=detail,
        mend=mend or MEND.get(status, "Look at /docs for what is expected."),
        position=position._asdict() if position else None,
    )
    return JSONResponse(
        body.model_dump(exclude_none=True), status_code=status, headers=headers, media_type=PROBLEM_TYPE
    )


def problems(*statuses: int) -> dict[int | str, dict[str, Any]]:
    """Return the OpenAPI description of the problems that a route can answer with."""
    schema = Problem.model_json_schema()
    return {
        status: {"description": HTTPStatus(status).phrase, "content": {PROBLEM_TYPE: {"schema": schema}}}
        for status in statuses
    }


def status_of(error: City2CityError) -> int:
    """Return the HTTP status that an error of the product means."""
    return next((status for kind, status in STATUS if isinstance(error, kind)), 500)


def register(app: FastAPI) -> None:
    """Answer every error as a problem."""

    @app.exception_handler(City2CityError)
    def product_error(request: Request, error: City2CityError) -> Response:
        return _page_or_problem(request, status_of(error), error.detail, error.mend, position=error.position)

    @app.exception_handler(HTTPException)
    def http_error(request: Request, error: HTTPException) -> Response:
        return _page_or_problem(request, error.status_code, str(error.detail), headers=dict(error.headers or {}))

    @app.exception_handler(Exception)
    def fault(request: Request, _error: Exception) -> Response:
        mend = "Tell whoever runs this server; its log has the details."
        return _page_or_problem(request, 500, "Something went wrong here.", mend)

    @app.exception_handler(RequestValidationError)
    def form_error(request: Request, error: RequestValidationError) -> Response:
        faults = error.errors()
        if any(fault["type"] == "json_invalid" for fault in faults):
            return problem(400, "The body is not JSON.", "Send a JSON object with Content-Type: application/json.")
        told = faults_told(faults)
        return _page_or_problem(request, 422, told, "Mend the named fields; /docs shows the form with examples.")


def _page_or_problem(
    request: Request,
    status: int,
    detail: str,
    mend: str = "",
    headers: dict[str, str] | None = None,
    position: Position | None = None,
) -> Response:
    from api.web.pages import error_page, wants_page

    if wants_page(request):
        page = error_page(request, status, detail, mend or MEND.get(status, ""))
        page.headers.update(_retry_after(status))
        return page
    return problem(status, detail, mend, headers, position)


def _retry_after(status: int) -> dict[str, str]:
    return {"Retry-After": str(RETRY_AFTER_SECONDS)} if status == 503 else {}
