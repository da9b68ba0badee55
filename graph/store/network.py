"""The one node that says what this graph is, and how often it has changed."""

from __future__ import annotations

from typing import Literal

from graph.engines.port import Engine, Row, Statement, Write
from graph.errors import WrongInput
from graph.store.elements import maybe_text, row_of, whole_of

NetworkKind = Literal["demo", "own"]

_READ = "MATCH (n:Network {id: 'network'}) RETURN properties(n) AS network"
_SET_KIND = "MERGE (n:Network {id: 'network'}) SET n.kind = $kind"
_ADVANCE = "MERGE (n:Network {id: 'network'}) SET n.generation = coalesce(n.generation, 0) + 1"
_PLACES_WRITTEN = "MERGE (n:Network {id: 'network'}) SET n.places = coalesce(n.generation, 0)"
_SET_LINKER = "MERGE (n:Network {id: 'network'}) SET n.linker = $linker"


class NetworkStore:
    """What this graph is: the made-up network or someone's own, and its generation."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def kind(self) -> NetworkKind | None:
        """ "demo", "own", or None where nothing was loaded yet."""
        kind = self._read().get("kind")
        return "demo" if kind == "demo" else "own" if kind == "own" else None

    def set_kind(self, kind: NetworkKind) -> None:
        """Say what this graph is. Raises `WrongInput` where it is the other kind already."""
        known = self.kind()
        if known is not None and known != kind:
            raise WrongInput(
                f"This graph holds the {known} network, not the {kind} one.",
                "Use a store of its own for each: C2C_STORE=embedded:PATH.",
            )
        self._engine.write(Write(statements=[Statement(_SET_KIND, {"kind": kind})]))

    def generation(self) -> int:
        """How often the graph has changed; 0 where it never did."""
        return whole_of(self._read(), "generation")

    def linker(self) -> str | None:
        """The linker in force, by which every text is to be linked; None where none was stated."""
        return maybe_text(self._read(), "linker")

    def set_linker(self, linker: str) -> None:
        """Put a linker in force: whichever process may link next links anew what another has linked."""
        if self.linker() != linker:
            self._engine.write(Write(statements=[Statement(_SET_LINKER, {"linker": linker})]))

    def places(self) -> int:
        """The generation at which places and vocabulary were last written: an index of an earlier one has the old."""
        return whole_of(self._read(), "places")

    def advance(self) -> int:
        """Count one change, whoever else counts at the same time, and return the new generation."""
        self._engine.write(Write(statements=[Statement(_ADVANCE)]))
        return self.generation()

    def advance_places(self) -> int:
        """Count one change of places or vocabulary, and return the new generation."""
        self._engine.write(Write(statements=[Statement(_ADVANCE), Statement(_PLACES_WRITTEN)]))
        return self.generation()

    def mark(self) -> str:
        """A text that is another one once any process has written to the graph, whatever it wrote and with what."""
        return self._engine.mark()

    def _read(self) -> Row:
        return next((row_of(row, "network") for row in self._engine.read(_READ)), {})
