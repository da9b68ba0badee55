"""A bad row is refused by row, column, value, reason and way out; the good ones load."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from ingest.alumni.refusals import Note
from ingest.report import LoadReport
from ingest.stores import Stores

Row = dict[str, str]
Load = Callable[..., LoadReport]
Person = Callable[..., Row]


def refused(report: LoadReport) -> list[Note]:
    return [note for note in report.notes if note.kind == "refused"]


def dry(load: Load, *rows: Row) -> LoadReport:
    return load(list(rows), dry_run=True)


@pytest.mark.parametrize(
    ("column", "value", "reason", "mend"),
    [
        ("alumnus_id", "", "missing", "stays the same"),
        ("name", "", "missing", "name"),
        ("country", "Atlantis", "no country", "any language"),
        ("country", "Congo", "several countries", "CD"),
        ("home_city", "Rotterdammm", "no city", "Mend the name"),
        ("since", "16", "no year", "four digits"),
        ("since", "1816", "not a plausible year", "from 1900 to 2027"),
        ("until", "2015", "lies before since, which is 2016", "since or until"),
        ("expertise_kind", "hobby", "not known", "project, thesis, publication, course, statement"),
        ("expertise_role", "king", "not known", "engineer, planner"),
        ("expertise_text", "", "empty, while", "what was done"),
        ("languages", "vi: native; Klingonese", "no language", "BCP 47"),
        ("confirmed", "01/03/2025", "no date", "2025-03-01"),
        ("consent_date", "2031-01-01", "future", "up to today"),
        ("consent", "perhaps", "neither yes nor no", "empty"),
        ("project", "#REF!", "spreadsheet", "formula"),
        ("programme_year", "2012-13-45x", "no year", "four digits"),
    ],
)
def test_a_wrong_value_is_refused_with_reason_and_way_out(
    load: Load, person: Person, column: str, value: str, reason: str, mend: str
) -> None:
    row = person() | {column: value}
    report = dry(load, person("A-0"), row)
    first = refused(report)[0]
    assert (first.row, first.column) == (3, column)
    assert reason in first.reason
    assert mend in first.mend
    assert report.refused == 1
    assert report.new == 1


def test_a_city_that_a_name_does_not_tell_is_refused_with_the_candidates(load: Load, person: Person) -> None:
    row = person(expertise_city="Rotterdam", expertise_country="")
    note = refused(dry(load, row))[0]
    assert note.column == "expertise_city"
    assert "Rotterdam, NL (2747891" in note.reason
    assert "Rotterdam, US (" in note.reason
    assert "country" in note.mend
    for way_out in (
        {"expertise_country": "Niederlande"},
        {"expertise_city": "Rotterdam, NL"},
        {"expertise_city": "2747891"},
    ):
        report = dry(load, row | way_out)
        assert (report.refused, report.new) == (0, 1)


def test_a_city_of_another_country_is_refused_with_where_it_is(load: Load, person: Person) -> None:
    note = refused(dry(load, person(home_city="Dhaka", home_country="Viet Nam")))[0]
    assert "Dhaka, BD" in note.reason


def test_of_equal_names_in_a_country_the_far_larger_is_taken_aloud_and_others_are_refused(
    load: Load, person: Person
) -> None:
    note = refused(dry(load, person(home_city="Springfield", home_country="USA")))[0]
    assert "several cities" in note.reason
    assert "GeoNames" in note.mend


def test_countries_are_read_in_any_language(load: Load, person: Person, stores: Stores) -> None:
    names = ["Việt Nam", "越南", "فيتنام", "Wietnam", "VNM", "vn"]
    load([person(f"A-{n}", country=name) for n, name in enumerate(names)])
    found = [stores.people.person(f"A-{n}") for n in range(len(names))]
    assert [stored and stored.alumnus.country for stored in found] == ["VN"] * len(names)


def test_a_state_that_is_no_more_is_left_unknown_and_said(load: Load, person: Person, stores: Stores) -> None:
    report = load([person(country="USSR")])
    assert [(note.kind, note.column, note.value) for note in report.notes] == [("warning", "country", "USSR")]
    stored = stores.people.person("A-1")
    assert stored is not None
    assert stored.alumnus.country is None


def test_spreadsheet_years_and_dates_are_read(load: Load, person: Person, stores: Stores) -> None:
    load(
        [
            person(
                since="2016.0", until="2019-01-01", confirmed="2025-03-01 00:00:00", languages="Vietnamese: native; en"
            )
        ]
    )
    stored = stores.people.person("A-1")
    assert stored is not None
    expertise = next(one for one in stored.alumnus.expertises if one.kind == "project")
    assert (expertise.since, expertise.until) == (2016, 2019)
    assert stored.alumnus.confirmed == "2025-03-01"
    assert {one.language: one.level for one in stored.alumnus.languages} == {"vi": "native", "en": None}


@pytest.mark.parametrize(
    "column", ["expertise_text", "name", "position", "open_to", "project", "consent_ground", "thesis_title"]
)
@pytest.mark.parametrize("secret", ["made.up (at) example.org", "+1 (202) 555-0147"])
def test_contact_details_in_a_text_refuse_the_row_and_are_masked(
    load: Load, person: Person, column: str, secret: str
) -> None:
    row = person(organisation="Department of Dikes") | {column: f"Reach me: {secret}, any day"}
    report = load([row, person("A-2")])
    note = refused(report)[0]
    assert (note.row, note.column, report.new) == (2, column, 1)
    assert note.value == "Reach me: •••, any day"
    assert report.report_file is not None
    written = report.report_file.read_text("utf-8")
    assert "example.org" not in written
    assert "0147" not in written


def test_contact_columns_are_masked_whole_and_an_address_is_no_key(load: Load, person: Person) -> None:
    report = dry(
        load, person(email="no address"), person("made.up@example.org", name="A"), person("0612345678", name="B")
    )
    assert [(note.column, note.value) for note in refused(report)] == [("email", "•••"), ("alumnus_id", "•••")]
    assert "example" not in str(report.notes)
    assert report.new == 1


def test_rows_of_a_person_that_contradict_each_other_are_refused(load: Load, person: Person, stores: Stores) -> None:
    again = {"expertise_text": "Mapped salt.", "project": "Salt"}
    first = person(gender="woman", email="one@example.org")
    report = load(
        [
            first,
            person(name="", gender="", country="", home_city="", home_country="", **again),
            person(gender="man", **again),
            person(email="other@example.org", **again),
        ]
    )
    assert [(note.row, note.column, note.value) for note in refused(report)] == [
        (4, "gender", "man"),
        (5, "email", "•••"),
    ]
    stored = stores.people.person("A-1")
    assert stored is not None
    assert "Mapped salt." in {one.text for one in stored.alumnus.expertises}


def test_a_row_that_stands_twice_is_refused(load: Load, person: Person) -> None:
    report = dry(
        load, person(), person(), person(expertise_id="E-1", since="2001"), person(expertise_id="E-1", since="2002")
    )
    assert [(note.row, note.column) for note in refused(report)] == [(3, ""), (5, "expertise_id")]


def test_cells_beyond_the_header_refuse_the_row(load: Load, tmp_path) -> None:  # type: ignore[no-untyped-def]
    path = tmp_path / "wide.csv"
    path.write_text("alumnus_id,name,consent\nA-1,Made-up,yes\nA-2,Made-up, Person,yes\n", encoding="utf-8")
    report = load(path, dry_run=True)
    first = refused(report)[0]
    assert (first.row, first.value, first.mend) == (3, "yes", "Put cells that hold the separator in quotes.")
    assert report.new == 1


def test_unknown_columns_are_named_and_leading_zeros_kept(load: Load, person: Person, stores: Stores) -> None:
    report = load([person("00042", shoe_size="41")])
    assert report.unused_columns == ("shoe_size",)
    assert stores.people.fingerprints().keys() == {"00042"}
