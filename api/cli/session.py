"""What one command works with: settings, a terminal, and the network, opened when first needed."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from api.lock import Holder, busy, hold, holder
from api.settings import Settings

if TYPE_CHECKING:
    import typer

    from api.cli.terminal import ProgressCallback, Terminal
    from api.wiring import Network


class HeldByServer(Exception):
    """A running server holds the network: the command is to go through it."""

    def __init__(self, server: Holder) -> None:
        super().__init__(server.address)
        self.server = server


@dataclass
class Session:
    """One command's surroundings. `shared` is the network of the server in whose process the command runs."""

    settings: Settings
    terminal: Terminal
    command: str
    shared: Network | None = None
    _open: ExitStack = field(default_factory=ExitStack)

    def network(self) -> Network:
        """Return the network for reading what lies beside the graph: index, contacts, imports.

        Raises HeldByServer where a running server answers instead.
        """
        if self.shared is not None:
            return self.shared
        from api.wiring import Network

        if self.settings.embedded:
            other = holder(self.settings.home)
            if other is not None and other.serves:
                raise HeldByServer(other)
        return self._open.enter_context(Network(self.settings))

    @contextmanager
    def graph(self, make: bool = False) -> Iterator[Network]:
        """Open the network with its graph, held by this process while the block runs; `make` begins one.

        Raises HeldByServer where a running server answers instead, GraphBusy where another command holds it,
        Unavailable where there is none and none is to be made.
        """
        if self.shared is not None:
            yield self.shared
            return
        from api.changing import require_begun
        from api.wiring import Network

        if not make:
            require_begun(Network(self.settings))
        if not self.settings.embedded:
            with Network(self.settings) as network:
                yield network
            return
        other = holder(self.settings.home)
        if other is not None:
            raise HeldByServer(other) if other.serves else busy(other)
        with hold(self.settings.home, self.command), Network(self.settings) as network:
            yield network

    @contextmanager
    def changing(self, make: bool = False) -> Iterator[tuple[Network, ProgressCallback]]:
        """Open the graph for a change that takes long, with progress; it waits for a server that is away, and says so.

        Raises what `graph` raises, and Unavailable where the server stays away.
        """
        from graph.engines.patience import waiting_for_the_graph

        with self.graph(make) as network, self.terminal.progress() as progress, waiting_for_the_graph(progress):
            yield network, progress

    def close(self) -> None:
        """Release whatever the command opened."""
        self._open.close()


def session_of(context: typer.Context) -> Session:
    """Return the session that a command was given."""
    session = context.find_object(Session)
    assert session is not None
    return session
