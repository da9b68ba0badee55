"""The graph itself over the wire: researchers' queries, what they give, and the schema they are written against."""

from __future__ import annotations

from typing import Annotated

from pydantic import AfterValidator, ConfigDict, Field, JsonValue

from api.schemas.requests import Wire

_SMALLEST, _LARGEST = -(2**63), 2**63 - 1


def _storable(value: JsonValue) -> JsonValue:
    """The value; raises ValueError for what no engine holds: half characters, whole numbers beyond 64 bits."""
    if isinstance(value, str):
        try:
            value.encode()
        except UnicodeEncodeError:
            raise ValueError("half of a character (a lone surrogate) is no text") from None
    elif isinstance(value, int) and not _SMALLEST <= value <= _LARGEST:
        raise ValueError("whole numbers have at most 64 bits")
    elif isinstance(value, list):
        for each in value:
            _storable(each)
    elif isinstance(value, dict):
        for name, each in value.items():
            _storable(name)
            _storable(each)
    return value


class Cypher(Wire):
    """A query that reads the graph."""

    model_config = ConfigDict(
        extra="forbid",
        allow_inf_nan=False,
        json_schema_extra={
            "examples": [
                {
                    "query": "MATCH (e:Expertise)-[:APPLIES_TO]->(:Hazard {id: $hazard}) RETURN count(e) AS known",
                    "parameters": {"hazard": "coastal-flooding"},
                }
            ]
        },
    )
    query: Annotated[str, Field(min_length=1)]
    parameters: Annotated[
        dict[Annotated[str, AfterValidator(_storable)], Annotated[JsonValue, AfterValidator(_storable)]],
        Field(default_factory=dict, description="the values of $names in the query"),
    ]


class NodeWire(Wire):
    """A node: `element` names it within this result alone; to find it again use its label and the property `id`."""

    element: str
    labels: list[str]
    properties: dict[str, JsonValue]


class RelationshipWire(Wire):
    """A relationship; `start` and `end` are elements of nodes."""

    element: str
    type: str
    start: str | None
    end: str | None
    properties: dict[str, JsonValue]


class CypherWire(Wire):
    """What a query gave, of the graph at `generation`; `truncated` where a cap on rows or bytes cut it off.

    A node in a row is a NodeWire, a relationship a RelationshipWire, a path a list of them in turn, and `nodes` and
    `relationships` hold each once, for drawing. Dates are ISO texts; a number that is none is "NaN" or "Infinity".
    """

    columns: list[str]
    rows: list[list[JsonValue]]
    nodes: list[NodeWire]
    relationships: list[RelationshipWire]
    truncated: bool
    took_ms: float
    generation: int


class PropertyWire(Wire):
    """A property; `strings` is a list of texts."""

    name: str
    type: str
    meaning: str
    indexed: bool


class LabelWire(Wire):
    """A label of nodes; `id` is the unique key of each."""

    name: str
    meaning: str
    id_meaning: str
    properties: list[PropertyWire]


class RelationshipTypeWire(Wire):
    """A type of relationships, the labels it may join, and the property that tells several between one pair apart."""

    name: str
    start: list[str]
    end: list[str]
    meaning: str
    properties: list[PropertyWire]
    keyed_by: str | None


class SchemaWire(Wire):
    """What the graph consists of."""

    version: int
    nodes: list[LabelWire]
    relationships: list[RelationshipTypeWire]
