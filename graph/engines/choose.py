"""Which engine an address means: `embedded:PATH`, or `neo4j://HOST:PORT` and its kin."""

from __future__ import annotations

from pathlib import Path

from graph.engines.port import Engine
from graph.errors import WrongInput

NEO4J_SCHEMES = ("neo4j", "neo4j+s", "neo4j+ssc", "bolt", "bolt+s", "bolt+ssc")


def open_engine(
    url: str, username: str | None = None, password: str | None = None, *, heap_megabytes: int = 384
) -> Engine:
    """Open the engine that `url` names; drivers are imported only when they are asked for.

    Raises `WrongInput` for an address of another form, and what the engine raises when it cannot be opened.
    """
    scheme, separator, rest = url.partition(":")
    if separator and scheme == "embedded" and rest:
        from graph.engines.embedded import EmbeddedEngine

        return EmbeddedEngine(Path(rest).expanduser(), heap_megabytes=heap_megabytes)
    if separator and scheme in NEO4J_SCHEMES and rest.startswith("//") and rest.strip("/"):
        from graph.engines.neo4j_engine import Neo4jEngine

        return Neo4jEngine(url, username or "neo4j", password or "")
    raise WrongInput(
        f"{url!r} names no graph.",
        "Set C2C_STORE to embedded:PATH or to neo4j://HOST:PORT (with NEO4J_USERNAME and NEO4J_PASSWORD).",
    )
