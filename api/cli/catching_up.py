"""A network that is ready to answer: an index that a killed change left behind is rebuilt first, never used."""

from __future__ import annotations

from typing import TYPE_CHECKING

from api.changing import changer, is_behind, rebuild_index
from api.lock import busy

if TYPE_CHECKING:
    from api.cli.session import Session
    from api.wiring import Network


def ready(session: Session) -> Network:
    """Return the session's network, its index showing the graph as it is, or as it was before a change under way.

    Raises HeldByServer where a server answers, GraphBusy where another command is making the network or holds one
    that is to catch up, Unavailable where there is no network yet, or where a Neo4j does not answer.
    """
    network = session.network()
    if session.shared is None and not session.settings.embedded:
        from api.following import bring_up_to_date

        with session.terminal.progress() as progress:
            bring_up_to_date(network, lambda done, total: progress("Catching up with the graph", done, total))
        return network
    other = changer(network)
    if other is not None and not network.index_directory.exists():
        raise busy(other)
    if session.shared is None and other is None and is_behind(network):
        with session.graph() as held, session.terminal.progress() as progress:
            session.terminal.err.print("The index is behind the graph; catching up.")
            rebuild_index(held, progress)
        network = session.network()
    network.require_loaded()
    return network
