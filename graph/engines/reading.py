"""Researchers' Cypher on whichever engine holds the graph: judged first, run within limits, answered in one form."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Protocol

from graph.cypher.results import Limits, Result
from graph.engines.port import Engine
from graph.errors import WrongInput


class Reader(Protocol):
    """Runs queries that only read; safe to use from several threads."""

    def ask(self, text: str, parameters: Mapping[str, object] | None = None, limits: Limits | None = None) -> Result:
        """Run a query and return what it gives, cut off at the limits of rows and bytes.

        Raises `Refused` for what is not allowed, `WrongInput` for what is no query, `LimitReached` past the time.
        """

    def forget(self) -> None:
        """Remove every copy that was made for reading: call it after a withdrawal, before the command returns."""

    def close(self) -> None:
        """Release what runs; safe to call twice."""


def open_reader(engine: Engine, home: Path) -> Reader:
    """A reader of this graph. `home` is where an embedded graph keeps the copies that are read (`home/cypher-copy`)."""
    if engine.name == "neo4j":
        from graph.engines.neo4j_engine import Neo4jEngine
        from graph.engines.reading_neo4j import Neo4jReader

        assert isinstance(engine, Neo4jEngine)
        return Neo4jReader(engine)
    if engine.name == "embedded":
        from graph.engines.embedded import EmbeddedEngine
        from graph.engines.reading_embedded import EmbeddedReader

        assert isinstance(engine, EmbeddedEngine)
        return EmbeddedReader(engine, home)
    raise WrongInput(f"There is no Cypher for the engine {engine.name}.", "Use the embedded engine or Neo4j.")
