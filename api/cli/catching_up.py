"""A network that is ready to answer: an index that a killed change left behind is rebuilt first, never used."""

from __future__ import annotations

from typing import TYPE_CHECKING

from api.changing import is_behind, rebuild_index

if TYPE_CHECKING:
    from api.cli.session import Session
    from api.wiring import Network


def ready(session: Session) -> Network:
    """Return the session's network, its index showing the graph.

    Raises HeldByServer where a server answers, GraphBusy while another command is changing the network,
    Unavailable where there is no network yet.
    """
    network = session.network()
    if is_behind(network) and session.shared is None:
        with session.graph() as held, session.terminal.progress() as progress:
            session.terminal.err.print("The index is behind the graph; catching up.")
            rebuild_index(held, progress)
        network = session.network()
    network.require_loaded()
    return network
