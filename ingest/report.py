"""What a load did, as a value, and as two files: a summary to read and a table of the rows that need somebody."""

from __future__ import annotations

import csv
import dataclasses
import io
import os
from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

from graph.contacts import Tally
from graph.store.slugs import slug
from ingest.alumni.refusals import Note

_COLUMNS = ("what", "row", "line", "alumnus_id", "column", "value", "reason", "what_to_do")
_SHOWN = 12


@dataclass(frozen=True, slots=True)
class LoadReport:
    """What a load found and did.

    `new`, `changed`, `unchanged`, `withheld`, `withdrawn` (stayed or went out for want of consent), `missing` and
    `removed` count people, `from_other_files` those whom another source brought before; `rows`, `refused` and
    `missing_rows` count rows. `unfindable` counts everyone in the network, not in this file alone. Where `things` are
    actions, those are counted as people are. `loaded` and `gone` are keys, `forgotten` texts for no cache to keep.
    """

    file: str
    source: str
    understood_as: str
    dry_run: bool
    mapping: Mapping[str, str]
    unused_columns: tuple[str, ...]
    sample: tuple[Mapping[str, str], ...]
    rows: int
    people: int = 0
    new: int = 0
    changed: int = 0
    unchanged: int = 0
    refused: int = 0
    from_other_files: int = 0
    withheld: int = 0
    withdrawn: int = 0
    missing: int = 0
    missing_rows: int = 0
    removed: int = 0
    unfindable: tuple[Tally, ...] = ()
    notes: tuple[Note, ...] = ()
    import_number: int | None = None
    loaded: tuple[str, ...] = ()
    gone: tuple[str, ...] = ()
    forgotten: tuple[str, ...] = field(default=(), repr=False)
    things: Literal["people", "actions"] = "people"
    summary_file: Path | None = None
    report_file: Path | None = None

    @property
    def wrote(self) -> bool:
        """Whether the graph is another than before."""
        return not self.dry_run and bool(self.loaded or self.gone)


def summary(report: LoadReport) -> str:
    """The report in words, without a name, an address or a number."""
    lines = [
        f"{'Dry run: nothing was written. ' if report.dry_run else ''}{report.file}, source {report.source}",
        f"Read as {report.understood_as}: {_count(report.rows, 'row')} of {_things(report)}.",
        f"{report.new:,} new, {report.changed:,} changed, {report.unchanged:,} unchanged.",
        f"{_count(report.refused, 'row')} refused{', each with its reason in the report' if report.refused else ''}.",
    ]
    if report.from_other_files:
        lines.append(
            f"{_people(report.from_other_files)} came from another source before, and now from this one"
            " (--source NAME where a file has only got another name)."
        )
    if report.withheld:
        lines.append(f"{_people(report.withheld)} withheld: their consent is missing. They are in no answer.")
    if report.withdrawn:
        lines.append(f"{_people(report.withdrawn)} left out: consent refused or withdrawn (c2c consent give ID).")
    if report.things == "actions" and report.missing:
        lines.append(f"Missing from the file and kept: {_count(report.missing, 'action')}.")
    elif report.missing or report.missing_rows:
        lines.append(
            f"Missing from the file and kept: {_people(report.missing)}, {_count(report.missing_rows, 'single row')}"
            " (--remove-missing removes them)."
        )
    if report.removed:
        lines.append(f"{_people(report.removed)} removed, for they are missing from the file.")
    if report.unused_columns:
        lines.append(f"Columns that nothing uses: {', '.join(report.unused_columns)}.")
    for kind, number in Counter(note.kind for note in report.notes if note.kind in ("warning", "left out")).items():
        lines.append(f"{_count(number, kind)}, in the report.")
    if report.things == "people":
        lines.extend(_unfindable(report.unfindable))
    return "\n".join(lines) + "\n"


def tally_by(tallies: Sequence[Tally], what: str) -> list[tuple[str, int]]:
    """Tallies summed by "country" or "programme", the largest first; "unknown" where it is not known."""
    sums: Counter[str] = Counter()
    for tally in tallies:
        sums[(tally.country if what == "country" else tally.programme) or "unknown"] += tally.count
    return sums.most_common()


def write_report(directory: Path, report: LoadReport, name: str) -> LoadReport:
    """Write the summary and, where there is something to mend, the table; both readable by the owner alone."""
    directory.mkdir(parents=True, exist_ok=True)
    stem = f"{name}-{slug(Path(report.file).stem)[:60]}"
    table = directory / f"{stem}.csv" if report.notes else None
    if table is not None:
        _write(table, _table([_note_row(note) for note in report.notes]))
    _write(directory / f"{stem}.txt", summary(report))
    return dataclasses.replace(report, summary_file=directory / f"{stem}.txt", report_file=table)


def erase_from_reports(directory: Path, alumni: Collection[str]) -> int:
    """Rewrite every table that has a line on one of these people, without it; returns how many were rewritten."""
    rewritten = 0
    for path in sorted(directory.glob("*.csv")) if directory.is_dir() else ():
        with path.open(encoding="utf-8-sig", newline="") as file:
            reader = csv.DictReader(file)
            if tuple(reader.fieldnames or ()) != _COLUMNS:
                continue  # not a report
            rows = list(reader)
        kept = [row for row in rows if _unguarded(row.get("alumnus_id") or "") not in alumni]
        if len(kept) < len(rows):
            _write(path, _table([[row[column] for column in _COLUMNS] for row in kept]))
            rewritten += 1
    return rewritten


def _note_row(note: Note) -> list[str]:
    cells = (note.kind, note.row, note.line, note.alumnus, note.column, note.value, note.reason, note.mend)
    return ["" if cell is None else _guarded(str(cell)) for cell in cells]


def _guarded(cell: str) -> str:
    """A cell that a spreadsheet takes for text and not for a formula."""
    return f"'{cell}" if cell[:1] in ("=", "+", "-", "@", "\t", "\r") else cell


def _unguarded(cell: str) -> str:
    return cell[1:] if cell[:1] == "'" and cell[1:2] in ("=", "+", "-", "@") else cell


def _table(rows: Sequence[Sequence[str]]) -> str:
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(_COLUMNS)
    writer.writerows(rows)
    return "\ufeff" + text.getvalue()  # the mark lets a spreadsheet see that this is UTF-8


def _write(path: Path, text: str) -> None:
    """Replace a file whole, readable by its owner alone."""
    temporary = path.with_suffix(path.suffix + ".new")
    descriptor = os.open(temporary, os.O_CREAT | os.O_WRONLY | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "w", encoding="utf-8", newline="") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
    temporary.replace(path)


def _unfindable(tallies: Sequence[Tally]) -> list[str]:
    total = sum(tally.count for tally in tallies)
    lines = [f"No question about a hazard can find {_people(total)} of the network."]
    if total:
        for what in ("country", "programme"):
            sums = tally_by(tallies, what)
            more = f" and {len(sums) - _SHOWN} more" if len(sums) > _SHOWN else ""
            lines.append(f"  by {what}: {', '.join(f'{name} {number}' for name, number in sums[:_SHOWN])}{more}")
    return lines


def _things(report: LoadReport) -> str:
    return _people(report.people) if report.things == "people" else _count(report.people, "action")


def _count(number: int, thing: str) -> str:
    return f"{number:,} {thing}" + ("" if number == 1 or thing == "left out" else "s")


def _people(number: int) -> str:
    return "1 person" if number == 1 else f"{number:,} people"
