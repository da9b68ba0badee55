"""An answer as a table that a spreadsheet opens: one row for each piece of evidence shown."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator
from pathlib import Path

from graph.model.answers import Answer

COLUMNS = (
    "rank", "id", "name", "made up", "country", "city", "position", "organisation", "works in", "confirmed",
    "meets the whole question", "missing", "score", "evidence", "evidence city", "evidence country", "since", "until",
    "role", "kind", "title only", "project", "hazards", "measures", "source",
)  # fmt: skip


_NOT_IN_CELLS = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f]")


def rows(answer: Answer) -> Iterator[tuple[object, ...]]:
    """Yield the table's rows in the order of the answer."""
    for rank, expert in enumerate(answer.experts, 1):
        for evidence in expert.evidence:
            yield (
                rank,
                expert.id,
                expert.name,
                _yes(expert.synthetic),
                expert.country,
                expert.city_name,
                expert.position,
                expert.organisation,
                "; ".join(expert.languages),
                expert.confirmed,
                _yes(expert.whole),
                "; ".join(expert.missing),
                round(expert.score, 4),
                evidence.text,
                evidence.city.name if evidence.city else None,
                evidence.country,
                evidence.since,
                evidence.until,
                evidence.role,
                evidence.kind,
                _yes(evidence.weak),
                evidence.project,
                "; ".join(hazard.id for hazard in evidence.hazards),
                "; ".join(measure.name for measure in evidence.measures),
                evidence.source,
            )


def write_csv(answer: Answer, path: Path) -> None:
    """Write the table as CSV in UTF-8 with a byte order mark, which spreadsheets need to read other scripts."""
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(COLUMNS)
        writer.writerows([harmless(value) for value in row] for row in rows(answer))


def write_xlsx(answer: Answer, path: Path) -> None:
    """Write the table as an Excel workbook."""
    from openpyxl import Workbook

    workbook = Workbook(write_only=True)
    sheet = workbook.create_sheet("experts")
    sheet.append(COLUMNS)
    for row in rows(answer):
        sheet.append([harmless(value) for value in row])
    content = io.BytesIO()
    workbook.save(content)
    path.write_bytes(content.getvalue())


def _yes(value: bool) -> str:
    return "yes" if value else "no"


def harmless(value: object) -> object:
    """A value that a spreadsheet opens as what it is: no formula, which it would run, no sign that it cannot hold."""
    if not isinstance(value, str):
        return value
    text = _NOT_IN_CELLS.sub(" ", value)
    return f"'{text}" if text[:1] in ("=", "+", "-", "@", "\t", "\r") else text
