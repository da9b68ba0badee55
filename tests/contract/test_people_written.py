"""What is made of people just written is what reading them back gives, on every engine. All of them are made up."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

import pytest

from graph.engines.port import Engine
from graph.model.hazards import Hazard, Measure, Reduces
from graph.model.links import Link, Linked
from graph.model.people import Alumnus, Expertise, Job, Source, Spoken, Study
from graph.model.places import City, Country, Region
from graph.model.stored import StoredPerson
from graph.store.hazards import HazardStore
from graph.store.people import PeopleStore, fingerprint
from graph.store.places import PlaceStore

SOURCE = Source("made-up survey", "2026-01-01")
LINKED = Linked(
    (Link("drought", 0.5, (), "meaning", "linker-1"), Link("flooding", 0.91, ("flood", "lũ"), "name", "linker-1")),
    (Link("dike", 0.5, ("wall",), "name", "linker-1"), Link("canal", 0.5, (), "meaning", "linker-1")),
    "vi",
)


def expertise(key: str, **more: object) -> Expertise:
    return Expertise(key, f"Made-up work {key}", "project", SOURCE, **more)  # type: ignore[arg-type]


MUCH = Alumnus(
    "A-1",
    "Made-up Person Ünal",
    SOURCE,
    country="BB",
    home_city="10",
    home_country="BB",  # the city's own country is another
    gender="woman",
    open_to="exchanges",
    confirmed="2025-03-01",
    synthetic=True,
    languages=(Spoken("vi", "native"), Spoken("en"), Spoken("vi", None)),
    studies=(Study("Water Law"), Study("Flood Risk", 2012), Study("flood risk", 2013), Study("Dikes", 2012)),
    jobs=(
        Job("Department of Dikes", "government", "Head", "manager", None, 2019, None, "10"),
        Job("Department of Dikes", None, "Engineer", "engineer", "junior", 2012, 2018, "20"),
        Job("DEPARTMENT of dikes", None, "engineer", None, None, 2012, None, None),
        Job("Canal Company"),
        Job("Another", "company", since=2012),
    ),
    expertises=(
        expertise("A-1/9", city="10", country="AA", since=2015, until=2018, role="engineer", project="Safe Shores"),
        expertise("A-1/10", country="BB", language="vi", project="safe-shores"),
        replace(expertise("A-1/1", city="20"), kind="thesis", weak=True),
    ),
)
LITTLE = Alumnus("A-2", "Made-up Person B", Source("another survey", ""), home_country="AA")
OTHER = Alumnus(
    "A-3",
    "Made-up Person C",
    SOURCE,
    studies=(Study("FLOOD RISK", 2001),),
    jobs=(Job("department of Dikes", "utility"),),
    expertises=(expertise("A-3/1", project="SAFE shores"),),
)


def stored(alumnus: Alumnus, **links: Linked) -> StoredPerson:
    return StoredPerson(alumnus, {f"{alumnus.key}/{own}": each for own, each in links.items()}, fingerprint(alumnus))


EVERYBODY = [
    stored(MUCH, **{"9": LINKED, "10": Linked(by="linker-2"), "1": Linked((LINKED.hazards[0],))}),
    stored(LITTLE),
    stored(OTHER, **{"1": Linked(measures=LINKED.measures, language="nl")}),
]


@pytest.fixture
def people(empty_engine: Engine) -> PeopleStore:
    """Nobody yet, in a small made-up world."""
    hazards = HazardStore(empty_engine)
    hazards.put_hazards([Hazard(id_, id_, "Made up.", None) for id_ in ("flooding", "drought")])
    reduces = (Reduces("flooding", "made up"),)
    hazards.put_measures([Measure(id_, id_, "structural", "Made up.", reduces) for id_ in ("dike", "canal")])
    countries = (Country("AA", "Made-up Land", "001"), Country("BB", "Made-up Island", None))
    cities = [City(id_, f"Made-up {id_}", "AA", 1, 0.0, 0.0) for id_ in ("10", "20")]
    PlaceStore(empty_engine).put([Region("001", "World")], countries, [], cities, {})
    return PeopleStore(empty_engine)


def whole(people: Iterable[StoredPerson]) -> list[object]:
    """All there is to a person, what comparing passes over included."""
    return [(each, [linked.by for linked in each.links.values()]) for each in people]


def test_people_who_are_new_need_no_reading(people: PeopleStore) -> None:
    new = people.put(EVERYBODY)
    assert [person.alumnus.key for person in new] == ["A-1", "A-2", "A-3"]
    assert whole(people.as_read(new)) == whole(people.all())


def test_names_are_those_that_others_gave_since(people: PeopleStore) -> None:
    first = people.put(EVERYBODY[:1])
    people.put(EVERYBODY[1:])
    [read] = people.as_read(first)
    assert [each.project for each in read.alumnus.expertises] == [None, "SAFE shores", "SAFE shores"]
    assert {job.organisation_kind for job in read.alumnus.jobs if job.organisation == "department of Dikes"} == {
        "utility"
    }
    assert [read] == people.those(["A-1"])


def test_people_who_were_there_are_not_among_the_new(people: PeopleStore) -> None:
    people.put(EVERYBODY[:2])
    changed = stored(replace(MUCH, gender=None))
    assert [person.alumnus.key for person in people.put([changed, EVERYBODY[2]])] == ["A-3"]
    people.remove(["A-1"])
    assert people.put([changed]) == [changed]
