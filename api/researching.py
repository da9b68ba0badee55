"""The graph for researchers: their Cypher, and the schema it is written against, in the wire form."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import asdict, fields
from typing import TYPE_CHECKING, Any

from api import schemas as wire
from graph.errors import Unavailable

if TYPE_CHECKING:
    from api.wiring import Network
    from graph.cypher.results import Result


def cypher(network: Network, query: wire.Cypher) -> Result:
    """Run a query that only reads, within the limits of the settings; every value in it can be sent as JSON.

    Raises Refused for what is not allowed, WrongInput for what is no query, LimitReached past the time, Unavailable
    where many run or wait already.
    """
    if not network.queries.acquire(blocking=False):
        raise Unavailable("Many queries run or wait already.", "Try again in a few seconds.")
    try:
        found = network.graph_reader.ask(query.query, query.parameters, network.settings.cypher)
    finally:
        network.queries.release()
    sendable: dict[str, Any] = {name: _sendable(value) for name, value in result_fields(found).items()}
    return type(found)(**sendable)


def cypher_to_wire(found: Result) -> wire.CypherWire:
    """The wire form of a result."""
    return wire.CypherWire.model_validate(result_fields(found))


def result_fields(found: Result) -> dict[str, Any]:
    """The fields of a result by name, as they go over the wire."""
    return {field.name: getattr(found, field.name) for field in fields(found)}


def schema() -> wire.SchemaWire:
    """What the graph consists of."""
    from graph.schema import NODES, RELATIONSHIPS, SCHEMA_VERSION

    return wire.SchemaWire.model_validate(
        {
            "version": SCHEMA_VERSION,
            "nodes": [asdict(label) for label in NODES],
            "relationships": [asdict(relationship) for relationship in RELATIONSHIPS],
        }
    )


def _sendable(value: object) -> object:
    if isinstance(value, str):
        return value if value.isascii() else value.encode("utf-8", "replace").decode()
    if isinstance(value, float) and not math.isfinite(value):
        return "NaN" if math.isnan(value) else ("Infinity" if value > 0 else "-Infinity")
    if isinstance(value, list):
        return [_sendable(each) for each in value]
    if isinstance(value, Mapping):
        return {str(name): _sendable(each) for name, each in value.items()}
    return value
