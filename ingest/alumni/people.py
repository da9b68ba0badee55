"""The checked rows of one person -> the person; later rows that contradict the first are refused."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import cast

from graph.model.people import (
    WEAK_KINDS,
    Alumnus,
    Expertise,
    ExpertiseKind,
    Job,
    OrganisationKind,
    Role,
    Source,
    Study,
)
from graph.store.slugs import slug
from ingest.alumni.checks import CheckedRow, Value, note
from ingest.alumni.keys import made_key, stated_key
from ingest.alumni.refusals import Note
from ingest.alumni.template import Part
from ingest.alumni.values import Doubt

_SAME_IN_EACH_ROW = (Part.PERSON, Part.CONTACT, Part.CONSENT)


@dataclass(frozen=True, slots=True)
class KeyedRow:
    """A checked row with its key within the person; one that left the file adds only what it alone brought."""

    checked: CheckedRow
    key: str
    left_the_file: bool = False
    brought_by: int = 0


@dataclass(frozen=True, slots=True)
class Assembled:
    """A person with the rows that made one, and what is the same in all of those rows."""

    alumnus: Alumnus
    rows: tuple[KeyedRow, ...]
    contact: dict[str, str]
    consent: bool | None
    consent_date: str | None
    consent_ground: str | None


def keyed(rows: Sequence[tuple[CheckedRow, int]]) -> tuple[list[KeyedRow], list[Note]]:
    """Give each row its key; a second row with the same expertise_id, or the same in every cell, is refused."""
    taken: dict[str, CheckedRow] = {}
    seen: dict[frozenset[tuple[str, str]], CheckedRow] = {}
    kept: list[KeyedRow] = []
    refused: list[Note] = []
    for checked, which in rows:
        cells = frozenset(checked.row.values.items())
        if cells in seen:
            doubt = Doubt(f"repeats row {seen[cells].row.number} in every cell", "Remove one of them.")
            refused.append(note("refused", checked.row, "", "", doubt))
            continue
        key = _row_key(checked, which)
        number = checked.get(Part.EXPERTISE, "expertise_id")
        if number is not None and key in taken:
            doubt = Doubt(f"stands in row {taken[key].row.number} already", "Give each expertise a number of its own.")
            refused.append(note("refused", checked.row, "expertise_id", number, doubt))
            continue
        while key in taken:
            which += 1
            key = _row_key(checked, which)
        taken[key] = seen[cells] = checked
        kept.append(KeyedRow(checked, key))
    return kept, refused


def assemble(
    alumnus: str, rows: Sequence[KeyedRow], source: str, today: datetime.date
) -> tuple[Assembled | None, list[Note]]:
    """Make a person of rows, the first of them first; None where no row names the person."""
    same: dict[str, tuple[Value, CheckedRow]] = {}
    refused: list[Note] = []
    accepted: list[KeyedRow] = []
    for row in rows:
        if row.left_the_file:
            accepted.append(row)
            continue
        contradictions = _contradictions(row.checked, same)
        if not contradictions and "name" not in same and row.checked.get(Part.PERSON, "name") is None:
            contradictions = [_nameless(row.checked)]
        refused.extend(contradictions)
        if not contradictions:
            accepted.append(row)
            for part in _SAME_IN_EACH_ROW:
                for column, value in row.checked.parts.get(part, {}).items():
                    same.setdefault(column, (value, row.checked))
    if not same:
        return None, refused
    values = {column: value for column, (value, _) in same.items()}
    return _assembled(alumnus, accepted, values, Source(source, today.isoformat())), refused


def _row_key(checked: CheckedRow, which: int) -> str:
    number = checked.get(Part.EXPERTISE, "expertise_id")
    if number is not None:
        return stated_key(number)
    if checked.get(Part.EXPERTISE, "expertise_text") is None:
        return f"row.{which}"
    return made_key(
        checked.get(Part.EXPERTISE, "expertise_kind") or "statement",
        checked.get(Part.EXPERTISE, "project"),
        checked.get(Part.EXPERTISE, "expertise_city"),
        checked.year(Part.EXPERTISE, "since"),
        which,
    )


def _contradictions(checked: CheckedRow, same: dict[str, tuple[Value, CheckedRow]]) -> list[Note]:
    notes = []
    for part in _SAME_IN_EACH_ROW:
        for column, value in checked.parts.get(part, {}).items():
            if column in same and same[column][0] != value and column in checked.row.values:
                doubt = Doubt(
                    f"differs from row {same[column][1].row.number} of the same person",
                    "Make them the same, or leave the cell of the later row empty.",
                )
                notes.append(note("refused", checked.row, column, checked.row.values[column], doubt))
    return notes


def _nameless(checked: CheckedRow) -> Note:
    doubt = Doubt("is missing, and no row before has it", "Write the name, or mend the refused row that has it.")
    return note("refused", checked.row, "name", "", doubt)


def _assembled(alumnus: str, rows: Sequence[KeyedRow], values: dict[str, Value], source: Source) -> Assembled:
    def text(column: str) -> str | None:
        value = values.get(column)
        return value if isinstance(value, str) else None

    whole = [row.checked for row in rows if not row.left_the_file or _text(row.checked) is None]
    jobs = tuple(dict.fromkeys(job for row in whole if (job := _job(row)) is not None))
    studies = tuple(dict.fromkeys(study for row in whole if (study := _study(row)) is not None))
    languages = values.get("languages")
    consent = values.get("consent")
    person = Alumnus(
        key=alumnus,
        name=text("name") or "",
        source=source,
        country=text("country"),
        home_city=text("home_city"),
        home_country=text("home_country"),
        gender=text("gender"),
        open_to=text("open_to"),
        confirmed=text("confirmed"),
        synthetic=values.get("synthetic") is True,
        languages=languages if isinstance(languages, tuple) else (),
        studies=studies,
        jobs=jobs,
        expertises=(*_stated(alumnus, rows, source), *_weak(alumnus, whole, studies, source)),
    )
    return Assembled(
        alumnus=person,
        rows=tuple(rows),
        contact={column: value for column in ("email", "telephone", "address") if (value := text(column))},
        consent=consent if isinstance(consent, bool) else None,
        consent_date=text("consent_date"),
        consent_ground=text("consent_ground"),
    )


def _text(checked: CheckedRow) -> str | None:
    return checked.get(Part.EXPERTISE, "expertise_text")


def _study(row: CheckedRow) -> Study | None:
    programme = row.get(Part.STUDY, "programme")
    return Study(programme, row.year(Part.STUDY, "programme_year")) if programme else None


def _job(row: CheckedRow) -> Job | None:
    organisation = row.get(Part.JOB, "organisation")
    if organisation is None:
        return None
    return Job(
        organisation=organisation,
        organisation_kind=cast("OrganisationKind | None", row.get(Part.JOB, "organisation_kind")),
        position=row.get(Part.JOB, "position"),
        role=cast("Role | None", row.get(Part.JOB, "role")),
        level=row.get(Part.JOB, "level"),
        since=row.year(Part.JOB, "position_since"),
        until=row.year(Part.JOB, "position_until"),
        city=row.get(Part.JOB, "organisation_city"),
    )


def _stated(alumnus: str, rows: Sequence[KeyedRow], source: Source) -> list[Expertise]:
    """The expertises that rows state in a text of their own."""
    stated = []
    for keyed_row in rows:
        row = keyed_row.checked
        text = _text(row)
        if text is not None:
            kind = cast("ExpertiseKind", row.get(Part.EXPERTISE, "expertise_kind") or "statement")
            said_by = row.get(Part.EXPERTISE, "expertise_source")
            stated.append(
                Expertise(
                    key=f"{alumnus}/{keyed_row.key}",
                    text=text,
                    kind=kind,
                    source=Source(said_by, source.date) if said_by else source,
                    language=row.get(Part.EXPERTISE, "expertise_language"),
                    city=row.get(Part.EXPERTISE, "expertise_city"),
                    country=row.get(Part.EXPERTISE, "expertise_country"),
                    since=row.year(Part.EXPERTISE, "since"),
                    until=row.year(Part.EXPERTISE, "until"),
                    role=cast("Role | None", row.get(Part.EXPERTISE, "expertise_role")),
                    project=row.get(Part.EXPERTISE, "project"),
                    weak=kind in WEAK_KINDS,
                )
            )
    return stated


def _weak(alumnus: str, rows: Sequence[CheckedRow], studies: Sequence[Study], source: Source) -> list[Expertise]:
    """What titles alone tell: of theses, programmes and positions; each title once."""
    weak: dict[str, Expertise] = {}
    titles: list[str] = []
    for row in rows:
        title, year = row.get(Part.STUDY, "thesis_title"), row.year(Part.STUDY, "programme_year")
        if title is not None and title not in titles:
            titles.append(title)
            key = f"{alumnus}/thesis" + ("" if len(titles) == 1 else f"-{len(titles)}")
            language = row.get(Part.STUDY, "thesis_language")
            weak[key] = Expertise(key, title, "thesis", source, language, since=year, until=year, weak=True)
    for study in studies:
        key = f"{alumnus}/programme.{slug(study.programme)}"
        weak.setdefault(key, Expertise(key, study.programme, "programme", source, until=study.year, weak=True))
    for row in rows:
        position = row.get(Part.JOB, "position")
        if position is not None:
            made = _position(alumnus, position, row, source)
            while weak.get(made.key, made).text != made.text:  # two titles in one year at one organisation
                made = replace(made, key=f"{made.key}+")
            weak.setdefault(made.key, made)
    return list(weak.values())


def _position(alumnus: str, position: str, row: CheckedRow, source: Source) -> Expertise:
    organisation, since = row.get(Part.JOB, "organisation"), row.year(Part.JOB, "position_since")
    return Expertise(
        key=f"{alumnus}/position.{slug(organisation or '')}.{since or ''}",
        text=f"{position}, {organisation}" if organisation else position,
        kind="position",
        source=source,
        city=row.get(Part.JOB, "organisation_city"),
        country=row.get(Part.JOB, "organisation_country"),
        since=since,
        until=row.year(Part.JOB, "position_until"),
        role=cast("Role | None", row.get(Part.JOB, "role")),
        weak=True,
    )
