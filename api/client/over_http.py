"""A server's answers over HTTP, its problems raised as the errors that they tell of."""

from __future__ import annotations

from typing import Any, Self, TypeVar
from urllib.parse import quote

import httpx
from pydantic import BaseModel, TypeAdapter, ValidationError

from api import schemas as wire
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

ERRORS: dict[int, type[City2CityError]] = {
    400: WrongInput, 401: Refused, 403: Refused, 404: NotFound, 409: WriteConflict, 413: LimitReached,
    422: WrongInput, 503: Unavailable, 504: LimitReached,
}  # fmt: skip

_Model = TypeVar("_Model", bound=BaseModel)
_LINKED = TypeAdapter(list[wire.LinkedWire])


class OverHTTP:
    """One server. Fields that a newer server adds are passed over."""

    def __init__(self, client: httpx.Client) -> None:
        self._client = client

    @classmethod
    def of_server(cls, address: str, token: str | None, timeout: float) -> Self:
        """The server at an address; raises WrongInput where that is none."""
        headers = {"Authorization": f"Bearer {token}"} if token else {}
        return cls._to(address, headers, timeout)

    @classmethod
    def of_holder(cls, address: str, header: str, token: str) -> Self:
        """The server on this machine that holds the network, by the address and token of its lock file."""
        return cls._to(address, {header: token}, 120.0, trust_env=False)

    @classmethod
    def _to(cls, address: str, headers: dict[str, str], timeout: float, trust_env: bool = True) -> Self:
        try:
            url = httpx.URL(address)
        except (httpx.InvalidURL, TypeError) as error:
            raise WrongInput(f"{address!r} is no address: {error}.", "Give one as https://HOST:PORT.") from error
        if url.scheme not in ("http", "https") or not url.host:
            raise WrongInput(f"{address!r} is no address of a server.", "Give one as https://HOST:PORT.")
        headers = {"Accept": "application/json", **headers}
        return cls(httpx.Client(base_url=url, headers=headers, timeout=timeout, trust_env=trust_env))

    def ask(self, asked: wire.Ask) -> wire.AnswerWire:
        """POST /ask."""
        return self._read(wire.AnswerWire, "POST", "/ask", asked)

    def understand(self, asked: wire.Understand) -> wire.UnderstoodWire:
        """POST /understand."""
        return self._read(wire.UnderstoodWire, "POST", "/understand", asked)

    def link(self, asked: wire.LinkRequest) -> list[wire.LinkedWire]:
        """POST /link."""
        return _LINKED.validate_json(self._body("POST", "/link", asked), extra="ignore")

    def experts(self, page: wire.Page) -> wire.People:
        """GET /experts."""
        return self._read(wire.People, "GET", "/experts", page)

    def expert(self, identifier: str) -> wire.PersonWire:
        """GET /experts/{id}."""
        return self._read(wire.PersonWire, "GET", f"/experts/{quote(identifier, safe='')}")

    def cities(self, asked: wire.CitySearch) -> wire.Cities:
        """GET /cities."""
        return self._read(wire.Cities, "GET", "/cities", asked)

    def city(self, identifier: str) -> wire.CityWire:
        """GET /cities/{id}."""
        return self._read(wire.CityWire, "GET", f"/cities/{quote(identifier, safe='')}")

    def peers(self, identifier: str, limit: int) -> wire.PeersWire:
        """GET /cities/{id}/peers."""
        page = wire.Page(limit=limit)
        return self._read(wire.PeersWire, "GET", f"/cities/{quote(identifier, safe='')}/peers", page)

    def hazards(self, page: wire.Page) -> wire.Hazards:
        """GET /hazards."""
        return self._read(wire.Hazards, "GET", "/hazards", page)

    def measures(self, page: wire.Page) -> wire.Measures:
        """GET /measures."""
        return self._read(wire.Measures, "GET", "/measures", page)

    def cypher(self, asked: wire.Cypher) -> wire.CypherWire:
        """POST /graph/cypher."""
        return self._read(wire.CypherWire, "POST", "/graph/cypher", asked)

    def schema(self) -> wire.SchemaWire:
        """GET /graph/schema."""
        return self._read(wire.SchemaWire, "GET", "/graph/schema")

    def status(self) -> wire.StatusWire:
        """Refused: how many wait for consent is told on the owner's machine alone."""
        raise Refused(
            "What a network holds is told on its owner's machine alone.", "Use City2City.local() there, or c2c status."
        )

    def close(self) -> None:
        """Close the connections."""
        self._client.close()

    def _read(self, kind: type[_Model], method: str, path: str, sent: wire.Wire | None = None) -> _Model:
        body = self._body(method, path, sent)
        try:
            return kind.model_validate_json(body, extra="ignore")
        except ValidationError as error:
            raise Unavailable(
                f"{self._client.base_url}{path} answers in another form: {error.error_count()} fields.",
                "Check the address; use the client of the server's version.",
            ) from error

    def _body(self, method: str, path: str, sent: wire.Wire | None) -> bytes:
        fields = sent.model_dump(mode="json", by_alias=True, exclude_unset=True) if sent is not None else {}
        given = {name: value for name, value in fields.items() if value is not None}
        how: dict[str, Any] = {"params": given} if method == "GET" else {"json": fields}
        try:
            answer = self._client.request(method, path, **how)
        except httpx.TimeoutException as error:
            raise Unavailable(
                f"{self._client.base_url} did not answer within the client's timeout.",
                "Try again, or give the client a longer timeout.",
            ) from error
        except (httpx.HTTPError, RuntimeError) as error:
            raise Unavailable(
                f"{self._client.base_url} cannot be reached: {error}.", "Check the address and that the server runs."
            ) from error
        if answer.is_success:
            return answer.content
        raise _problem(answer)


def _problem(answer: httpx.Response) -> City2CityError:
    try:
        told = wire.Problem.model_validate_json(answer.content, extra="ignore")
    except ValidationError:
        kind = ERRORS.get(answer.status_code, Unavailable)
        return kind(f"{answer.url} answered {answer.status_code}.", "Check that a City2City server is there.")
    position = Position(told.position["line"], told.position["column"]) if told.position else None
    return ERRORS.get(told.status, Unavailable)(told.detail, told.mend, position)
