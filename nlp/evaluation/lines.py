"""Files of right answers, one JSON object a line; a fault names its line, the value, and the way out."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterator
from pathlib import Path
from typing import Any

from graph.errors import NotFound, WrongInput


def json_lines(path: Path) -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield where each object stands ("FILE, line 3") and the object; empty lines are passed over.

    Raises NotFound where there is no such file, WrongInput for a line that is no JSON object.
    """
    for where, line in numbered_lines(path):
        try:
            record = json.loads(line)
        except ValueError as error:
            raise WrongInput(f"{where}: this is not JSON ({error}).", "Write one JSON object a line.") from error
        if not isinstance(record, dict):
            raise WrongInput(f"{where}: {line[:60]!r} is not an object.", 'Write {"id": "…", …} on each line.')
        yield where, record


def numbered_lines(path: Path) -> Iterator[tuple[str, str]]:
    """Yield where each line stands and the line, without empty ones."""
    try:
        text = path.read_text(encoding="utf-8-sig")
    except FileNotFoundError as error:
        raise NotFound(f"There is no file {path}.", "Check the path.") from error
    except UnicodeDecodeError as error:
        raise WrongInput(f"{path} is not UTF-8 (byte {error.start}).", "Save the file as UTF-8.") from error
    for number, line in enumerate(text.split("\n"), 1):
        if line.strip():
            yield f"{path}, line {number}", line.rstrip("\r")


def text_field(where: str, record: dict[str, Any], name: str) -> str:
    """Return a text of a record. Raises WrongInput where it is missing or no text."""
    value = record.get(name)
    if not isinstance(value, str):
        raise WrongInput(f'{where}: "{name}" is {value!r}, not a text.', f'Give every line a "{name}".')
    return value


def id_list(where: str, record: dict[str, Any], name: str, known: Collection[str] | None = None) -> frozenset[str]:
    """Return a list of identifiers of a record, empty where there is none.

    Raises WrongInput for what is no list of texts, or an identifier that is not `known`.
    """
    value = record.get(name, [])
    if not isinstance(value, list) or not all(isinstance(each, str) for each in value):
        raise WrongInput(f'{where}: "{name}" is {value!r}, not a list of identifiers.', f'Write "{name}": ["…"].')
    strange = sorted(set(value) - set(known)) if known is not None else []
    if strange:
        raise WrongInput(
            f'{where}: "{name}" names {strange[0]!r}, which the vocabulary does not have.',
            "Use the identifiers of GET /hazards or c2c schema.",
        )
    return frozenset(value)
