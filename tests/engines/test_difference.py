"""What would change: writing the same again writes nothing."""

from __future__ import annotations

from graph.engines import difference
from graph.engines.rows import Ends

APPLIES_TO = Ends("APPLIES_TO", "Expertise", "Hazard", None)
WORKS_AT = Ends("WORKS_AT", "Alumnus", "Organisation", "key")


def test_a_node_that_is_there_and_the_same_is_left_alone() -> None:
    row = {"id": "1", "name": "Port", "names": ["a", "b"], "latitude": 1, "code": None}
    existing = {"1": {"id": "1", "name": "Port", "names": ["a", "b"], "latitude": 1.0, "population": 5}}
    assert difference.of_nodes([row], existing) == difference.Difference([], [])


def test_only_what_differs_of_a_node_is_written_and_none_removes() -> None:
    rows = [{"id": "1", "name": "New", "code": None, "year": 3}, {"id": "2", "name": "Two", "code": None}]
    delta = difference.of_nodes(rows, {"1": {"id": "1", "name": "Old", "code": "x", "year": 3}})
    assert delta.changed == [{"id": "1", "changes": {"name": "New", "code": None}}]
    assert delta.new == [{"id": "2", "name": "Two"}]


def test_relationships_are_told_apart_by_ends_and_key() -> None:
    link = {"start": "e", "end": "h", "score": 0.5}
    assert difference.of_relationships(APPLIES_TO, [link], {("e", "h", None): {"score": 0.5}}).new == []
    jobs = [{"start": "a", "end": "o", "key": "x", "since": 1}, {"start": "a", "end": "o", "key": "y", "since": None}]
    delta = difference.of_relationships(WORKS_AT, jobs, {("a", "o", "x"): {"key": "x", "since": 2}})
    assert delta.changed == [{"start": "a", "target": "o", "key": "x", "changes": {"since": 1}}]
    assert delta.new == [{"start": "a", "target": "o", "key": "y"}]
