"""Who may come in: the Host that a request names, the token that it carries, and the size of its body."""

from __future__ import annotations

import base64
import binascii
import secrets
from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from starlette.exceptions import HTTPException
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from api.errors import problem
from api.lock import TOKEN_HEADER
from graph.errors import WrongInput

if TYPE_CHECKING:
    from api.settings import Settings

LOOPBACK = frozenset({"127.0.0.1", "::1", "localhost"})
ALL_ADDRESSES = frozenset({"0.0.0.0", "::", ""})
LARGEST_BODY = 2_000_000
OPEN_PATHS = frozenset({"/healthz", "/readyz"})


@dataclass(frozen=True, slots=True)
class Door:
    """Where the server listens and what it asks of those who come: allowed Host names, tokens, the lock's token."""

    hosts: frozenset[str]
    token: str | None = None
    read_token: str | None = None
    lock_token: str | None = None


def door(settings: Settings, host: str, lock_token: str | None = None) -> Door:
    """Return the door of a server that listens on `host`.

    Raises WrongInput where the address asks for a token or for host names and none is set.
    """
    if host not in LOOPBACK and settings.token is None:
        raise WrongInput(
            f"Listening on {host} lets others in, and no token is set.",
            "Set C2C_TOKEN to a long random text, or listen on 127.0.0.1.",
        )
    if host in ALL_ADDRESSES and not settings.hosts:
        raise WrongInput(
            f"Listening on {host} needs the names under which the server is called.",
            "Set C2C_HOSTS to them, separated by commas.",
        )
    own = {"localhost", host} if host in LOOPBACK else {host} - ALL_ADDRESSES
    return Door(frozenset(own | set(settings.hosts)), settings.token, settings.read_token, lock_token)


class Access:
    """ASGI middleware that turns away what may not come in, before any route sees it."""

    def __init__(self, app: ASGIApp, door: Door) -> None:
        self.app = app
        self.door = door

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Let a request through, or answer it with a problem."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        headers = {name.decode("latin-1"): value.decode("latin-1") for name, value in scope["headers"]}
        refused = self._refusal(scope["path"], headers, scope.setdefault("state", {}))
        if refused is not None:
            status, detail, extra = refused
            await problem(status, detail, headers=extra)(scope, receive, send)
            return
        await self.app(scope, _limited(receive), send)

    def _refusal(
        self, path: str, headers: dict[str, str], state: dict[str, object]
    ) -> tuple[int, str, dict[str, str]] | None:
        length = headers.get("content-length", "0")
        if length.isdecimal() and int(length) > LARGEST_BODY:
            return 413, f"The request has {length} bytes; {LARGEST_BODY} are allowed.", {}
        given = headers.get(TOKEN_HEADER.lower())
        if given is not None and self.door.lock_token is not None and _same(given, [self.door.lock_token]):
            state["may_write"] = state["holds_lock"] = True
            return None
        host = _host_name(headers.get("host", ""))
        if host not in self.door.hosts:
            return 403, f"This server is not called {host!r}.", {}
        return self._without_token(path, headers.get("authorization", ""), state)

    def _without_token(
        self, path: str, authorization: str, state: dict[str, object]
    ) -> tuple[int, str, dict[str, str]] | None:
        state["may_write"] = self.door.token is None or _same(_token(authorization), [self.door.token])
        allowed = [token for token in (self.door.token, self.door.read_token) if token is not None]
        if not allowed or path in OPEN_PATHS or _same(_token(authorization), allowed):
            return None
        return 401, "A token is needed.", {"WWW-Authenticate": 'Basic realm="City2City", charset="UTF-8"'}


def _same(given: str | None, allowed: Iterable[str]) -> bool:
    # Every token is compared, in constant time, so that the time taken tells nothing.
    results = [secrets.compare_digest((given or "").encode(), token.encode()) for token in allowed]
    return any(results)


def _token(authorization: str) -> str | None:
    scheme, _, value = authorization.partition(" ")
    if scheme.lower() == "bearer":
        return value.strip()
    if scheme.lower() == "basic":
        try:
            return base64.b64decode(value, validate=True).decode("utf-8").partition(":")[2]
        except (binascii.Error, UnicodeDecodeError):
            return None
    return None


def _host_name(header: str) -> str:
    try:
        return (urlsplit(f"//{header}").hostname or "").lower()
    except ValueError:
        return ""


def _limited(receive: Receive) -> Receive:
    received = 0

    async def counted() -> Message:
        nonlocal received
        message = await receive()
        received += len(message.get("body", b""))
        if received > LARGEST_BODY:
            raise HTTPException(413, f"The request has more than the {LARGEST_BODY} bytes allowed.")
        return message

    return counted
