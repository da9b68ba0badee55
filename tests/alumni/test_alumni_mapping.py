"""Other people's column names, and the IPCC authors as a whole."""

from __future__ import annotations

import datetime
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

import pytest

from graph.contacts import ContactStore
from graph.errors import NotFound, WrongInput
from graph.model.stored import StoredPerson
from ingest.alumni.mapped import Mapped, map_columns
from ingest.alumni.mapping import ColumnMapping, read_mapping
from ingest.alumni.reading import Table, read_table
from ingest.imports import ImportLog
from ingest.pipeline import load_people
from ingest.sources.places import Places
from ingest.stores import Stores

ROOT = Path(__file__).parents[2]
IPCC = ROOT.parent / "shared" / "data" / "ipcc_authors" / "ipcc_authors_ar1_ar4.csv"
IPCC_MAPPING = ROOT / "docs" / "examples" / "ipcc-mapping.toml"


def mapping(tmp_path: Path, text: str) -> ColumnMapping:
    path = tmp_path / "mapping.toml"
    path.write_text(text, encoding="utf-8")
    return read_mapping(path)


def table(tmp_path: Path, text: str) -> Table:
    path = tmp_path / "file.csv"
    path.write_text(text, encoding="utf-8")
    return read_table(path)


def rows(mapped: Mapped, read: Table) -> list[dict[str, str]]:
    return [dict(row.values) for row in mapped.rows(read)]


def test_columns_like_ours_need_no_mapping(tmp_path: Path) -> None:
    read = table(tmp_path, "Alumnus ID,NAME,home-city,Shoe size\n7,Made-up,Can Tho,41\n")
    mapped = map_columns(read, ColumnMapping())
    assert rows(mapped, read) == [{"alumnus_id": "7", "name": "Made-up", "home_city": "Can Tho"}]
    assert mapped.unused == ("Shoe size",)


def test_a_mapping_joins_translates_and_states(tmp_path: Path) -> None:
    read = table(tmp_path, "club,no,first,last,sex,grade,country,job\nD,7,Ann,,f,A,NL,\nD,,,Bo,x,B,,Head\n")
    stated = mapping(
        tmp_path,
        """
        source = "Made-up club"
        [columns]
        alumnus_id = ["club", "no"]
        name = "{first} {last}"
        gender = "sex"
        level = "grade"
        expertise_source = "grade {grade}"
        position = "job"
        [constants]
        expertise_kind = "publication"
        organisation = "Made-up club"
        [values.gender]
        f = "woman"
        "*" = "other"
        [their_values.grade]
        a = "senior"
        [only_with]
        organisation = "position"
        [consent]
        ground = "published role"
        date = 2007-11-17
        """,
    )
    mapped = map_columns(read, stated)
    first, second = rows(mapped, read)
    assert first == {
        "alumnus_id": "D-7",
        "name": "Ann",
        "gender": "woman",
        "level": "senior",
        "expertise_source": "grade senior",
        "expertise_kind": "publication",
    }
    assert (second["name"], second["gender"], second["level"]) == ("Bo", "other", "B")
    assert second["organisation"] == "Made-up club"
    assert "country" not in first  # named like ours, and not ours: a mapping file says what is taken
    assert mapped.unused == ("country",)
    assert stated.consent is not None
    assert stated.consent.date == "2007-11-17"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("[columns]\nnaam = 'x'", '"naam", which does not exist.*"name"'),
        ("[colums]\nname = 'x'", '"colums".*"columns"'),
        ("source = 3 = 4", "no TOML"),
        ("[columns]\nname = []", "empty list"),
        ("same_names = 'yes'", "same_names"),
        ("[consent]\nground = 'x'", "lacks its date"),
        ("[consent]\nground = 'x'\ndate = 'May'", '"May"'),
        ("columns = 3", "no table"),
    ],
)
def test_a_wrong_mapping_is_refused_by_place_and_value(tmp_path: Path, text: str, said: str) -> None:
    with pytest.raises(WrongInput, match=said):
        mapping(tmp_path, text)


def test_a_mapping_that_does_not_fit_the_file_is_refused(tmp_path: Path) -> None:
    read = table(tmp_path, "number,name,name,alumnus_id\n1,a,b,2\n")
    with pytest.raises(WrongInput, match=r"stands 2 times in file[.]csv: B and C"):
        map_columns(read, ColumnMapping())
    with pytest.raises(WrongInput, match=r'"nummer".*"number"'):
        map_columns(read, ColumnMapping(columns={"alumnus_id": "nummer"}))
    with pytest.raises(WrongInput, match='no column "name"'):
        map_columns(table(tmp_path, "alumnus_id,who\n1,a\n"), ColumnMapping())
    with pytest.raises(NotFound):
        read_mapping(tmp_path / "none.toml")


class InMemory:
    """People without a graph: the whole world's cities would take longer to write than to check."""

    def __init__(self) -> None:
        self.people: dict[str, StoredPerson] = {}

    def fingerprints(self) -> dict[str, str]:
        return {key: stored.fingerprint for key, stored in self.people.items()}

    def put(self, people: Sequence[StoredPerson]) -> list[StoredPerson]:
        new = [stored for stored in people if stored.alumnus.key not in self.people]
        self.people |= {stored.alumnus.key: stored for stored in people}
        return new

    def remove(self, keys: Sequence[str]) -> None:
        for key in keys:
            del self.people[key]

    def person(self, key: str) -> StoredPerson | None:
        return self.people.get(key)


@pytest.mark.skipif(not IPCC.exists(), reason="the roster of IPCC authors is not there")
def test_the_ipcc_authors_load_whole(tmp_path: Path, stores: Stores, linker, places: Places) -> None:  # type: ignore[no-untyped-def]
    people = InMemory()
    contacts, imports = ContactStore(tmp_path / "ipcc-contacts.sqlite"), ImportLog(tmp_path / "ipcc-imports.sqlite")
    into = Stores(people, stores.network, contacts, imports, tmp_path / "reports")  # type: ignore[arg-type]
    now = datetime.datetime(2026, 11, 24, tzinfo=datetime.UTC)
    report = load_people(IPCC, into, linker, places.cities, mapping=IPCC_MAPPING, now=now)
    assert (report.rows, report.people, report.new, report.refused) == (5579, 2942, 2942, 0)
    warned = Counter((note.kind, note.column, note.value) for note in report.notes)
    assert warned == {("warning", "expertise_country", "USSR"): 21}
    expertises = [one for stored in people.people.values() for one in stored.alumnus.expertises]
    assert len(expertises) == 5579
    assert {one.kind for one in expertises} == {"publication"}
    assert {one.since for one in expertises} == {1990, 1995, 2001, 2007}
    karol = people.people["ipcc-1433"].alumnus.expertises[0]
    assert (karol.text, karol.country) == ("Radiative Forcing of Climate", None)
    assert karol.source.name == "IPCC AR1, working group 1, chapter 2: lead author"
    assert all(stored.alumnus.present_job is None for stored in people.people.values())
    assert contacts.consent("ipcc-1433").history[0].ground == "published role"
    assert load_people(IPCC, into, linker, places.cities, mapping=IPCC_MAPPING, now=now).unchanged == 2942
    contacts.close()
    imports.close()


def test_a_chapter_without_a_title_still_tells_who_the_author_is(load, tmp_path: Path, stores: Stores) -> None:  # type: ignore[no-untyped-def]
    path = tmp_path / "authors.csv"
    path.write_text(
        "author_id,first_name,last_name,report,working_group,chapter,chapter_title,role,institution,country\n"
        "1,Made,Up,AR2,2,9,Coastal Zones and Small Islands,CLA,Made-up Institute,Netherlands\n"
        "1,Made,Up,AR3,2,,,LA,,USSR\n",
        encoding="utf-8",
    )
    report = load(path, mapping=IPCC_MAPPING)
    assert (report.new, report.refused, report.notes) == (1, 0, ())
    stored = stores.people.person("ipcc-1")
    assert stored is not None
    assert [one.text for one in stored.alumnus.expertises] == ["Coastal Zones and Small Islands"]
    assert [(job.organisation, job.since, job.until) for job in stored.alumnus.jobs] == [
        ("Made-up Institute", 1995, 1995)
    ]
