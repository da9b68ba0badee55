"""CSV fields as Neo4j's admin import reads them, so that every value comes back as it was."""

from __future__ import annotations

from collections.abc import Iterable

from graph.errors import WrongInput

ARRAY_DELIMITER = "\x1f"
"""Between the elements of a list: the character that ASCII keeps for this, since any other stands in texts."""
ARRAY_DELIMITER_NAME = "U+001F"

TYPES = {"string": "string", "integer": "long", "float": "double", "boolean": "boolean", "strings": "string[]"}
"""The import's types for those of `graph.schema`. Its int and float are too narrow: 32 bits, as in Java."""


def header(columns: Iterable[str]) -> str:
    """The first line of a file."""
    return ",".join(columns) + "\n"


def line(values: Iterable[object]) -> str:
    """A line of a file; what is None is an empty field, which the import leaves out."""
    return ",".join(map(field, values)) + "\n"


def field(value: object) -> str:
    """One value. Texts stand in quotes always, so that an empty one is told from none.

    Raises WrongInput for a list that the import cannot tell from another: with the delimiter inside, or of one
    empty text. An empty list is to the import what none is, as it is to the engines.
    """
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, list | tuple):
        return _quoted(_joined([str(each) for each in value]))
    return _quoted(value) if isinstance(value, str) else repr(value)


def _joined(texts: list[str]) -> str:
    if texts == [""] or any(ARRAY_DELIMITER in text for text in texts):
        raise WrongInput(
            f"The list {texts!r} cannot be written for the import.",
            f"Take empty texts and the character {ARRAY_DELIMITER_NAME} out of it, and load it again.",
        )
    return ARRAY_DELIMITER.join(texts)


def _quoted(text: str) -> str:
    return '"' + text.replace('"', '""') + '"'
