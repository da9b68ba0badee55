"""What the generator writes, and what it says when it cannot."""

from __future__ import annotations

import csv
import datetime
from collections import Counter
from pathlib import Path
from random import Random

import pytest

from graph.errors import LimitReached, WrongInput
from graph.model.people import EXPERTISE_KINDS, ORGANISATION_KINDS, ROLES
from graph.model.places import City
from ingest.alumni.checks import RowChecker
from ingest.alumni.file import read_alumni
from ingest.alumni.mapping import ColumnMapping
from ingest.alumni.places import PlaceReader
from ingest.alumni.template import COLUMNS, Part
from ingest.synthetic.__main__ import main
from ingest.synthetic.checking import skeletons, word_count
from ingest.synthetic.generating import Generated, generate
from ingest.synthetic.writing import Setting, Writer

PEOPLE = 1_500
THIS_YEAR = 2026

Row = dict[str, str]


def _bytes(made: Generated) -> list[bytes]:
    return [file.read_bytes() for file in (made.alumni, made.actions, made.truth)]


def _read(file: Path) -> list[Row]:
    with file.open(encoding="utf-8", newline="") as opened:
        return list(csv.DictReader(opened))


def test_the_same_seed_writes_the_same_bytes_and_another_seed_others(tmp_path: Path) -> None:
    once, again, other = (
        generate(tmp_path / name, people=60, seed=seed) for name, seed in (("a", 7), ("b", 7), ("c", 8))
    )
    assert _bytes(once) == _bytes(again)
    assert all(one != another for one, another in zip(_bytes(once), _bytes(other), strict=True))


def test_the_alumni_file_has_the_template_columns(made: Generated, rows: list[Row]) -> None:
    assert made.alumni.read_text("utf-8").splitlines()[0] == ",".join(column.name for column in COLUMNS)
    required = [column.name for column in COLUMNS if column.required]
    assert all(row[name] for row in rows for name in required)
    assert {row["role"] for row in rows} - {""} == set(ROLES)
    assert {row["organisation_kind"] for row in rows} - {""} == set(ORGANISATION_KINDS)
    assert {row["expertise_kind"] for row in rows} - {""} <= set(EXPERTISE_KINDS)


def test_what_is_true_of_the_person_stands_in_the_first_row_alone(people: dict[str, list[Row]]) -> None:
    once = [c.name for c in COLUMNS if c.part in (Part.PERSON, Part.CONTACT, Part.CONSENT, Part.STUDY)]
    later = [row for own in people.values() for row in own[1:]]
    assert later
    assert not any(row[name] for row in later for name in once if name not in ("alumnus_id", "name"))
    assert all(own[0]["synthetic"] == "yes" and own[0]["country"] for own in people.values())


def test_an_office_would_load_every_row(made: Generated, cities: dict[str, City]) -> None:
    checker = RowChecker(PlaceReader(list(cities.values())), datetime.date(THIS_YEAR, 12, 31))
    file = read_alumni(made.alumni, ColumnMapping(), None, checker, lambda *_: None)
    assert len(file.people) == PEOPLE
    assert [note for note in file.notes if note.kind == "refused"] == []


def test_progress_counts_people_to_the_end(tmp_path: Path) -> None:
    told: list[tuple[int, int]] = []
    generate(tmp_path, people=30, progress=lambda done, of: told.append((done, of)))
    assert told == [(done, 30) for done in range(1, 31)]


def test_too_few_people_are_refused_with_a_way_out(tmp_path: Path) -> None:
    with pytest.raises(WrongInput) as refused:
        generate(tmp_path, people=5)
    assert "at least" in refused.value.mend


def test_the_command_writes_the_files_and_says_so(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("sys.argv", ["synthetic", str(tmp_path / "demo"), "--people", "40"])
    main()
    assert len({row["alumnus_id"] for row in _read(tmp_path / "demo" / "alumni.csv")}) == 40
    assert "40 made-up people" in capsys.readouterr().out


def test_skeletons_leave_out_names_numbers_and_case() -> None:
    text = "Drained the low quarter in San Pedro Sula for 12,000 homes. It held 25 % of the time!"
    assert skeletons(text, ["San Pedro Sula", "Sula"]) == [
        "drained the low quarter in for homes",
        "it held of the time",
    ]
    assert skeletons("在重庆建设围堤。我也去了2019年", ["重庆"]) == ["在 建设围堤", "我也去了 年"]
    assert skeletons("Beira 2019.", ["Beira"]) == []


def test_words_are_counted_in_chinese_too() -> None:
    assert word_count("Raised the ring dike around Beira") == 6
    assert word_count("在河边修建了十七个站") == 6


def test_a_used_up_grammar_says_where_to_add(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("ingest.synthetic.writing.SKELETON_LIMIT", 0)
    with pytest.raises(LimitReached) as stopped:
        generate(tmp_path, people=20)
    assert "grammars/" in stopped.value.mend


def test_many_texts_about_one_thing_still_differ() -> None:
    """As many as the full network has of its commonest subject: here the limit on skeletons has to work."""
    writer = Writer(Random(5))
    setting = Setting("es", "denial", (), "engineer", denied="tsunami")
    texts = [writer.write(setting).text for _ in range(600)]
    assert len(set(texts)) == 600
    counts = Counter(skeleton for text in texts for skeleton in skeletons(text, []))
    assert counts.most_common(1)[0][1] <= 25
