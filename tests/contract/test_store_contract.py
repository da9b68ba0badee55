"""What the stores keep and give back, on every engine. All people and cities here are made up."""

from __future__ import annotations

import threading
from dataclasses import replace

import pytest

from graph.engines import neo4j_turn
from graph.engines.port import Engine, RelationshipRows, Write
from graph.errors import WrongInput
from graph.model.hazards import Action, Hazard, Measure, Reduces
from graph.model.links import Link, Linked
from graph.model.people import Alumnus, Expertise, Job, Source, Spoken, Study
from graph.model.places import City, CityTrait, Country, Exposure, Region, Trait
from graph.model.stored import StoredPerson
from graph.store.actions import ActionStore
from graph.store.hazards import HazardStore
from graph.store.network import NetworkStore
from graph.store.people import PeopleStore, fingerprint
from graph.store.places import PlaceStore

HAZARDS = (
    Hazard(
        "coastal-flooding",
        "Coastal flooding",
        "Made-up definition.",
        "MH0601",
        ("sea flood", "ظغ"),
        ("flooding",),
        ("soil-salinity",),
    ),
    Hazard("flooding", "Flooding", "Made-up definition.", "MH0600"),
    Hazard("soil-salinity", "Soil salinity", "Made-up definition.", None),
)
MEASURES = (
    Measure("dike", "Dike", "structural", "A made-up wall.", (Reduces("flooding", "It keeps water out."),), ("levee",)),
)
REGIONS = (Region("001", "World"), Region("150", "Made-up Region", "001"))
COUNTRIES = (Country("AA", "Made-up Land", "150"), Country("BB", "Made-up Island", None))
TRAITS = (
    Trait("capital", "capital", "the capital of its country", complete=True),
    Trait("delta", "delta", "lies in a river delta", complete=False),
)
PORT = City(
    "10",
    "Made-up Port",
    "AA",
    900_000,
    1.25,
    103.5,
    ("Port", "港"),
    (CityTrait("capital", True, "it is the capital"), CityTrait("delta", True, "inside a made-up delta")),
    (Exposure("coastal-flooding", None, "derived", "it lies by the sea", None),),
)
INLAND = City("20", "Inland", "AA", 200_000, -2.0, 100.0, traits=(CityTrait("delta", False, "no river is near"),))
QUARTER = City("30", "Old Quarter", "AA", 50_000, 1.26, 103.5, district_of="10")
CITIES = (PORT, INLAND, QUARTER)
COUNTRY_EXPOSURE = {"AA": (Exposure("flooding", "high", "country", "made-up report", 2020),)}

SOURCE = Source("made-up survey", "2026-01-01")


def expertise(alumnus: str, own: str, text: str, **more: object) -> Expertise:
    return Expertise(f"{alumnus}/{own}", text, "project", SOURCE, **more)  # type: ignore[arg-type]


def made_up(key: str = "A-1") -> Alumnus:
    return Alumnus(
        key=key,
        name="Made-up Person Ünal",
        source=SOURCE,
        country="BB",
        home_city="10",
        home_country="AA",
        gender="woman",
        open_to="city exchanges",
        confirmed="2025-03-01",
        synthetic=True,
        languages=(Spoken("en"), Spoken("vi", "native")),
        studies=(Study("Flood Risk Management", 2012), Study("Water Law", None)),
        jobs=(
            Job("Department of Dikes", "government", "Engineer", "engineer", "junior", 2012, 2018, "20"),
            Job("Department of Dikes", "government", "Head", "manager", None, 2019, None, "10"),
        ),
        expertises=(
            expertise(
                key,
                "1",
                "Raised the dike.",
                language="en",
                city="10",
                country="AA",
                since=2015,
                until=2018,
                role="engineer",
                project="Safe Shores",
            ),
            expertise(key, "2", "Mapped salt.", country="BB"),
            replace(expertise(key, "3", "Salt in the delta"), kind="thesis", weak=True),
        ),
    )


def stored(alumnus: Alumnus, links: dict[str, Linked] | None = None) -> StoredPerson:
    """A person as a load would store one: every expertise linked, to nothing where nothing is given."""
    links = links or {}
    all_links = {each.key: links.get(each.key, Linked(language=each.language)) for each in alumnus.expertises}
    return StoredPerson(alumnus, all_links, fingerprint(alumnus))


DIKE_LINKS = Linked(
    (Link("coastal-flooding", 0.75, ("dike",), "words", "linker-1"), Link("flooding", 0.5, (), "meaning", "linker-1")),
    (Link("dike", 1.0, ("dike",)),),
    "en",
)


@pytest.fixture
def engine(empty_engine: Engine) -> Engine:
    """An engine with a made-up world in it."""
    hazards = HazardStore(empty_engine)
    hazards.put_hazards(HAZARDS)
    hazards.put_measures(MEASURES)
    PlaceStore(empty_engine).put(REGIONS, COUNTRIES, TRAITS, CITIES, COUNTRY_EXPOSURE)
    return empty_engine


def count(engine: Engine, label: str) -> object:
    return engine.read(f"MATCH (n:{label}) RETURN count(n) AS count")[0]["count"]


def everything(engine: Engine) -> list[object]:
    """All nodes and relationships of the schema, in an order of their own."""
    nodes = [
        row
        for row in engine.read("MATCH (n) RETURN labels(n) AS labels, properties(n) AS properties")
        if row["labels"] != [neo4j_turn.LABEL]
    ]
    relationships = engine.read(
        "MATCH (a)-[r]->(b) RETURN a.id AS start, type(r) AS type, b.id AS target, properties(r) AS properties"
    )
    return sorted([*nodes, *relationships], key=repr)


def test_hazards_and_measures_come_back_as_they_were(engine: Engine) -> None:
    store = HazardStore(engine)
    assert tuple(store.hazards()) == HAZARDS
    assert tuple(store.measures()) == MEASURES


def test_a_kind_or_cause_that_is_no_longer_named_goes(engine: Engine) -> None:
    store = HazardStore(engine)
    changed = (replace(HAZARDS[0], kind_of=(), causes=("flooding",)), *HAZARDS[1:])
    store.put_hazards(changed)
    assert tuple(store.hazards()) == changed
    measure = replace(MEASURES[0], reduces=(Reduces("soil-salinity", "made up"),))
    store.put_measures([measure])
    assert store.measures() == [measure]


def test_a_hazard_that_names_an_unknown_broader_one_is_refused(engine: Engine) -> None:
    with pytest.raises(WrongInput, match="Hazard nowhere"):
        HazardStore(engine).put_hazards([replace(HAZARDS[1], kind_of=("nowhere",))])
    assert tuple(HazardStore(engine).hazards()) == HAZARDS


def test_a_city_comes_back_with_traits_exposure_and_known_nos(engine: Engine) -> None:
    store = PlaceStore(engine)
    assert store.city("10") == PORT
    closed = CityTrait("capital", False, "not so by the rule: the capital of its country")
    assert store.city("20") == replace(INLAND, traits=(closed, *INLAND.traits))
    assert store.city("30") == replace(QUARTER, traits=(closed,))
    assert store.city("99") is None


def test_the_level_of_a_country_is_never_a_citys_own(engine: Engine) -> None:
    store = PlaceStore(engine)
    assert store.country_exposure("AA") == COUNTRY_EXPOSURE["AA"]
    assert store.country_exposure("BB") == ()
    assert all(
        each.grain != "country" for city in store.cities_by_id(["10", "20", "30"]).values() for each in city.exposure
    )


def test_what_is_no_longer_stated_of_a_city_goes_and_the_rest_stays(engine: Engine) -> None:
    store = PlaceStore(engine)
    before = everything(engine)
    store.put(REGIONS, COUNTRIES, TRAITS, CITIES, COUNTRY_EXPOSURE)
    assert everything(engine) == before
    nos = (
        CityTrait("capital", False, "not so by the rule: the capital of its country"),
        CityTrait("delta", False, "seen"),
    )
    moved = replace(PORT, country="BB", population=1, traits=nos, exposure=())
    store.put(REGIONS, COUNTRIES, TRAITS, (moved, INLAND), {})
    assert store.city("10") == moved
    assert store.city("30") is not None
    assert store.country_exposure("AA") == ()
    assert store.region("150") == REGIONS[1]


def test_cities_are_found_by_any_of_their_names_whatever_the_case(engine: Engine) -> None:
    store = PlaceStore(engine)
    assert [city.id for city in store.find("MADE-UP port ")] == ["10"]
    assert [city.id for city in store.find("port")] == ["10"]
    assert [city.id for city in store.find("港")] == ["10"]
    assert store.find("por") == []


def test_all_cities_come_light(engine: Engine) -> None:
    cities = PlaceStore(engine).all_cities()
    assert cities[0] == replace(PORT, names=(), exposure=())
    assert [(city.id, city.district_of) for city in cities] == [("10", None), ("20", None), ("30", "10")]


def test_a_reference_holds_what_an_index_needs(engine: Engine) -> None:
    reference = PlaceStore(engine).reference(["10", "99"])
    assert reference.cities == {"10": replace(PORT, names=(), exposure=())}
    assert reference.countries["AA"] == COUNTRIES[0]
    assert reference.regions["150"].within == "001"
    assert reference.traits == {"capital": "capital", "delta": "delta"}
    assert reference.hazards["coastal-flooding"] == HAZARDS[0]
    assert reference.measures["dike"] == MEASURES[0]


def test_regions_and_countries_are_looked_up_by_code(engine: Engine) -> None:
    store = PlaceStore(engine)
    assert store.region("150") == REGIONS[1]
    assert store.country("AA") == COUNTRIES[0]
    assert store.country("ZZ") is None


def test_a_person_comes_back_as_stored(engine: Engine) -> None:
    store = PeopleStore(engine)
    person = stored(made_up(), {"A-1/1": DIKE_LINKS})
    store.put([person])
    assert store.person("A-1") == person
    assert list(store.all()) == [person]
    assert store.fingerprints() == {"A-1": person.fingerprint}
    assert store.person("A-2") is None


def test_a_person_of_whom_nothing_is_known_but_a_name(engine: Engine) -> None:
    person = stored(Alumnus("A-9", "Made-up Name", SOURCE))
    PeopleStore(engine).put([person])
    assert PeopleStore(engine).person("A-9") == person


def test_a_home_of_which_only_the_country_is_known(engine: Engine) -> None:
    person = stored(Alumnus("A-9", "Made-up Name", SOURCE, home_country="BB"))
    PeopleStore(engine).put([person])
    assert PeopleStore(engine).person("A-9") == person


def test_putting_the_same_again_changes_nothing(engine: Engine) -> None:
    store = PeopleStore(engine)
    people = [stored(made_up(key), {f"{key}/1": DIKE_LINKS}) for key in ("A-1", "A-2")]
    store.put(people)
    before = everything(engine)
    store.put(people)
    assert everything(engine) == before


def test_a_changed_person_is_replaced_and_what_nobody_shares_any_more_goes(engine: Engine) -> None:
    store = PeopleStore(engine)
    store.put([stored(made_up("A-1"), {"A-1/1": DIKE_LINKS}), stored(made_up("A-2"))])
    before = made_up("A-1")
    after = replace(
        before,
        country=None,
        home_city=None,
        languages=(Spoken("vi", "fluent"),),
        studies=(Study("Water Law", 2013),),
        jobs=(Job("Made-up Utility", "utility", "Planner", since=2024),),
        expertises=(expertise("A-1", "2", "Mapped salt again.", city="20", country="AA"),),
    )
    store.put([stored(after)])
    assert store.person("A-1") == stored(after)
    assert store.person("A-2") == stored(made_up("A-2"))
    assert count(engine, "Expertise") == 4
    store.put([stored(Alumnus("A-2", "Made-up Name", SOURCE))])
    assert {label: count(engine, label) for label in ("Project", "Organisation", "StudyProgramme", "Expertise")} == {
        "Project": 0,
        "Organisation": 1,
        "StudyProgramme": 1,
        "Expertise": 1,
    }


def review(engine: Engine, expertise_key: str, hazard: str, verdict: str) -> None:
    row = {"start": expertise_key, "end": hazard, "reviewed": verdict, "score": 1.0, "method": "person"}
    engine.write(Write(relationships=[RelationshipRows("APPLIES_TO", "Expertise", "Hazard", [row])]))


def reviewed(person: StoredPerson | None, key: str) -> dict[str, tuple[str | None, float]]:
    assert person is not None
    return {link.id: (link.reviewed, link.score) for link in person.links[key].hazards}


def test_a_reviewed_link_survives_while_the_text_stays(engine: Engine) -> None:
    store = PeopleStore(engine)
    person = stored(made_up(), {"A-1/1": DIKE_LINKS})
    store.put([person])
    review(engine, "A-1/1", "coastal-flooding", "rejected")
    review(engine, "A-1/1", "soil-salinity", "added")
    store.put([person])
    kept = {"coastal-flooding": ("rejected", 1.0), "soil-salinity": ("added", 1.0), "flooding": (None, 0.5)}
    assert reviewed(store.person("A-1"), "A-1/1") == kept
    store.put([stored(made_up())])
    assert reviewed(store.person("A-1"), "A-1/1") == {
        "coastal-flooding": kept["coastal-flooding"],
        "soil-salinity": kept["soil-salinity"],
    }


def test_a_reviewed_link_goes_with_the_text_that_was_reviewed(engine: Engine) -> None:
    store = PeopleStore(engine)
    store.put([stored(made_up(), {"A-1/1": DIKE_LINKS})])
    review(engine, "A-1/1", "coastal-flooding", "confirmed")
    review(engine, "A-1/1", "soil-salinity", "added")
    first, *others = made_up().expertises
    edited = replace(made_up(), expertises=(replace(first, text="Lowered the dike."), *others))
    store.put([stored(edited, {"A-1/1": DIKE_LINKS})])
    assert reviewed(store.person("A-1"), "A-1/1") == {"coastal-flooding": (None, 0.75), "flooding": (None, 0.5)}


def test_a_removed_person_leaves_nothing_that_was_theirs_alone(engine: Engine) -> None:
    before = everything(engine)
    store = PeopleStore(engine)
    store.put([stored(made_up("A-1"), {"A-1/1": DIKE_LINKS})])
    with_one = everything(engine)
    store.put([stored(made_up("A-2"), {"A-2/1": DIKE_LINKS})])
    store.remove(["A-2", "nobody"])
    assert everything(engine) == with_one
    store.remove(["A-1"])
    languages = [row for row in everything(engine) if isinstance(row, dict) and row.get("labels") == ["Language"]]
    assert [row for row in everything(engine) if row not in languages] == before


def test_a_person_in_an_unknown_city_is_refused_and_nothing_of_the_batch_is_written(engine: Engine) -> None:
    store = PeopleStore(engine)
    lost = replace(made_up("A-2"), home_city="404")
    with pytest.raises(WrongInput, match="City 404"):
        store.put([stored(made_up()), stored(lost)])
    assert store.fingerprints() == {}
    assert count(engine, "Expertise") == 0


def test_a_person_is_read_whole_while_being_rewritten(engine: Engine) -> None:
    """A reader sees all of one version of a person: as many expertises as its name says."""
    store = PeopleStore(engine)

    def version(number: int) -> StoredPerson:
        own = tuple(expertise("A-1", f"{number}-{each:02}", f"made-up text {number}") for each in range(number))
        return stored(Alumnus("A-1", f"Made-up Person {number}", SOURCE, expertises=own))

    done = threading.Event()
    torn: list[object] = []

    def keep_reading() -> None:
        while not done.is_set():
            person = store.person("A-1")
            if person is None or person != version(int(person.alumnus.name.split()[-1])):
                torn.append(person)

    store.put([version(1)])
    readers = [threading.Thread(target=keep_reading) for _ in range(2)]
    for reader in readers:
        reader.start()
    for number in range(2, 12):
        store.put([version(number)])
    done.set()
    for reader in readers:
        reader.join()
    assert torn == []
    assert store.person("A-1") == version(11)


def test_more_people_than_are_read_or_written_together(engine: Engine) -> None:
    store = PeopleStore(engine)
    people = [stored(Alumnus(f"A-{number:05}", "Made-up Name", SOURCE, country="AA")) for number in range(2_300)]
    store.put(people)
    assert list(store.all()) == people


def test_actions_come_back_latest_first_and_change_with_their_key(engine: Engine) -> None:
    store = ActionStore(engine)
    early = Action("k1", "10", "Made-up wall", "done", 2001, "made-up report", ("flooding",), ("dike",))
    late = Action("k2", "10", "Made-up plan", None, 2020, "made-up report", ("flooding", "soil-salinity"))
    undated = Action("k3", "10", "Made-up idea", None, None, "made-up report")
    store.put([undated, early, late])
    assert store.of_city("10") == [late, early, undated]
    assert store.of_city("20") == []
    moved = replace(late, city="20", hazards=("flooding",), measures=("dike",))
    store.put([moved])
    store.put([moved])
    assert store.of_city("10") == [early, undated]
    assert store.of_city("20") == [moved]


def test_a_network_knows_what_it_is_and_counts_its_changes(empty_engine: Engine) -> None:
    store = NetworkStore(empty_engine)
    assert store.kind() is None
    assert store.generation() == 0
    store.set_kind("demo")
    store.set_kind("demo")
    assert store.kind() == "demo"
    assert store.advance() == 1
    assert store.advance() == 2
    assert NetworkStore(empty_engine).generation() == 2
    with pytest.raises(WrongInput) as refused:
        store.set_kind("own")
    assert "C2C_STORE" in refused.value.mend
    assert store.kind() == "demo"
