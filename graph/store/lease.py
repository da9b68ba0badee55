"""A right that one process at a time has, kept in the graph, which runs out when its holder is gone."""

from __future__ import annotations

from graph.engines.port import Engine, Statement, Write

SECONDS = 30.0
"""How long a lease lasts unless it is renewed: a killed holder's is free after this."""

# The first SET takes the node's lock, so what is read behind it is what the last holder left.
_TAKE = (
    "MERGE (l:Lease {id: $id}) SET l.asked = $holder WITH l "
    "WHERE l.holder IS NULL OR l.holder = $holder OR l.until <= timestamp() "
    "SET l.holder = $holder, l.until = timestamp() + $milliseconds"
)
_HELD = "MATCH (l:Lease {id: $id}) WHERE l.holder = $holder AND l.until > timestamp() RETURN l.holder AS holder"
_RELEASE = "MATCH (l:Lease {id: $id}) WHERE l.holder = $holder REMOVE l.holder, l.until, l.asked"


class Lease:
    """The lease of this name, as one holder sees it. Time is the server's alone: holders' clocks may differ."""

    def __init__(self, engine: Engine, name: str, holder: str, seconds: float = SECONDS) -> None:
        self._engine = engine
        self._who = {"id": name, "holder": holder}
        self._milliseconds = round(seconds * 1000)

    def take(self) -> bool:
        """Take or renew it; False where another holder's has not run out."""
        self._engine.write(Write(statements=[Statement(_TAKE, self._who | {"milliseconds": self._milliseconds})]))
        return self.held()

    def held(self) -> bool:
        """True while it is this holder's and has not run out."""
        return bool(self._engine.read(_HELD, self._who))

    def release(self) -> None:
        """Give it back, if it is still this holder's."""
        self._engine.write(Write(statements=[Statement(_RELEASE, self._who)]))
