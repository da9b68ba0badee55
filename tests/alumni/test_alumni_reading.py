"""Files as offices send them: any encoding and separator, spreadsheets, and row numbers that a person finds again."""

from __future__ import annotations

import datetime
import io
import zipfile
from pathlib import Path

import pytest
from openpyxl import Workbook

from graph.errors import LimitReached, NotFound, WrongInput
from ingest.alumni import reading, workbook
from ingest.alumni.reading import Table, column_letter, read_table

WESTERN = "alumnus_id;name\r\n1;Renée Müller\r\n2;Muñoz, João\r\n"


def table(tmp_path: Path, content: bytes | str, name: str = "file.csv", encoding: str | None = None) -> Table:
    path = tmp_path / name
    path.write_bytes(content.encode("utf-8") if isinstance(content, str) else content)
    return read_table(path, encoding)


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "latin-1"]
)
def test_encoding_and_separator_are_found_and_said(tmp_path: Path, encoding: str) -> None:
    read = table(tmp_path, WESTERN.encode(encoding))
    assert [list(row.cells) for row in read.rows] == [["1", "Renée Müller"], ["2", "Muñoz, João"]]
    said = {"utf-8-sig": "utf-8", "latin-1": "cp1252"}.get(encoding, encoding)
    assert read.understood_as == f"CSV, {said}, separated by semicolon"


@pytest.mark.parametrize(
    ("encoding", "text"),
    [
        ("cp1250", "Łukasz;Ochrona przed powodzią i zarządzanie ryzykiem w zlewni Wisły, wały są wzmocnione"),
        ("cp1251", "Иван;Защита от наводнений в дельте реки и управление водными ресурсами"),
        ("cp1256", "محمد;حماية الساحل من الفيضانات وإدارة الموارد المائية في الدلتا"),
        ("gb18030", "王;城市防洪排涝规划与海绵城市建设"),
        ("shift_jis", "山田;都市の洪水対策と高潮防災計画を担当しました"),
        ("mac_roman", "Hélène;digues relevées à Rotterdam, protégées contre la marée"),
    ],
)
def test_encodings_of_other_alphabets_are_found(tmp_path: Path, encoding: str, text: str) -> None:
    read = table(tmp_path, f"name;text\r\n{text}\r\n".encode(encoding))
    assert ";".join(read.rows[0].cells) == text


def test_a_stated_encoding_is_used(tmp_path: Path) -> None:
    assert table(tmp_path, "name\nIşıl\n".encode("cp1254"), encoding="cp1254").rows[0].cells == ["Işıl"]
    with pytest.raises(WrongInput, match="no encoding"):
        table(tmp_path, b"name\nx\n", encoding="cp99999")


@pytest.mark.parametrize(("separator", "name"), [(",", "comma"), (";", "semicolon"), ("\t", "tab"), ("|", "bar")])
def test_each_separator_is_found_though_texts_hold_the_others(tmp_path: Path, separator: str, name: str) -> None:
    others = "".join(sign for sign in ",;\t|" if sign != separator)
    read = table(tmp_path, f"id{separator}text\n1{separator}a{others}b\n2{separator}c\n")
    assert read.headers == ("id", "text")
    assert read.rows[0].cells == ["1", f"a{others}b"]
    assert name in read.understood_as


def test_rows_are_numbered_as_a_person_sees_them(tmp_path: Path) -> None:
    read = table(tmp_path, 'id,text\n1,"first\nsecond\nthird"\n\n2,b\n')
    assert [(row.number, row.line) for row in read.rows] == [(2, 2), (4, 6)]
    read = table(tmp_path, "sep=;\nid;text\n1;a\n")
    assert [(row.number, row.line) for row in read.rows] == [(2, 3)]


def test_a_quote_that_is_never_closed_is_named_by_its_line(tmp_path: Path) -> None:
    with pytest.raises(WrongInput, match="line 3 is never closed"):
        table(tmp_path, 'id,text\n1,a\n2,"b\n3,c\n')
    assert table(tmp_path, 'id,text\n1,a "quoted" word\n2,"all of ""it"""\n').rows[1].cells == ["2", 'all of "it"']


def test_a_spreadsheet_is_read_as_it_is_shown(tmp_path: Path) -> None:
    book = Workbook()
    sheet = book.active
    sheet.append(["id", "year", "day", "share", "flag", "text", None])
    sheet.append([7, 2012.0, datetime.datetime(2025, 3, 1), 0.5, True, "  x "])
    sheet["A2"].number_format = "00000"
    sheet.append([])
    sheet.append(["007", 2013, datetime.date(2025, 3, 2), None, False, None])
    book.create_sheet("Notes").append(["not read"])
    book.save(tmp_path / "file.xlsx")
    read = read_table(tmp_path / "file.xlsx")
    assert read.headers == ("id", "year", "day", "share", "flag", "text")
    assert [(row.number, list(row.cells)[:6]) for row in read.rows] == [
        (2, ["00007", "2012", "2025-03-01", "0.5", "yes", "  x "]),
        (4, ["007", "2013", "2025-03-02", "", "no"]),
    ]
    assert read.understood_as == 'XLSX, sheet "Sheet", 1 other sheets not read'


def zipped(name: str) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr(name, "x")
    return file.getvalue()


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("old.xls", b"\xd0\xcf\x11\xe0" + bytes(20), "an old Excel file"),
        ("paper.pdf", b"%PDF-1.7", "a PDF file"),
        ("photo.csv", b"\x89PNG" + bytes(20), "a picture"),
        ("cut.xlsx", b"PK\x03\x04" + bytes(20), "damaged"),
        ("many.zip", zipped("alumni.csv"), "a zip archive"),
        ("program.csv", bytes(range(256)) * 20, "no text file"),
        ("empty.csv", b"", "no row"),
        ("header.csv", b"alumnus_id,name\n\n", "no other row"),
    ],
)
def test_a_wrong_kind_of_file_is_refused_with_the_way_out(tmp_path: Path, name: str, content: bytes, said: str) -> None:
    with pytest.raises(WrongInput, match=said) as refused:
        table(tmp_path, content, name)
    assert refused.value.mend


def test_what_is_not_there_or_too_large_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(NotFound):
        read_table(tmp_path / "none.csv")
    with pytest.raises(WrongInput):
        read_table(tmp_path)
    monkeypatch.setattr(reading, "LARGEST_FILE", 10)
    with pytest.raises(LimitReached):
        table(tmp_path, "id,name\n1,abcdefgh\n")
    monkeypatch.setattr(reading, "LARGEST_FILE", 10_000_000)
    monkeypatch.setattr(workbook, "LARGEST_UNPACKED", 10)
    book = Workbook()
    book.active.append(["a"])
    book.save(tmp_path / "bomb.xlsx")
    with pytest.raises(LimitReached):
        read_table(tmp_path / "bomb.xlsx")


def test_columns_have_the_letters_of_a_spreadsheet() -> None:
    assert [column_letter(index) for index in (0, 25, 26, 701, 702)] == ["A", "Z", "AA", "ZZ", "AAA"]
