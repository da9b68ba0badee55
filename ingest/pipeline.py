"""An alumni file -> the network: compared with what is there, and only what is new or changed written.

Contact details and consent are written first, then the rows of the import, then the graph, about a thousand
people at a time; removal goes the other way round. A load that is cut off is completed by loading again.
"""

from __future__ import annotations

import datetime
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from graph.model.places import City
from ingest.alumni.checks import RowChecker
from ingest.alumni.contact_details import MASK, masked
from ingest.alumni.file import AlumniFile, Progress, read_alumni
from ingest.alumni.mapping import ColumnMapping, read_mapping
from ingest.alumni.places import PlaceReader
from ingest.alumni.refusals import Note
from ingest.alumni.template import COLUMNS, Part
from ingest.comparing import Comparison, compare
from ingest.report import LoadReport, write_report
from ingest.stores import NetworkKind, Stores, check_kind
from ingest.writing import OnNew, write_people
from nlp.ports import Linker

_CONTACT_COLUMNS = frozenset(column.name for column in COLUMNS if column.part is Part.CONTACT)
_SAMPLE = 10


def load_people(
    path: Path,
    stores: Stores,
    linker: Linker,
    cities: Sequence[City],
    *,
    mapping: Path | ColumnMapping | None = None,
    source: str | None = None,
    kind: NetworkKind = "own",
    now: datetime.datetime | None = None,
    dry_run: bool = False,
    remove_missing: bool = False,
    progress: Progress = lambda _stage, _done, _total: None,
    before_comparing: Callable[[], object] = lambda: None,
    on_new: OnNew = lambda _new: None,
) -> LoadReport:
    """Load a CSV or XLSX file of alumni, whole; good rows are loaded and bad ones reported.

    `cities` are the places that names are looked up in; they must be in the graph. `source` names whose file this
    is: people and rows of that source that the file no longer has are reported, and removed with `remove_missing`.
    Without it the mapping's source, or else the file's name is meant. `before_comparing` is called once the file is
    read; places need not be in the graph before it returns. `on_new` is given the people, as they were written, who
    were not in the graph before. Raises WrongInput where the file cannot be read as one, or where the graph is of the
    other kind.
    """
    now = now or datetime.datetime.now(datetime.UTC)
    check_kind(stores.network, kind, path)
    columns = mapping if isinstance(mapping, ColumnMapping) else read_mapping(mapping) if mapping else ColumnMapping()
    progress("reading", 0, 1)
    checker = RowChecker(PlaceReader(cities), now.date())
    file = read_alumni(path, columns, source, checker, progress)
    before_comparing()
    found = compare(file, columns, stores, linker.name, checker, now, remove_missing)
    report = _report(file, found, dry_run)
    if dry_run:
        return replace(report, unfindable=tuple(stores.imports.unfindable()))
    stores.network.set_kind(kind)
    return _write(file, found, stores, linker, report, now, remove_missing, progress, on_new)


def _write(
    file: AlumniFile,
    found: Comparison,
    stores: Stores,
    linker: Linker,
    report: LoadReport,
    now: datetime.datetime,
    remove_missing: bool,
    progress: Progress,
    on_new: OnNew,
) -> LoadReport:
    when = now.isoformat(timespec="seconds")
    number = stores.imports.begin(file.name, file.source, when)
    gone, forgotten = write_people(file, found, stores, linker, number, now, remove_missing, progress, on_new)
    stores.imports.finish(number, when)
    report = replace(
        report,
        import_number=number,
        removed=len(found.missing) if remove_missing else 0,
        missing=0 if remove_missing else report.missing,
        missing_rows=0 if remove_missing else report.missing_rows,
        loaded=tuple(person.alumnus.key for person in found.to_load),
        gone=tuple(gone),
        forgotten=tuple(forgotten),
        unfindable=tuple(stores.imports.unfindable()),
    )
    return write_report(stores.reports, report, f"{now:%Y-%m-%d}-{number:04d}")


def _report(file: AlumniFile, found: Comparison, dry_run: bool) -> LoadReport:
    notes = (*file.notes, *found.notes)
    refused = {note.row for note in notes if note.kind == "refused"}
    return LoadReport(
        file=file.name,
        source=file.source,
        understood_as=file.understood_as,
        dry_run=dry_run,
        mapping=file.mapped.used,
        unused_columns=file.mapped.unused,
        sample=tuple(_sample(row.values) for row in file.rows[:_SAMPLE]),
        rows=len(file.rows),
        people=len(file.people),
        new=found.new,
        changed=found.changed,
        unchanged=found.unchanged,
        refused=len(refused),
        from_other_files=found.from_other_files,
        withheld=len(found.withheld),
        withdrawn=len(found.stay_out) + len(found.withdrawn),
        missing=len(found.missing),
        missing_rows=sum(note.kind == "missing" and note.column == "expertise_id" for note in notes),
        notes=tuple(sorted(notes, key=_by_row)),
    )


def _by_row(note: Note) -> tuple[bool, int]:
    return (note.row is None, note.row or 0)


def _sample(values: Mapping[str, str]) -> dict[str, str]:
    return {column: MASK if column in _CONTACT_COLUMNS else masked(value) for column, value in values.items()}
