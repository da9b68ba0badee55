"""How much one evaluation of an expression may go through and build, where nothing could stop it."""

from __future__ import annotations

from graph.cypher.parsing import Tree
from graph.cypher.values import Value
from graph.errors import Refused

MOST_NESTED = 10_000
MOST_STEPS = 1_000_000
_LONGEST_TEXT = 2_000_000.0
_LARGEST = 100_000_000.0
_MOST_SEARCHED = 1e9


def refuse_many(times: float, inside: float, tree: Tree) -> float:
    """What going so often through `inside` steps comes to; raises `Refused` where that is too much to be let run."""
    steps = times * max(1.0, inside)
    if inside > 1.0 and steps > MOST_NESTED:
        raise refused(tree, f"could iterate inside an iteration over more than {MOST_NESTED:,} elements")
    if steps > MOST_STEPS:
        raise refused(tree, f"could iterate over more than {MOST_STEPS:,} elements")
    return steps


def grown(value: Value, tree: Tree) -> Value:
    """The value; raises `Refused` where it is too large."""
    limit = _LONGEST_TEXT if value.kind == "text" else _LARGEST
    if (value.length if value.kind == "text" else value.total()) > limit:
        raise refused(tree, "could grow beyond what memory holds")
    return value


def refuse_search(text: Value, sought: Value, tree: Tree) -> None:
    """Raise `Refused` where one long text would be looked for in another: that costs their lengths multiplied."""
    if "number" not in (text.kind, sought.kind) and text.length * sought.length > _MOST_SEARCHED:
        raise refused(tree, "could look for a long text in a long text")


def refused(tree: Tree, reason: str) -> Refused:
    """The error for an expression, with where it stands."""
    shown = tree.text if len(tree.text) <= 80 else f"{tree.text[:77]}…"
    return Refused(
        f"{shown} at line {tree.line}, column {tree.column} {reason}, and nothing stops it once it runs.",
        "Cut lists to a known length ([0..100]), or make rows of them with UNWIND and MATCH, which can be stopped.",
        tree.position,
    )
