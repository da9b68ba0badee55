"""What cities did, from a plain CSV or XLSX file: checked row by row, good ones loaded, the same again no change."""

from __future__ import annotations

import csv
import datetime
import hashlib
import io
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Protocol

from graph.errors import WrongInput
from graph.model.hazards import Action, Hazard, Measure
from graph.model.places import City
from graph.store.slugs import slug
from ingest.alumni.contact_details import found
from ingest.alumni.file import Progress
from ingest.alumni.mapped import like_ours
from ingest.alumni.mapping import nearest
from ingest.alumni.places import PlaceReader
from ingest.alumni.reading import RawRow, read_table
from ingest.alumni.refusals import Note, NoteKind, shown
from ingest.alumni.values import Doubt, year
from ingest.report import LoadReport, write_report
from ingest.sources.names import normalised
from ingest.stores import NetworkKind, Stores, check_kind

COLUMNS = ("city", "country", "title", "hazard", "measure", "status", "year", "source")
EXAMPLE_TITLE = "EXAMPLE, made up: raised the sea wall"
_EXAMPLE = (
    "Can Tho",
    "Viet Nam",
    EXAMPLE_TITLE,
    "coastal-flooding; storm-surge",
    "",
    "completed",
    "2021",
    "city website",
)
_TOGETHER = 1_000


class Actions(Protocol):
    """The part of `graph.store.actions.ActionStore` that a load needs."""

    def put(self, actions: Sequence[Action]) -> None:
        """Write actions by key, each whole."""


def template() -> bytes:
    """The template's bytes, CSV: the header, and one example row that a load leaves out."""
    text = io.StringIO()
    csv.writer(text).writerows([COLUMNS, _EXAMPLE])
    return ("\ufeff" + text.getvalue()).encode("utf-8")


def load_actions(
    path: Path,
    actions: Actions,
    stores: Stores,
    *,
    cities: Sequence[City],
    hazards: Iterable[Hazard],
    measures: Iterable[Measure],
    kind: NetworkKind = "own",
    now: datetime.datetime | None = None,
    dry_run: bool = False,
    progress: Progress = lambda _stage, _done, _total: None,
) -> LoadReport:
    """Load what cities did; hazards and measures by id or name, several parted by semicolons.

    An action's key is made of city, year, title, hazards and measures. Actions that left the file are kept.
    Raises WrongInput where the file cannot be read or lacks a column.
    """
    now = now or datetime.datetime.now(datetime.UTC)
    check_kind(stores.network, kind, path)
    table = read_table(path)
    positions = _positions(path.name, table.headers)
    reader = _ActionReader(PlaceReader(cities), _names(hazards), _names(measures), path.name, now.date())
    read: dict[str, Action] = {}
    notes: list[Note] = []
    for number, raw in enumerate(table.rows, start=1):
        values = {column: _cell(raw, index) for column, index in positions.items()}
        action = reader.read(raw, values, notes)
        if action is not None and action.key in read:
            notes.append(_note("refused", raw, "title", action.title, Doubt("stands twice", "Remove one of the rows.")))
        elif action is not None:
            read[action.key] = action
        if number % _TOGETHER == 0:
            progress("checking actions", number, len(table.rows))
    known = stores.imports.actions()
    digests = {key: _digest(action) for key, action in read.items()}
    to_put = [action for key, action in read.items() if known.get(key, ("", ""))[1] != digests[key]]
    missing = [key for key, (file, _) in known.items() if file == path.name and key not in read]
    report = LoadReport(
        file=path.name,
        source=path.name,
        understood_as=table.understood_as,
        dry_run=dry_run,
        mapping={column: table.headers[index] for column, index in positions.items()},
        unused_columns=tuple(header for index, header in enumerate(table.headers) if index not in positions.values()),
        sample=tuple({c: shown(_cell(raw, i)) for c, i in positions.items()} for raw in table.rows[:10]),
        things="actions",
        rows=len(table.rows),
        people=len(read),
        new=sum(action.key not in known for action in to_put),
        changed=sum(action.key in known for action in to_put),
        unchanged=len(read) - len(to_put),
        refused=len({note.row for note in notes if note.kind == "refused"}),
        missing=len(missing),
        notes=tuple(notes),
    )
    if dry_run:
        return report
    stores.network.set_kind(kind)
    number = stores.imports.begin(path.name, path.name, now.isoformat(timespec="seconds"))
    for first in range(0, len(to_put), _TOGETHER):
        some = to_put[first : first + _TOGETHER]
        stores.network.advance()
        actions.put(some)
        stores.imports.record_actions(path.name, {action.key: digests[action.key] for action in some})
        progress("writing actions", first + len(some), len(to_put))
    stores.imports.finish(number, now.isoformat(timespec="seconds"))
    report = replace(report, import_number=number, loaded=tuple(action.key for action in to_put))
    return write_report(stores.reports, report, f"{now:%Y-%m-%d}-{number:04d}")


class _ActionReader:
    def __init__(
        self,
        places: PlaceReader,
        hazards: Mapping[str, str],
        measures: Mapping[str, str],
        source: str,
        today: datetime.date,
    ) -> None:
        self._places, self._hazards, self._measures = places, hazards, measures
        self._source, self._today = source, today

    def read(self, raw: RawRow, values: Mapping[str, str], notes: list[Note]) -> Action | None:
        """The action of a row, or None with every reason in `notes`."""
        if values["title"] == EXAMPLE_TITLE:
            notes.append(
                _note("left out", raw, "title", EXAMPLE_TITLE, Doubt("is the template's example", "Delete it."))
            )
            return None
        doubts: list[tuple[str, Doubt]] = []
        for column, text in values.items():
            if found(text):
                mend = "Take it out; actions are shown to everyone."
                doubts.append((column, Doubt(f"holds a contact detail ({found(text)[0].kind})", mend)))
        city = self._city(values, doubts)
        hazards = _several(values.get("hazard", ""), self._hazards, "hazard", doubts)
        measures = _several(values.get("measure", ""), self._measures, "measure", doubts)
        happened = self._year(values.get("year", ""), doubts)
        if not values["title"]:
            doubts.append(("title", Doubt("is empty", "Write what the city did.")))
        if not (values.get("hazard") or values.get("measure")):
            doubts.append(
                ("hazard", Doubt("is empty, and so is measure", "Write against what it was, or the measure."))
            )
        if doubts or city is None:
            notes.extend(_note("refused", raw, column, values.get(column, ""), doubt) for column, doubt in doubts)
            return None
        return Action(
            key=_key(city.id, happened, values["title"], hazards, measures),
            city=city.id,
            title=values["title"],
            status=values.get("status") or None,
            year=happened,
            source=values.get("source") or self._source,
            hazards=hazards,
            measures=measures,
        )

    def _city(self, values: Mapping[str, str], doubts: list[tuple[str, Doubt]]) -> City | None:
        column = "country"
        try:
            country = self._places.country(values["country"]) if values.get("country") else None
            column = "city"
            if not values["city"]:
                raise Doubt("is empty", "Write the city.")
            return self._places.city(values["city"], country)
        except Doubt as doubt:
            doubts.append((column, doubt))
            return None

    def _year(self, text: str, doubts: list[tuple[str, Doubt]]) -> int | None:
        try:
            return year(text, self._today) if text else None
        except Doubt as doubt:
            doubts.append(("year", doubt))
            return None


def _names(things: Iterable[Hazard | Measure]) -> dict[str, str]:
    """Ids by id, name and synonym, made comparable; a name that several have names none."""
    names: dict[str, str] = {}
    for thing in things:
        for name in (*thing.synonyms, thing.name):
            names[normalised(name)] = "" if names.get(normalised(name), thing.id) != thing.id else thing.id
    return {name: id_ for name, id_ in names.items() if id_} | {normalised(thing.id): thing.id for thing in things}


def _several(text: str, known: Mapping[str, str], column: str, doubts: list[tuple[str, Doubt]]) -> tuple[str, ...]:
    ids: dict[str, None] = {}
    for part in filter(None, (part.strip() for part in text.split(";"))):
        id_ = known.get(normalised(part))
        if id_ is None:
            doubts.append(
                (
                    column,
                    Doubt(f'has "{shown(part)}", which is no {column}', nearest(part, sorted(set(known.values())))),
                )
            )
        else:
            ids[id_] = None
    return tuple(ids)


def _key(city: str, happened: int | None, title: str, hazards: Sequence[str], measures: Sequence[str]) -> str:
    said = "|".join((slug(title), ";".join(sorted(hazards)), ";".join(sorted(measures))))
    return f"{city}.{happened or ''}.{hashlib.blake2b(said.encode(), digest_size=8).hexdigest()}"


def _digest(action: Action) -> str:
    return hashlib.blake2b(repr(action).encode("utf-8", "surrogatepass"), digest_size=16).hexdigest()


def _positions(name: str, headers: Sequence[str]) -> dict[str, int]:
    positions: dict[str, int] = {}
    for index, header in enumerate(headers):
        column = like_ours(header)
        if column in positions:
            raise WrongInput(f'The column "{column}" stands twice in {name}.', "Keep one of them.")
        if column in COLUMNS:
            positions[column] = index
    lacking = [column for column in ("city", "title") if column not in positions]
    if lacking:
        raise WrongInput(
            f"{name} has no column {' and no column '.join(lacking)}; its columns: {', '.join(headers)}.",
            "Take the template: c2c template actions.",
        )
    return positions


def _cell(raw: RawRow, index: int) -> str:
    return raw.cells[index].strip() if index < len(raw.cells) else ""


def _note(kind: NoteKind, raw: RawRow, column: str, value: str, doubt: Doubt) -> Note:
    return Note(kind, raw.number, raw.line, "", column, shown(value), doubt.reason, doubt.mend)
