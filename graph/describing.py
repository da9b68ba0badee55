"""The data dictionary: every label, relationship type and property of the graph, made from `graph.schema` alone.

`python -m graph.describing` prints the page that stands in `docs/data-dictionary.md`.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from graph.schema import NODES, RELATIONSHIPS, SCHEMA_VERSION, NodeLabel, Property, RelationshipType


def data_dictionary() -> str:
    """The page as Markdown: what there is, then each label and each relationship type with its properties."""
    lines = [
        "# Data dictionary",
        "",
        f"Version {SCHEMA_VERSION} of the graph's schema. Made from `graph/schema.py` by `make data-dictionary`, never",
        "by hand; `c2c schema` shows the same, and `c2c schema --json` gives it to programs.",
        "",
        "No contact details are in the graph: they lie in a file of their own that no query reaches.",
        "A property that is not there is unknown.",
        "",
        "## How it hangs together",
        "",
        "| from | relationship | to | meaning |",
        "|---|---|---|---|",
        *(_row(_labels(each.start), f"`{each.name}`", _labels(each.end), each.meaning) for each in RELATIONSHIPS),
        "",
        "## Nodes",
    ]
    for label in NODES:
        lines += _node(label)
    lines += ["", "## Relationships"]
    for relationship in RELATIONSHIPS:
        lines += _relationship(relationship)
    return "\n".join(lines) + "\n"


def _node(label: NodeLabel) -> Iterator[str]:
    yield from ("", f"### {label.name}", "", f"{_sentence(label.meaning)}", "")
    yield from _properties((Property("id", "string", f"{label.id_meaning}; unique", indexed=True), *label.properties))


def _relationship(relationship: RelationshipType) -> Iterator[str]:
    pattern = (
        f"({':'.join(('', '|'.join(relationship.start)))})-[:{relationship.name}]->(:{'|'.join(relationship.end)})"
    )
    keyed = f", or one for each `{relationship.keyed_by}`" if relationship.keyed_by else ""
    yield from ("", f"### {relationship.name}", "", f"`{pattern}`", "")
    yield f"{_sentence(relationship.meaning)} Between one pair of nodes there is at most one{keyed}."
    if relationship.properties:
        yield ""
        yield from _properties(relationship.properties)


def _properties(properties: Sequence[Property]) -> Iterator[str]:
    yield from ("| property | type | meaning |", "|---|---|---|")
    for each in properties:
        kind = "list of strings" if each.type == "strings" else each.type
        yield _row(f"`{each.name}`", f"{kind}, indexed" if each.indexed else kind, each.meaning)


def _labels(labels: Sequence[str]) -> str:
    return " or ".join(f"[{label}](#{label.lower()})" for label in labels)


def _row(*cells: str) -> str:
    return "| " + " | ".join(cell.replace("|", "\\|") for cell in cells) + " |"


def _sentence(meaning: str) -> str:
    return f"{meaning[0].upper()}{meaning[1:]}."


if __name__ == "__main__":
    print(data_dictionary(), end="")
