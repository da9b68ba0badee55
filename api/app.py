"""The HTTP application over one network."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from importlib.metadata import version

from fastapi import FastAPI

from api import errors
from api.access import Access, Door
from api.routes import asking, cities, graph, health, internal, people, vocabulary
from api.wiring import Network

DESCRIPTION = """Ask a network of cities and water professionals who has done what, where, and when.

Every error is `application/problem+json` and says in `mend` what to do."""


def create_app(network: Network, door: Door) -> FastAPI:
    """Return the application that answers from `network` to whoever passes `door`."""
    app = FastAPI(
        title="City2City",
        version=version("city2city"),
        description=DESCRIPTION,
        license_info={"name": "Apache-2.0"},
        lifespan=_lifespan(network),
        docs_url=None,
        redoc_url=None,
    )
    app.state.network = network
    for routes in (asking, people, cities, vocabulary, graph, health, internal):
        app.include_router(routes.router)
    from api.web import pages

    pages.register(app)
    errors.register(app)
    app.add_middleware(Access, door=door)
    return app


def _lifespan(network: Network) -> Callable[[FastAPI], AbstractAsyncContextManager[None]]:
    @asynccontextmanager
    async def lifespan(_app: FastAPI) -> AsyncIterator[None]:
        from api.following import following

        with following(network):
            yield

    return lifespan
