"""How large a value of a query could be: an upper bound, or what is usual where only the graph knows."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Literal

from graph import schema

GRAPH = 100_000.0
"""What a list gathered from the graph may hold."""

HUGE = 1e12
LONG_TEXT = 10_000.0
USUAL_TEXT = 50.0
SMALL = 16.0
"""Lists up to this length cost nothing worth counting."""


@dataclass(frozen=True, slots=True)
class Value:
    """A bound of a value: of a number what it is at most, of a text its characters, of a list or map its entries.

    `steps` is what computing it may cost in elements gone through without a chance to stop.
    """

    kind: Literal["number", "text", "list", "map", "unknown"]
    length: float
    item: Value | None = None
    steps: float = 0.0

    def total(self) -> float:
        """All that is in it, in characters: a text of the graph counts as what is usual, a number as one."""
        if self.kind == "number":
            return 1.0
        if self.kind in ("list", "map"):
            return self.length * max(1.0, self.entry().total())
        return USUAL_TEXT if self.length == LONG_TEXT else self.length

    def entry(self) -> Value:
        """What it holds."""
        return self.item or (UNKNOWN if self.kind in ("list", "map", "unknown") else self)

    def cost(self) -> float:
        """What an operator that goes through it costs."""
        if self.kind == "list":
            return self.length if self.length > SMALL else 0.0
        return self.length / 1_000 if self.kind == "text" and self.length > LONG_TEXT else 0.0


UNKNOWN = Value("unknown", LONG_TEXT)
TRUTH = Value("number", 1)
ANY_NUMBER = Value("number", HUGE)


def largest(values: Iterable[Value]) -> Value:
    """The largest of them, or nothing's bound."""
    return max(values, key=lambda value: (value.kind != "number", value.total(), value.length), default=TRUTH)


def of_parameter(value: object) -> Value:
    """The bound of a parameter, which is known."""
    if isinstance(value, str):
        return Value("text", float(len(value)))
    if isinstance(value, bool) or value is None:
        return TRUTH
    if isinstance(value, int | float):
        return Value("number", float(value))
    if isinstance(value, Mapping):
        return Value("map", float(len(value)), largest(of_parameter(each) for each in value.values()))
    if isinstance(value, list | tuple):
        return Value("list", float(len(value)), largest(of_parameter(each) for each in value))
    return UNKNOWN


_BY_TYPE = {
    "string": Value("text", LONG_TEXT),
    "strings": Value("list", 100.0, Value("text", LONG_TEXT)),
    "boolean": TRUTH,
    "integer": ANY_NUMBER,
    "float": ANY_NUMBER,
}
_PROPERTIES = {
    property_.name: _BY_TYPE[property_.type]
    for properties in (
        *(node.properties for node in schema.NODES),
        *(relationship.properties for relationship in schema.RELATIONSHIPS),
    )
    for property_ in properties
}


def of_property(name: str) -> Value:
    """The bound of a property of the graph, by its type in the schema."""
    return _PROPERTIES.get(name, Value("text", LONG_TEXT))
