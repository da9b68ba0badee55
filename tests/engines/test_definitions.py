"""The schema as both engines' definitions."""

from __future__ import annotations

from graph import schema
from graph.engines.definitions import embedded_definitions, neo4j_definitions


def test_every_label_has_a_unique_key_on_both_engines() -> None:
    embedded, neo4j = list(embedded_definitions()), list(neo4j_definitions())
    for node in schema.NODES:
        assert f"CREATE INDEX IF NOT EXISTS ON `{node.name}` (id) UNIQUE" in embedded
        assert f"CREATE CONSTRAINT {node.name}_id IF NOT EXISTS FOR (n:`{node.name}`) REQUIRE n.id IS UNIQUE" in neo4j


def test_names_that_are_words_of_the_languages_stand_in_backticks() -> None:
    embedded = list(embedded_definitions())
    assert "CREATE EDGE TYPE `IN` IF NOT EXISTS BUCKETS 1" in embedded
    assert "CREATE EDGE TYPE `FROM` IF NOT EXISTS BUCKETS 1" in embedded
