"""The schema as each engine's own definitions, made from `graph.schema`."""

from __future__ import annotations

from collections.abc import Iterator

from graph import schema

_EMBEDDED_TYPES = {
    "string": "STRING",
    "integer": "LONG",
    "float": "DOUBLE",
    "boolean": "BOOLEAN",
    "strings": "LIST OF STRING",
}


def quoted(name: str) -> str:
    """The name in backticks: some names of the schema (IN, FROM) are words of the query languages."""
    return f"`{name}`"


def embedded_definitions() -> Iterator[str]:
    """SQL statements for the embedded engine; each is safe to run again.

    One bucket a type: there is one writer, and records of one load then lie beside each other on disk.
    """
    for node in schema.NODES:
        label = quoted(node.name)
        yield f"CREATE VERTEX TYPE {label} IF NOT EXISTS BUCKETS 1"
        yield f"CREATE PROPERTY {label}.id IF NOT EXISTS STRING"
        yield from _embedded_properties(label, node.properties)
        yield f"CREATE INDEX IF NOT EXISTS ON {label} (id) UNIQUE"
        for property_ in node.properties:
            if property_.indexed:
                yield f"CREATE INDEX IF NOT EXISTS ON {label} ({quoted(property_.name)}) NOTUNIQUE"
    for relationship in schema.RELATIONSHIPS:
        yield f"CREATE EDGE TYPE {quoted(relationship.name)} IF NOT EXISTS BUCKETS 1"
        yield from _embedded_properties(quoted(relationship.name), relationship.properties)


def neo4j_definitions() -> Iterator[str]:
    """Cypher statements for Neo4j 5; each is safe to run again. Their names make them easy to find and drop."""
    for node in schema.NODES:
        label = quoted(node.name)
        yield f"CREATE CONSTRAINT {node.name}_id IF NOT EXISTS FOR (n:{label}) REQUIRE n.id IS UNIQUE"
        for property_ in node.properties:
            if property_.indexed:
                name = f"{node.name}_{property_.name}"
                yield f"CREATE INDEX {name} IF NOT EXISTS FOR (n:{label}) ON (n.{quoted(property_.name)})"


def _embedded_properties(type_name: str, properties: tuple[schema.Property, ...]) -> Iterator[str]:
    for property_ in properties:
        yield (f"CREATE PROPERTY {type_name}.{quoted(property_.name)} IF NOT EXISTS {_EMBEDDED_TYPES[property_.type]}")
