"""An alumni file as people: rows checked, joined by alumnus_id, and what each person's rows say of consent."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

from ingest.alumni.checks import CheckedRow, RowChecker
from ingest.alumni.keys import ordinals
from ingest.alumni.mapped import Mapped, Row, map_columns
from ingest.alumni.mapping import ColumnMapping
from ingest.alumni.people import KeyedRow, keyed
from ingest.alumni.reading import read_table
from ingest.alumni.refusals import Note
from ingest.alumni.template import EXAMPLE_ID
from ingest.alumni.values import Doubt, yes_or_no

Progress = Callable[[str, int, int], None]
"""Told a stage's name, how much of it is done, and of how much."""


@dataclass(frozen=True, slots=True)
class PersonInFile:
    """One person's good rows, whether some were refused, and whether one of them, good or not, refuses consent."""

    rows: tuple[KeyedRow, ...]
    some_refused: bool
    refuses_consent: bool


@dataclass(frozen=True, slots=True)
class AlumniFile:
    """A file read and checked: people by key in the order of the file."""

    name: str
    source: str
    understood_as: str
    mapped: Mapped
    rows: tuple[Row, ...]
    people: Mapping[str, PersonInFile]
    notes: tuple[Note, ...]


def read_alumni(
    path: Path, mapping: ColumnMapping, source: str | None, checker: RowChecker, progress: Progress
) -> AlumniFile:
    """Read, map and check a file; raises WrongInput where it cannot be read as one."""
    table = read_table(path, mapping.encoding)
    mapped = map_columns(table, mapping)
    rows = tuple(mapped.rows(table))
    progress("reading", 1, 1)
    notes: list[Note] = []
    people: dict[str, PersonInFile] = {}
    done = 0
    for alumnus, own in _by_alumnus(rows, notes).items():
        people[alumnus] = _person(own, checker, notes)
        if done // 1_000 != (done + len(own)) // 1_000:
            progress("checking rows", done + len(own), len(rows))
        done += len(own)
    progress("checking rows", len(rows), len(rows))
    people.pop("", None)
    notes.sort(key=lambda note: note.row or 0)
    return AlumniFile(
        table.name, source or mapping.source or table.name, table.understood_as, mapped, rows, people, tuple(notes)
    )


def _by_alumnus(rows: tuple[Row, ...], notes: list[Note]) -> dict[str, list[Row]]:
    """Rows by the person they are on; those that name none together under the empty key."""
    found: dict[str, list[Row]] = {}
    for row in rows:
        alumnus = row.values.get("alumnus_id", "")
        if alumnus == EXAMPLE_ID:
            reason = "is the template's example, which is made up"
            notes.append(
                Note("left out", row.number, row.line, alumnus, "alumnus_id", alumnus, reason, "Delete the row.")
            )
        else:
            found.setdefault(alumnus, []).append(row)
    return found


def _person(rows: list[Row], checker: RowChecker, notes: list[Note]) -> PersonInFile:
    good: list[tuple[CheckedRow, int]] = []
    for row, which in zip(rows, ordinals(rows), strict=True):
        checked, said = checker.check(row)
        notes.extend(said)
        if checked is not None:
            good.append((checked, which))
    kept, refused = keyed(good)
    notes.extend(refused)
    return PersonInFile(tuple(kept), len(kept) < len(rows), any(map(_refuses_consent, rows)))


def _refuses_consent(row: Row) -> bool:
    try:
        return not yes_or_no(row.values.get("consent", "yes"))
    except Doubt:
        return False
