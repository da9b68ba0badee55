"""A file of rows, as a person sees it: CSV in any usual encoding and separator, or the first sheet of an XLSX file."""

from __future__ import annotations

import csv
import io
import itertools
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from graph.errors import LimitReached, NotFound, WrongInput
from ingest.alumni.encodings import decoded

LARGEST_FILE = 100 * 1024 * 1024
"""Bytes; a network of 15,000 people with 45,000 texts is about 15 MB."""

_SEPARATORS = {",": "comma", ";": "semicolon", "\t": "tab", "|": "bar"}
_OTHER_KINDS = (
    (b"\xd0\xcf\x11\xe0", "an old Excel file (.xls) or one with a password"),
    (b"%PDF", "a PDF file"),
    (b"\x89PNG", "a picture"),
    (b"\xff\xd8\xff", "a picture"),
    (b"\x1f\x8b", "a gzip archive"),
    (b"{\\rtf", "a text document (RTF)"),
)
_SAVE_AS = "Save it as CSV (UTF-8) or XLSX without a password and load that."


@dataclass(frozen=True, slots=True)
class RawRow:
    """One row: `number` as a spreadsheet shows it, `line` as a text editor does (None for XLSX), and its cells."""

    number: int
    line: int | None
    cells: Sequence[str]


@dataclass(frozen=True, slots=True)
class Table:
    """What was read: the headers, the rows that are not empty, and how the file was understood, in words."""

    name: str
    headers: tuple[str, ...]
    rows: tuple[RawRow, ...]
    understood_as: str


def read_table(path: Path, encoding: str | None = None) -> Table:
    """Read a CSV or XLSX file; a stated `encoding` of a CSV file replaces finding it out.

    Raises NotFound where there is no such file, LimitReached where it is too large, and WrongInput where it is of
    another kind, cannot be decoded, has no row, or has a quote that is never closed.
    """
    content = _content(path)
    if content.startswith(b"PK"):
        from ingest.alumni.workbook import read_workbook

        rows, understood_as = read_workbook(path, content)
    else:
        for mark, kind in _OTHER_KINDS:
            if content.startswith(mark):
                raise WrongInput(f"{path.name} is {kind}.", _SAVE_AS)
        rows, understood_as = _read_csv(path.name, content, encoding)
    filled = [row for row in rows if any(cell.strip() for cell in row.cells)]
    if not filled:
        raise WrongInput(f"{path.name} holds no row.", "Choose the file that has the header and the rows.")
    headers = tuple(_header(cell, index) for index, cell in enumerate(filled[0].cells))
    if len(filled) == 1:
        raise WrongInput(f"{path.name} holds a header and no other row.", "Choose the file that has the rows.")
    return Table(path.name, _without_empty_end(headers, filled), tuple(filled[1:]), understood_as)


def column_letter(index: int) -> str:
    """A column's letters in a spreadsheet: 0 is A, 26 is AA."""
    letters = ""
    index += 1
    while index:
        index, rest = divmod(index - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def _content(path: Path) -> bytes:
    if not path.exists():
        raise NotFound(f"There is no file {path}.", "Check the path.")
    if not path.is_file():
        raise WrongInput(f"{path} is no file.", "Name one CSV or XLSX file.")
    if path.stat().st_size > LARGEST_FILE:
        raise LimitReached(
            f"{path.name} has {path.stat().st_size:,} bytes, more than {LARGEST_FILE:,}.",
            "Split it; rows of one person belong in one file.",
        )
    try:
        return path.read_bytes()
    except PermissionError as error:
        raise WrongInput(f"{path} may not be read.", "Give yourself the right to read it.") from error


def _header(cell: str, index: int) -> str:
    return " ".join(cell.split()) or f"column {column_letter(index)}"


def _without_empty_end(headers: tuple[str, ...], rows: Sequence[RawRow]) -> tuple[str, ...]:
    """Headers without the nameless ones at the end below which every cell is empty."""
    end = len(headers)
    while end and not rows[0].cells[end - 1].strip() and not any(_cell(row, end - 1) for row in rows[1:]):
        end -= 1
    return headers[:end]


def _cell(row: RawRow, index: int) -> str:
    return row.cells[index].strip() if index < len(row.cells) else ""


def _read_csv(name: str, content: bytes, stated_encoding: str | None) -> tuple[list[RawRow], str]:
    text, encoding = decoded(name, content, stated_encoding)
    first, _, rest = text.partition("\n")
    stated = first.strip().lower()
    skipped = 0
    if stated.startswith("sep=") and len(stated) == 5:  # Excel's own line that states the separator
        separator, text, skipped = first.strip()[4], rest, 1
    else:
        separator = "\t" if stated == "sep=" else _separator(text)
    rows = list(_records(name, text, separator, skipped))
    return rows, f"CSV, {encoding}, separated by {_SEPARATORS.get(separator, repr(separator))}"


def _separator(text: str) -> str:
    """The separator that cuts the header into most columns, where the rows below agree with it."""
    sample = text[:200_000]
    return max(_SEPARATORS, key=lambda separator: _agreement(sample, separator))


def _agreement(sample: str, separator: str) -> tuple[bool, int, int]:
    widths = []
    for record in csv.reader(io.StringIO(sample, newline=""), delimiter=separator):
        if record:
            widths.append(len(record))
        if len(widths) == 30:
            break
    if not widths or widths[0] == 1:
        return (False, 0, 0)
    return (sum(width <= widths[0] for width in widths) * 2 > len(widths), widths[0], widths.count(widths[0]))


def _records(name: str, text: str, separator: str, skipped: int) -> Iterator[RawRow]:
    csv.field_size_limit(10_000_000)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator)
    begun = line = 1
    for number, cells in enumerate(reader, start=1):
        begun, line = line, reader.line_num + 1
        if line - begun > 500:
            raise _never_closed(name, begun + skipped)
        yield RawRow(number, begun + skipped, cells)
    if '"' in text:
        _check_last_record(name, text, separator, begun, skipped)


def _check_last_record(name: str, text: str, separator: str, begun: int, skipped: int) -> None:
    last = itertools.islice(io.StringIO(text, newline=""), begun - 1, None)
    try:
        for _ in csv.reader(last, delimiter=separator, strict=True):
            pass
    except csv.Error as error:
        if "unexpected end" in str(error):
            raise _never_closed(name, begun + skipped) from error


def _never_closed(name: str, line: int) -> WrongInput:
    return WrongInput(f"In {name} a quote that opens in line {line} is never closed.", "Close or remove that quote.")
