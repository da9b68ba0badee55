"""Without consent nobody is found; withdrawn, nothing of a person is left in any file that is written."""

from __future__ import annotations

import datetime
import stat
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

from graph.contacts import ContactStore, Tally
from graph.errors import NotFound, WrongInput
from graph.model.places import City
from ingest.consent import all_held, give, withdraw
from ingest.report import LoadReport
from ingest.stores import Stores
from nlp.linker import HazardLinker

Row = dict[str, str]
Load = Callable[..., LoadReport]
Person = Callable[..., Row]

PLANTED = "Zwanenburgse sluisdeur hersteld tegen overstroming"
ADDRESS = "planted.address@example.org"
NUMBER = "+1 202 555 0147"


@pytest.fixture
def give_to(
    stores: Stores, linker: HazardLinker, cities: Sequence[City], now: datetime.datetime
) -> Callable[..., bool]:
    """Give consent; true where withheld rows were loaded."""

    def run(key: str, ground: str = "letter of 3 March") -> bool:
        return give(key, stores, linker, cities, ground=ground, who="office", now=now).loaded

    return run


def everything_written(directory: Path) -> bytes:
    """Every byte of every file below a directory."""
    return b"\n".join(path.read_bytes() for path in directory.rglob("*") if path.is_file())


def planted(person: Person, **columns: str) -> Row:
    """A person with a text, an address and a number to search for."""
    return person("P-1", name="Planted Madeup", expertise_text=PLANTED, email=ADDRESS, telephone=NUMBER) | columns


def test_contact_details_never_enter_graph_or_imports(
    load: Load, person: Person, stores: Stores, tmp_path: Path
) -> None:
    load([planted(person)])
    assert ADDRESS not in str(stores.people.person("P-1"))
    assert ADDRESS not in str(stores.imports.rows("P-1"))
    assert ADDRESS.encode() not in (tmp_path / "imports.sqlite").read_bytes()
    assert stores.contacts.all_held("P-1").contact == {"email": ADDRESS, "telephone": NUMBER}
    consent = stores.contacts.consent("P-1")
    assert (consent.state, consent.history[0].ground, consent.history[0].date) == ("given", "online form", "2024-11-05")


def test_people_without_consent_are_withheld_and_counted_without_names(
    load: Load, person: Person, stores: Stores
) -> None:
    report = load([planted(person, consent="", consent_date="", consent_ground=""), person("A-2")])
    assert (report.new, report.withheld) == (1, 1)
    assert stores.people.person("P-1") is None
    assert stores.imports.rows("P-1") == []
    assert stores.contacts.withheld_counts() == [Tally("VN", "Flood Risk Management", 1)]
    with pytest.raises(NotFound):
        stores.contacts.contact("P-1", purpose="invitation", who="office", when="2026-11-24")


def test_giving_consent_loads_what_was_withheld(
    load: Load, person: Person, stores: Stores, give_to: Callable[..., bool]
) -> None:
    row = planted(person, consent="")
    load([row])
    assert give_to("P-1")
    stored = stores.people.person("P-1")
    assert stored is not None
    assert PLANTED in {one.text for one in stored.alumnus.expertises}
    assert stores.contacts.withheld_counts() == []
    assert stores.contacts.all_held("P-1").contact["email"] == ADDRESS
    assert [one.number for one in stores.imports.rows("P-1")] == [2]
    report = load([row])  # the file still says nothing of consent, and does not need to
    assert (report.unchanged, report.withheld) == (1, 0)


def test_a_withdrawal_leaves_no_byte_in_any_file(
    load: Load, person: Person, stores: Stores, tmp_path: Path, now
) -> None:  # type: ignore[no-untyped-def]
    old = planted(person, expertise_text=f"{PLANTED}, eerste versie")
    load([old, planted(person, expertise_id="E-9", since="Zwanenburgse"), person("A-2")])
    report = load([planted(person), planted(person, expertise_id="E-9", since="Zwanenburgse"), person("A-2")])
    stores.contacts.contact("P-1", purpose="Zwanenburgse reunion", who="office", when="2026-11-24T09:00")
    (tmp_path / "office.csv").unlink()
    before = everything_written(tmp_path)
    for planted_bytes in (PLANTED.encode(), ADDRESS.encode(), NUMBER.encode(), b"Planted Madeup", b"Zwanenburgse"):
        assert planted_bytes in before
    done = withdraw("P-1", stores, who="office", now=now)
    after = everything_written(tmp_path)
    for planted_bytes in (PLANTED.encode(), ADDRESS.encode(), NUMBER.encode(), b"Planted Madeup", b"Zwanenburgse"):
        assert planted_bytes not in after
    assert {PLANTED, f"{PLANTED}, eerste versie", "Flood Risk Management"} <= set(done.forgotten)
    assert report.report_file is not None
    assert "P-1" not in report.report_file.read_text("utf-8")
    assert stores.people.person("P-1") is None
    held = all_held("P-1", stores)
    assert (held.held.contact, held.held.withheld, held.held.accesses, held.rows) == ({}, (), (), ())
    assert [event.what for event in held.held.consent.history] == ["given", "withdrawn"]
    assert stores.people.person("A-2") is not None


def test_the_withheld_leave_no_byte_either(load: Load, person: Person, stores: Stores, tmp_path: Path, now) -> None:  # type: ignore[no-untyped-def]
    load([planted(person, consent="")])
    (tmp_path / "office.csv").unlink()
    assert PLANTED.encode() in everything_written(tmp_path)
    withdraw("P-1", stores, who="office", now=now)
    after = everything_written(tmp_path)
    assert PLANTED.encode() not in after
    assert ADDRESS.encode() not in after


def test_an_old_file_does_not_bring_back_who_withdrew(
    load: Load, person: Person, stores: Stores, give_to: Callable[..., bool], now: datetime.datetime
) -> None:
    load([planted(person)])
    withdraw("P-1", stores, who="office", now=now)
    report = load([planted(person, consent_date="2026-11-24")])
    assert (report.new, report.withdrawn) == (0, 1)
    assert stores.people.person("P-1") is None
    assert stores.contacts.all_held("P-1").contact == {}
    assert not give_to("P-1")  # nothing is held that could be loaded
    assert load([planted(person)]).new == 1
    assert [event.what for event in stores.contacts.consent("P-1").history] == ["given", "withdrawn", "given"]


def test_a_row_whose_consent_turned_to_no_works_before_the_load_returns(
    load: Load, person: Person, stores: Stores, tmp_path: Path
) -> None:
    load([planted(person), person("A-2")])
    report = load([planted(person, consent="no"), person("A-2")])
    assert (report.withdrawn, report.gone, report.unchanged) == (1, ("P-1",), 1)
    assert PLANTED in report.forgotten
    assert stores.people.person("P-1") is None
    (tmp_path / "office.csv").unlink()
    assert PLANTED.encode() not in everything_written(tmp_path)
    assert ADDRESS.encode() not in everything_written(tmp_path)


def test_a_no_in_a_refused_row_counts(load: Load, person: Person, stores: Stores) -> None:
    load([planted(person)])
    load([planted(person, expertise_text="fine"), planted(person, consent="non", since="soon")])
    assert stores.people.person("P-1") is None


def test_who_was_never_known_can_withdraw_beforehand(load: Load, person: Person, stores: Stores, now) -> None:  # type: ignore[no-untyped-def]
    withdraw("P-1", stores, who="office", now=now)
    assert load([planted(person)]).withdrawn == 1
    assert stores.people.person("P-1") is None


def test_a_withdrawal_that_was_cut_off_is_completed_by_the_next_load(
    load: Load, person: Person, stores: Stores
) -> None:
    load([planted(person), person("A-2")])
    stores.contacts.withdraw("P-1", who="office", when="2026-11-24T09:00")  # and nothing of the rest
    report = load([planted(person), person("A-2")])
    assert stores.people.person("P-1") is None
    assert stores.imports.rows("P-1") == []
    assert report.withdrawn == 1


def test_an_address_is_given_for_a_purpose_and_that_is_kept(load: Load, person: Person, stores: Stores) -> None:
    load([planted(person)])
    details = stores.contacts.contact("P-1", purpose="invite to Can Tho", who="office", when="2026-11-24T09:00")
    assert details["email"] == ADDRESS
    access = stores.contacts.all_held("P-1").accesses[0]
    assert (access.who, access.when, access.purpose) == ("office", "2026-11-24T09:00", "invite to Can Tho")
    with pytest.raises(WrongInput):
        stores.contacts.contact("P-1", purpose=" ", who="office", when="2026-11-24")
    with pytest.raises(NotFound):
        stores.contacts.contact("nobody", purpose="x", who="office", when="2026-11-24")


def test_all_that_is_held_on_a_person_is_shown_with_where_it_came_from(
    load: Load, person: Person, stores: Stores
) -> None:
    load([planted(person)], name="delft 2026.csv")
    held = all_held("P-1", stores)
    assert held.in_graph is not None
    row = held.rows[0]
    assert (row.file, row.number, row.when[:10]) == ("delft 2026.csv", 2, "2026-11-24")
    assert row.cells["expertise_text"] == PLANTED
    assert held.held.contact["telephone"] == NUMBER
    with pytest.raises(NotFound):
        all_held("nobody", stores)


def test_the_history_of_consent_takes_no_contact_details(
    load: Load, person: Person, stores: Stores, give_to: Callable[..., bool]
) -> None:
    load([planted(person, consent="")])
    with pytest.raises(WrongInput, match="history of consent"):
        give_to("P-1", ground=f"mail from {ADDRESS}")
    with pytest.raises(WrongInput):
        give_to("P-1", ground=" ")
    with pytest.raises(NotFound):
        give_to("nobody")
    with pytest.raises(WrongInput):
        withdraw(" ", stores, who="office")


def test_the_store_is_private_and_leaves_no_journal(tmp_path: Path) -> None:
    store = ContactStore(tmp_path / "own" / "contacts.sqlite")
    store.give("A-1", ground="letter", who="office", when="2026-11-24T09:00")
    assert stat.S_IMODE((tmp_path / "own" / "contacts.sqlite").stat().st_mode) == 0o600
    assert [path.name for path in (tmp_path / "own").iterdir()] == ["contacts.sqlite"]
    store.close()


def test_a_later_consent_of_a_file_is_recorded_and_an_earlier_is_not(
    load: Load, person: Person, stores: Stores
) -> None:
    load([person()])
    load([person(consent_date="2020-01-01", consent_ground="old form")])
    load([person(consent_date="2026-01-01", consent_ground="new form")])
    grounds = [event.ground for event in stores.contacts.consent("A-1").history]
    assert grounds == ["online form", "new form"]
