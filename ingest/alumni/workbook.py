"""The first sheet of an XLSX file as rows of text, each cell as a person sees it there."""

from __future__ import annotations

import datetime
import io
import re
import zipfile
from pathlib import Path
from typing import TYPE_CHECKING

from graph.errors import LimitReached, WrongInput

if TYPE_CHECKING:
    from ingest.alumni.reading import RawRow

LARGEST_UNPACKED = 1024 * 1024 * 1024
"""Bytes of an XLSX file once unpacked; a small file can unpack to far more than a machine has."""

_ZEROS = re.compile(r"0{2,}")


def read_workbook(path: Path, content: bytes) -> tuple[list[RawRow], str]:
    """The rows of the first sheet, and how the file was understood; raises WrongInput for any other zip file."""
    from openpyxl import load_workbook
    from openpyxl.utils.exceptions import InvalidFileException

    from ingest.alumni.reading import RawRow

    _check_archive(path, content)
    try:
        book = load_workbook(io.BytesIO(content), read_only=True, data_only=True)
    except (InvalidFileException, KeyError, ValueError, zipfile.BadZipFile, SyntaxError) as error:
        raise WrongInput(
            f"{path.name} cannot be read as XLSX.", "Open it, save it as XLSX again, and load that."
        ) from error
    sheets = book.worksheets
    if not sheets:
        raise WrongInput(f"{path.name} has no sheet with cells.", "Put the rows on the first sheet.")
    sheets[0].reset_dimensions()  # some programs state a size that is not so
    rows = [
        RawRow(number, None, [_text(cell) for cell in cells])
        for number, cells in enumerate(sheets[0].iter_rows(), start=1)
    ]
    others = f", {len(sheets) - 1} other sheets not read" if len(sheets) > 1 else ""
    book.close()
    return rows, f'XLSX, sheet "{sheets[0].title}"{others}'


def _check_archive(path: Path, content: bytes) -> None:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            members = archive.infolist()
    except zipfile.BadZipFile as error:
        raise WrongInput(f"{path.name} is a damaged XLSX or zip file.", "Save it again.") from error
    if not any(member.filename == "xl/workbook.xml" for member in members):
        raise WrongInput(
            f"{path.name} is a zip archive, not an XLSX file.", "Unpack it and load the CSV or XLSX inside."
        )
    if sum(member.file_size for member in members) > LARGEST_UNPACKED:
        raise LimitReached(f"{path.name} unpacks to more than {LARGEST_UNPACKED:,} bytes.", "Save it as CSV.")


def _text(cell: object) -> str:
    """A cell as text: dates as ISO 8601, whole numbers without a fraction, leading zeros that its format shows."""
    value = getattr(cell, "value", None)
    if value is None:
        return ""
    if isinstance(value, str):
        return value
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e15:
        value = int(value)
    if isinstance(value, int):
        shown = getattr(cell, "number_format", "")
        return str(value).zfill(len(shown)) if _ZEROS.fullmatch(shown) else str(value)
    if isinstance(value, datetime.datetime):
        whole_day = value.time() == datetime.time()
        return value.date().isoformat() if whole_day else value.isoformat(timespec="minutes")
    return str(value)
