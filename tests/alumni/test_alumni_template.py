"""The templates that offices fill in."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from pathlib import Path

import pytest
from openpyxl import load_workbook

from graph.errors import WrongInput
from ingest import actions
from ingest.alumni.template import COLUMNS, template
from ingest.report import LoadReport
from ingest.stores import Stores

Load = Callable[..., LoadReport]


@pytest.mark.parametrize("form", ["csv", "xlsx"])
def test_the_template_loads_without_its_example(load: Load, stores: Stores, tmp_path: Path, form: str) -> None:
    path = tmp_path / f"template.{form}"
    path.write_bytes(template(form))  # type: ignore[arg-type]
    report = load(path)
    assert (report.rows, report.people, report.refused) == (1, 0, 0)
    assert [(note.kind, note.row) for note in report.notes] == [("left out", 2)]
    assert report.unused_columns == ()
    assert stores.people.fingerprints() == {}


def test_the_example_is_a_good_row_and_says_that_it_is_made_up(load: Load, stores: Stores) -> None:
    example = {column.name: column.example for column in COLUMNS}
    assert "made-up" in example["alumnus_id"]
    assert "Made-up" in example["name"]
    assert load([example | {"alumnus_id": "A-1"}]).new == 1


def test_the_workbook_explains_every_column_on_its_second_sheet() -> None:
    book = load_workbook(io.BytesIO(template("xlsx")))
    explained = [row[0] for row in book["Columns"].iter_rows(min_row=2, values_only=True)]
    assert explained[: len(COLUMNS)] == [column.name for column in COLUMNS]
    assert book.sheetnames[0] == "Alumni"


def test_other_formats_are_refused_and_the_actions_template_has_its_columns() -> None:
    with pytest.raises(WrongInput):
        template("docx")  # type: ignore[arg-type]
    header = next(csv.reader(io.StringIO(actions.template().decode("utf-8-sig"))))
    assert header == ["city", "country", "title", "hazard", "measure", "status", "year", "source"]
