"""What a load did, in the terminal."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.table import Table

from api.cli.session import Session

if TYPE_CHECKING:
    from ingest.report import LoadReport

NOTES_SHOWN = 5


def show_report(session: Session, report: LoadReport, as_json: bool) -> int:
    """Show a load's summary, its first refusals, and where the report lies; exit code 1 where rows were refused."""
    from ingest.report import summary

    out = session.terminal.out
    if as_json:
        session.terminal.json(_object(report))
        return 1 if report.refused else 0
    if report.dry_run:
        _show_mapping(session, report)
    out.print(summary(report).rstrip(), markup=False, highlight=False)
    refused = [note for note in report.notes if note.kind == "refused"]
    for note in refused[:NOTES_SHOWN]:
        place = f"row {note.row}, {note.column}" if note.column else f"row {note.row}"
        out.print(f"  {place}: {note.value or ''} – {note.reason} {note.mend}", markup=False, highlight=False)
    if len(refused) > NOTES_SHOWN:
        out.print(f"  and {len(refused) - NOTES_SHOWN} more")
    if report.report_file is not None:
        out.print(f"Report: {report.report_file}", markup=False, highlight=False, soft_wrap=True)
    return 1 if report.refused else 0


def _show_mapping(session: Session, report: LoadReport) -> None:
    mapping = Table("column of the template", "filled from", box=None)
    for ours, theirs in report.mapping.items():
        mapping.add_row(ours, theirs)
    session.terminal.out.print(mapping)
    for number, row in enumerate(report.sample, 1):
        shown = "; ".join(f"{column}: {value}" for column, value in row.items() if value)
        session.terminal.out.print(f"{number:>2}  {shown}", markup=False, highlight=False)
    session.terminal.out.print()


def _object(report: LoadReport) -> dict[str, object]:
    counted = (
        "file", "source", "dry_run", "rows", "people", "new", "changed", "unchanged", "refused", "withheld",
        "withdrawn", "missing", "missing_rows", "removed",
    )  # fmt: skip
    return {
        **{name: getattr(report, name) for name in counted},
        "mapping": dict(report.mapping),
        "sample": [dict(row) for row in report.sample] if report.dry_run else [],
        "notes": [
            {
                "what": note.kind,
                "row": note.row,
                "column": note.column,
                "value": note.value,
                "reason": note.reason,
                "mend": note.mend,
            }
            for note in report.notes
        ],
        "unfindable": sum(tally.count for tally in report.unfindable),
        "report": str(report.report_file) if report.report_file else None,
    }
