"""`c2c serve`: the network over HTTP, with its pages."""

from __future__ import annotations

import math
import socket
from typing import TYPE_CHECKING, Annotated

import typer

from api.cli.session import Session, session_of
from graph.errors import Unavailable

if TYPE_CHECKING:
    from api.lock import Holder
    from api.wiring import Network


def serve(
    context: typer.Context,
    host: Annotated[str, typer.Option(help="address to listen on; any but loopback needs C2C_TOKEN")] = "127.0.0.1",
    port: Annotated[int, typer.Option(min=0, max=65535, help="port; 0 takes a free one")] = 8000,
) -> int:
    """Answer over HTTP and show the pages, until stopped with Ctrl-C.

    Example: c2c serve --port 8080
    """
    from contextlib import nullcontext

    from api.access import door
    from api.lock import busy, hold, holder
    from api.wiring import Network

    session = session_of(context)
    settings = session.settings
    door(settings, host)
    other = holder(settings.home) if settings.embedded else None
    if other is not None:
        raise busy(other)
    with _listening(host, port) as listener:
        shown = f"[{host}]" if ":" in host else host
        address = f"http://{shown}:{listener.getsockname()[1]}"
        reached = address.replace("//0.0.0.0", "//127.0.0.1").replace("//[::]", "//[::1]")
        holding = hold(settings.home, "c2c serve", reached) if settings.embedded else nullcontext(None)
        with holding as mine, Network(settings) as network:
            _warm_up(session, network)
            session.terminal.out.print(f"City2City answers at {address}  (stop with Ctrl-C)", highlight=False)
            _run(network, host, listener, mine)
    return 0


def _listening(host: str, port: int) -> socket.socket:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    listener = socket.socket(family, socket.SOCK_STREAM)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind((host, port))
        listener.listen(512)
    except OSError as error:
        listener.close()
        raise Unavailable(
            f"{host}:{port} cannot be listened on: {error.strerror}.", "Choose another --port."
        ) from error
    return listener


def _warm_up(session: Session, network: Network) -> None:
    """Open all that a first question needs; the engine in the main thread, where its Java runtime must start."""
    from api import answering
    from api.changing import is_behind, rebuild_index
    from api.following import bring_up_to_date
    from graph.model.questions import AskRequest

    if session.settings.embedded:
        network.require_loaded()
    network.engine.read("RETURN 1 AS one")
    with session.terminal.progress() as progress:
        if not session.settings.embedded:
            bring_up_to_date(network, lambda done, total: progress("Catching up with the graph", done, total))
        elif is_behind(network):
            rebuild_index(network, progress)
    # What has to be read from disk first may take its time.
    answering.ask(network, AskRequest("who has handled coastal flooding in a delta city"), seconds=math.inf)


def _run(network: Network, host: str, listener: socket.socket, holder: Holder | None) -> None:
    import uvicorn

    from api.access import door
    from api.app import create_app

    app = create_app(network, door(network.settings, host, holder.token if holder else None))
    config = uvicorn.Config(app, log_level="warning", access_log=False, server_header=False)
    uvicorn.Server(config).run(sockets=[listener])


def register(app: typer.Typer) -> None:
    """Add these commands."""
    app.command()(serve)
