"""A file loaded once, again, mended, shortened, cut off, undone."""

from __future__ import annotations

import csv
import dataclasses
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

from graph.errors import NotFound, WrongInput
from graph.model.stored import StoredPerson
from ingest.report import LoadReport, summary, tally_by
from ingest.restoring import undo_last
from ingest.stores import Stores

Row = dict[str, str]
Load = Callable[..., LoadReport]
Person = Callable[..., Row]


def texts(stores: Stores, key: str = "A-1") -> dict[str, str]:
    """The texts of a person in the graph, by the key of the expertise."""
    stored = stores.people.person(key)
    return {one.key.removeprefix(f"{key}/"): one.text for one in stored.alumnus.expertises} if stored else {}


def report_rows(report: LoadReport) -> list[Row]:
    """The rows of the report's table."""
    assert report.report_file is not None
    with report.report_file.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def test_a_person_is_loaded_with_links_and_weak_evidence(load: Load, person: Person, stores: Stores) -> None:
    row = person(thesis_title="Salt in the lower delta", organisation="Department of Dikes", position="Dike warden")
    report = load([row | {"organisation_city": "Can Tho, Vietnam", "position_since": "2019", "role": "Engineer"}])
    assert (report.new, report.changed, report.unchanged, report.refused) == (1, 0, 0, 0)
    stored = stores.people.person("A-1")
    assert stored is not None
    kinds = {one.kind: one for one in stored.alumnus.expertises}
    assert {kind for kind, one in kinds.items() if one.weak} == {"thesis", "programme", "position"}
    assert kinds["position"].text == "Dike warden, Department of Dikes"
    assert (kinds["position"].since, kinds["position"].city) == (2019, kinds["project"].city)
    assert "coastal-flooding" in {link.id for link in stored.links[kinds["project"].key].hazards}


def test_the_same_file_again_changes_nothing(load: Load, person: Person, stores: Stores) -> None:
    rows = [person("A-1"), person("A-2"), person("A-3", consent="")]
    load(rows)
    before = (stores.network.advance(), stores.people.fingerprints())
    report = load(rows)
    assert (report.new, report.changed, report.unchanged, report.withheld) == (0, 0, 2, 1)
    assert (stores.network.advance() - 1, stores.people.fingerprints()) == before
    assert not report.wrote


def test_an_edited_text_is_an_update(load: Load, person: Person, stores: Stores) -> None:
    load([person(), person(expertise_text="Trained the wardens.")])
    keys = texts(stores).keys()
    report = load([person(), person(expertise_text="Trained the wardens of nine districts.")])
    assert (report.new, report.changed, report.missing_rows) == (0, 1, 0)
    assert texts(stores).keys() == keys
    assert "Trained the wardens of nine districts." in texts(stores).values()
    assert "Trained the wardens." not in texts(stores).values()


def test_an_expertise_id_is_the_key_and_keeps_its_slash_out(load: Load, person: Person, stores: Stores) -> None:
    load([person(expertise_id="2016/7")])
    assert "2016%2F7" in texts(stores)
    load([person(expertise_id="2016/7", project="Other Shores", since="2011")])
    assert [key for key in texts(stores) if "programme" not in key] == ["2016%2F7"]


def test_a_row_that_left_is_kept_until_it_is_to_be_removed(load: Load, person: Person, stores: Stores) -> None:
    first, second = person(), person(expertise_text="Mapped salt.", project="Salt", since="2010")
    load([first, second, person("A-2")])
    report = load([first])
    assert (report.missing, report.missing_rows, report.unchanged) == (1, 1, 1)
    assert "Mapped salt." in texts(stores).values()
    assert {row["alumnus_id"] for row in report_rows(report) if row["what"] == "missing"} == {"A-1", "A-2"}
    report = load([first], remove_missing=True)
    assert (report.removed, report.changed, report.gone) == (1, 1, ("A-2",))
    assert "Mapped salt." not in texts(stores).values()
    assert stores.people.person("A-2") is None


def test_people_of_another_file_are_not_missing(load: Load, person: Person, stores: Stores) -> None:
    load([person("A-1")], name="delft.csv")
    report = load([person("B-1")], name="hanoi.csv", remove_missing=True)
    assert (report.missing, report.removed) == (0, 0)
    assert stores.people.fingerprints().keys() == {"A-1", "B-1"}


def test_a_refused_row_is_not_missing(load: Load, person: Person, stores: Stores) -> None:
    load([person(), person(expertise_id="E-2", expertise_text="Mapped salt.")])
    report = load([person(), person(expertise_id="E-2", since="16")], remove_missing=True)
    assert (report.refused, report.missing_rows, report.removed) == (1, 0, 0)
    assert "Mapped salt." in texts(stores).values()


def test_a_dry_run_shows_ten_mapped_rows_and_writes_nothing(
    load: Load, person: Person, stores: Stores, tmp_path: Path
) -> None:
    load([person("A-1"), person("A-2")])
    before = {path: path.read_bytes() for path in tmp_path.glob("*.sqlite")}, sorted(tmp_path.glob("reports/*"))
    rows = [person("A-1"), person("A-2", since="2011")]
    rows += [person(f"B-{n}", email="secret@example.org", telephone="+1 202 555 0147") for n in range(20)]
    report = load([*rows, person("C", since="soon")], dry_run=True)
    assert (report.new, report.changed, report.unchanged, report.refused) == (20, 1, 1, 1)
    assert len(report.sample) == 10
    assert report.mapping["expertise_text"] == "expertise_text"
    assert "secret" not in str(report.sample)
    assert "0147" not in str(report.sample)
    assert ({p: p.read_bytes() for p in tmp_path.glob("*.sqlite")}, sorted(tmp_path.glob("reports/*"))) == before
    assert stores.people.fingerprints().keys() == {"A-1", "A-2"}


def test_every_load_says_whom_no_hazard_question_finds(load: Load, person: Person) -> None:
    nothing = {"expertise_text": "Sang in the choir of the faculty.", "programme": "Music", "project": ""}
    report = load([person("A-1"), person("A-2", country="Kenya", **nothing)])
    assert tally_by(report.unfindable, "country") == [("KE", 1)]
    assert tally_by(report.unfindable, "programme") == [("Music", 1)]
    assert "can find 1 person of the network" in summary(report)
    again = load([person("A-1"), person("A-2", country="Kenya", **nothing)])
    assert again.unfindable == report.unfindable


class Killed(BaseException):
    """Stands for a kill between two batches."""


def test_a_killed_load_loses_no_batch_and_the_next_completes_it(
    load: Load, person: Person, stores: Stores, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("ingest.writing.TOGETHER", 2)
    rows = [person(f"A-{n}") for n in range(5)]
    written = 0

    class DiesInTheSecondBatch:
        def __getattr__(self, name: str) -> object:
            return getattr(stores.people, name)

        def put(self, people: Sequence[StoredPerson]) -> Sequence[StoredPerson]:
            nonlocal written
            if written == 2:
                raise Killed
            written += len(people)
            return stores.people.put(people)

    dying = dataclasses.replace(stores, people=DiesInTheSecondBatch())  # type: ignore[arg-type]
    with pytest.raises(Killed):
        load(rows, into=dying)
    assert stores.people.fingerprints().keys() == {"A-0", "A-1"}
    report = load(rows)
    assert (report.new, report.unchanged) == (3, 2)
    assert load(rows).unchanged == 5


def test_the_last_import_can_be_undone(load: Load, person: Person, stores: Stores, linker, cities, now) -> None:  # type: ignore[no-untyped-def]
    load([person("A-1"), person("A-2")])
    stood = stores.people.fingerprints()
    load([person("A-1", expertise_text="Sold the dike."), person("A-3")], remove_missing=True)
    assert stores.people.fingerprints().keys() == {"A-1", "A-3"}
    undone = undo_last(stores, linker, cities, now, lambda *_: None)
    assert stores.people.fingerprints() == stood
    assert (undone.restored, undone.gone) == (("A-1", "A-2"), ("A-3",))
    with pytest.raises(NotFound):
        undo_last(stores, linker, cities, now, lambda *_: None)


def test_own_data_does_not_enter_the_demo(load: Load, person: Person, stores: Stores) -> None:
    load([person(synthetic="yes")], kind="demo")
    with pytest.raises(WrongInput) as refused:
        load([person("A-2")], name="own.csv")
    assert "C2C_STORE=embedded:" in refused.value.mend
    assert "own.csv" in refused.value.mend
    assert stores.people.fingerprints().keys() == {"A-1"}


def test_another_linker_links_everyone_anew(load: Load, person: Person, stores: Stores, renamed_linker: object) -> None:
    load([person()])
    report = load([person()], linker=renamed_linker)
    assert (report.changed, report.unchanged) == (1, 0)
    assert load([person()], linker=renamed_linker).unchanged == 1


def test_reports_are_private_and_open_in_a_spreadsheet_as_text(load: Load, person: Person) -> None:
    report = load([person(), person("=cmd()", since="=1+1")])
    assert report.report_file is not None
    assert report.summary_file is not None
    assert report.report_file.stat().st_mode & 0o077 == 0
    assert report.summary_file.stat().st_mode & 0o077 == 0
    row = report_rows(report)[0]
    assert (row["alumnus_id"], row["value"]) == ("'=cmd()", "'=1+1")


def test_a_file_under_another_name_is_the_same_source_where_it_is_said(load: Load, person: Person) -> None:
    load([person()], name="alumni 2025.csv", source="office")
    assert load([person()], name="alumni 2026.csv", source="office").unchanged == 1
    report = load([person()], name="alumni 2027.csv")
    assert (report.changed, report.from_other_files) == (1, 1)
    assert "--source NAME" in summary(report)
