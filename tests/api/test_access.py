"""Who may come in: Host names, tokens, size; over a small application of the test's own."""

import base64
from pathlib import Path

import pytest
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse
from starlette.routing import Route
from starlette.testclient import TestClient

from api.access import LARGEST_BODY, Access, Door, door
from api.settings import Settings
from graph.errors import WrongInput

READ, WRITE, LOCK = "made-up-read", "made-up-write", "made-up-lock"


def settings(**given: object) -> Settings:
    return Settings(store="embedded:/nowhere", home=Path("/nowhere"), **given)  # type: ignore[arg-type]


async def _shown(request: Request) -> JSONResponse:
    body = await request.body()
    return JSONResponse({"may_write": request.state.may_write, "bytes": len(body)})


def client(door: Door, host: str = "localhost:8000") -> TestClient:
    app = Starlette(routes=[Route("/", _shown, methods=["GET", "POST"]), Route("/healthz", _shown)])
    app.add_middleware(Access, door=door)
    return TestClient(app, base_url=f"http://{host}")


@pytest.mark.parametrize("host", ["0.0.0.0", "::", "192.0.2.7", "city.example.org"])
def test_any_address_but_loopback_needs_a_token_and_says_how_to_set_it(host: str) -> None:
    with pytest.raises(WrongInput, match="C2C_TOKEN"):
        door(settings(hosts=("city.example.org",)), host)


@pytest.mark.parametrize("host", ["0.0.0.0", "::"])
def test_all_addresses_need_host_names(host: str) -> None:
    with pytest.raises(WrongInput, match="C2C_HOSTS"):
        door(settings(token=WRITE), host)


@pytest.mark.parametrize(
    ("host", "status"),
    [
        ("localhost:8000", 200),
        ("127.0.0.1:8000", 200),
        ("evil.example.org", 403),
        ("127.0.0.1.example.org", 403),
        ("", 403),
    ],
)
def test_on_loopback_only_its_own_names_are_answered(host: str, status: int) -> None:
    answer = client(door(settings(), "127.0.0.1")).get("/", headers={"Host": host})
    assert answer.status_code == status
    if status == 403:
        assert answer.headers["content-type"] == "application/problem+json"


def test_localhost_is_no_name_of_a_server_on_another_address() -> None:
    elsewhere = client(door(settings(token=WRITE), "192.0.2.7"))
    authorization = {"Authorization": f"Bearer {WRITE}"}
    assert elsewhere.get("/", headers=authorization | {"Host": "localhost"}).status_code == 403
    assert elsewhere.get("/", headers=authorization | {"Host": "192.0.2.7:80"}).status_code == 200


def test_a_name_that_was_set_is_answered() -> None:
    named = client(door(settings(token=WRITE, hosts=("city.example.org",)), "0.0.0.0"))
    answer = named.get("/", headers={"Host": "City.Example.org", "Authorization": f"Bearer {WRITE}"})
    assert answer.status_code == 200


def _basic(password: str) -> str:
    return "Basic " + base64.b64encode(f"anyone:{password}".encode()).decode()


@pytest.mark.parametrize(
    ("authorization", "status", "may_write"),
    [
        (f"Bearer {WRITE}", 200, True),
        (f"Bearer {READ}", 200, False),
        (_basic(WRITE), 200, True),
        (_basic(READ), 200, False),
        ("Bearer wrong", 401, None),
        ("Basic !!!", 401, None),
        ("Bearer ", 401, None),
        ("", 401, None),
    ],
)
def test_tokens_as_bearer_or_as_password(authorization: str, status: int, may_write: bool | None) -> None:
    guarded = client(door(settings(token=WRITE, read_token=READ), "127.0.0.1"))
    answer = guarded.get("/", headers={"Authorization": authorization} if authorization else {})
    assert answer.status_code == status
    if status == 200:
        assert answer.json()["may_write"] is may_write
    else:
        assert "Basic" in answer.headers["WWW-Authenticate"]
        assert answer.json()["mend"]


def test_health_is_answered_without_a_token() -> None:
    assert client(door(settings(token=WRITE), "127.0.0.1")).get("/healthz").status_code == 200


def test_the_lock_token_passes_and_a_wrong_one_does_not_help() -> None:
    guarded = client(door(settings(token=WRITE), "127.0.0.1", lock_token=LOCK))
    assert guarded.get("/", headers={"X-City2City-Lock": LOCK}).status_code == 200
    assert guarded.get("/", headers={"X-City2City-Lock": "wrong"}).status_code == 401


def test_a_body_that_is_too_large_is_refused_by_its_stated_and_by_its_real_size() -> None:
    small = client(door(settings(), "127.0.0.1"))
    assert small.post("/", content=b"x" * (LARGEST_BODY + 1)).status_code == 413
    assert small.post("/", content=(b"x" * 100_000 for _ in range(30))).status_code == 413
    assert small.post("/", content=b"x" * 1000).json()["bytes"] == 1000
