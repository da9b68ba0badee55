"""The one node that says what this graph is, and how often it has changed."""

from __future__ import annotations

from typing import Literal

from graph.engines.port import Engine, Statement, Write
from graph.errors import WrongInput
from graph.schema import SCHEMA_VERSION

NetworkKind = Literal["demo", "own"]

_READ = "MATCH (n:Network {id: 'network'}) RETURN n.kind AS kind, n.generation AS generation"
_SET_KIND = "MERGE (n:Network {id: 'network'}) SET n.kind = $kind, n.schema_version = $schema_version"
_ADVANCE = "MERGE (n:Network {id: 'network'}) SET n.generation = coalesce(n.generation, 0) + 1"


class NetworkStore:
    """What this graph is: the made-up network or someone's own, and its generation."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def kind(self) -> NetworkKind | None:
        """ "demo", "own", or None where nothing was loaded yet."""
        for row in self._engine.read(_READ):
            if row["kind"] == "demo":
                return "demo"
            if row["kind"] == "own":
                return "own"
        return None

    def set_kind(self, kind: NetworkKind) -> None:
        """Say what this graph is. Raises `WrongInput` where it is the other kind already."""
        known = self.kind()
        if known is not None and known != kind:
            raise WrongInput(
                f"This graph holds the {known} network, not the {kind} one.",
                "Use a store of its own for each: C2C_STORE=embedded:PATH.",
            )
        self._engine.write(Write(statements=[Statement(_SET_KIND, {"kind": kind, "schema_version": SCHEMA_VERSION})]))

    def generation(self) -> int:
        """How often the graph has changed; 0 where it never did."""
        for row in self._engine.read(_READ):
            if isinstance(row["generation"], int):
                return row["generation"]
        return 0

    def advance(self) -> int:
        """Count one change, whoever else counts at the same time, and return the new generation."""
        self._engine.write(Write(statements=[Statement(_ADVANCE)]))
        return self.generation()

    def mark(self) -> str:
        """A text that is another one once any process has written to the graph, whatever it wrote and with what."""
        return self._engine.mark()
