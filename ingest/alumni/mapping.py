"""A mapping file: which of other people's columns fill ours, in TOML.

source = "Members of the delta society, 2024"   # the name that people see; the file's name where it is left out
encoding = "cp1254"                             # only where the file is read wrongly without it
same_names = true                               # columns named like ours fill them too

[columns]                                       # our column = theirs; braces join several; a list makes a key
alumnus_id = ["society", "member number"]
name = "{first name} {last name}"

[constants]                                     # our column = the same in each row
expertise_kind = "publication"

[values.gender]                                 # our column: theirs = ours; "*" stands for any other value
f = "woman"

[their_values.grade]                            # their column, before it is used anywhere
A = "first author"

[consent]                                       # for the whole file
ground = "published role"
date = 2007-11-17
"""

from __future__ import annotations

import datetime
import difflib
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from graph.errors import NotFound, WrongInput
from ingest.alumni.template import COLUMNS

_OURS = tuple(column.name for column in COLUMNS)
_SECTIONS = (
    "source",
    "encoding",
    "same_names",
    "columns",
    "constants",
    "values",
    "their_values",
    "only_with",
    "consent",
)


@dataclass(frozen=True, slots=True)
class FileConsent:
    """A ground of consent that holds for every person of a file, and its ISO date."""

    ground: str
    date: str


@dataclass(frozen=True, slots=True)
class ColumnMapping:
    """What a mapping file says; without one, columns named like ours fill them."""

    source: str | None = None
    encoding: str | None = None
    same_names: bool = True
    columns: Mapping[str, str | tuple[str, ...]] = field(default_factory=dict)
    constants: Mapping[str, str] = field(default_factory=dict)
    values: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    their_values: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    only_with: Mapping[str, str] = field(default_factory=dict)
    consent: FileConsent | None = None


def read_mapping(path: Path) -> ColumnMapping:
    """Read a mapping file; raises NotFound, and WrongInput that names the place and the value."""
    try:
        said = tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except FileNotFoundError as error:
        raise NotFound(f"There is no mapping file {path}.", "Check the path.") from error
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise WrongInput(f"{path.name} is no TOML file: {error}.", "See docs/examples/ipcc-mapping.toml.") from error
    _known(path, "section", said, _SECTIONS)
    for section in ("columns", "constants", "values", "only_with"):
        _known(path, f"column in [{section}]", _table(path, said, section), _OURS)
    same_names = said.get("same_names", False)
    if not isinstance(same_names, bool):
        raise WrongInput(f"In {path.name} same_names is {same_names!r}.", "Write true or false.")
    return ColumnMapping(
        source=_text(path, "source", said["source"]) if "source" in said else None,
        encoding=_text(path, "encoding", said["encoding"]) if "encoding" in said else None,
        same_names=same_names,
        columns={ours: _columns(path, ours, theirs) for ours, theirs in _table(path, said, "columns").items()},
        constants={ours: _text(path, ours, value) for ours, value in _table(path, said, "constants").items()},
        values=_translations(path, said, "values"),
        their_values=_translations(path, said, "their_values"),
        only_with={ours: _text(path, ours, value) for ours, value in _table(path, said, "only_with").items()},
        consent=_consent(path, said),
    )


def nearest(word: str, known: Iterable[str]) -> str:
    """Words that name the known one most like `word`, or list them all where none is like it."""
    known = list(known)
    like = difflib.get_close_matches(word.casefold(), known, n=1, cutoff=0.6)
    return f'Did you mean "{like[0]}"?' if like else f"Known: {', '.join(known)}."


def _known(path: Path, what: str, named: Iterable[str], known: Iterable[str]) -> None:
    known = tuple(known)
    for name in named:
        if name not in known:
            raise WrongInput(f'{path.name} names the {what} "{name}", which does not exist.', nearest(name, known))


def _table(path: Path, said: Mapping[str, object], section: str) -> Mapping[str, object]:
    table = said.get(section, {})
    if not isinstance(table, dict):
        raise WrongInput(f"In {path.name} {section} is no table.", f"Write [{section}] and its lines below.")
    return table


def _text(path: Path, place: str, value: object) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, datetime.date | int | float | str) and str(value).strip():
        return str(value)
    raise WrongInput(f"In {path.name} {place} is {value!r}.", "Write a text in quotes.")


def _columns(path: Path, ours: str, theirs: object) -> str | tuple[str, ...]:
    if isinstance(theirs, list):
        if not theirs:
            raise WrongInput(f"In {path.name} {ours} is an empty list.", "Name the columns that make it.")
        return tuple(_text(path, ours, name) for name in theirs)
    return _text(path, ours, theirs)


def _translations(path: Path, said: Mapping[str, object], section: str) -> dict[str, dict[str, str]]:
    tables = _table(path, said, section)
    return {
        column: {
            theirs: "" if ours == "" else _text(path, f"{section}.{column}", ours) for theirs, ours in table.items()
        }
        for column in tables
        for table in [_table(path, tables, column)]
    }


def _consent(path: Path, said: Mapping[str, object]) -> FileConsent | None:
    if "consent" not in said:
        return None
    consent = _table(path, said, "consent")
    _known(path, "line in [consent]", consent, ("ground", "date"))
    if not consent.get("ground") or not consent.get("date"):
        raise WrongInput(
            f"[consent] in {path.name} lacks its {'date' if consent.get('ground') else 'ground'}.",
            'Write ground = "…" and date = YYYY-MM-DD: what the consent rests on, and since when.',
        )
    date = _text(path, "consent.date", consent["date"])
    try:
        datetime.date.fromisoformat(date)
    except ValueError as error:
        raise WrongInput(f'[consent] in {path.name} has the date "{date}".', "Write it as YYYY-MM-DD.") from error
    return FileConsent(_text(path, "consent.ground", consent["ground"]), date)
