"""An index brought up to date is the index that would have been built anew, byte for byte."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from graph.errors import WrongInput
from graph.index.building import build, updated
from graph.index.lagging import lag
from graph.index.searching import SearchIndex
from graph.model.people import Job
from graph.model.questions import Understood
from tests.answers.made_up import REFERENCE, Asker, Did, Person, network, term

EVERYBODY = [
    Person("C", [Did("Dry rivers", ["drought"], city="105", since=2001)], languages=["vi", "en"], home_city="103"),
    Person("A", [Did("Made-up dikes by the sea", ["coastal-flooding"], ["dikes"], "101"), Did("More")], origin="NL"),
    Person("D", [], origin="VN", jobs=[Job("Org", city="104")], languages=["pt-BR"]),
    Person("B", [Did("Wet feet", ["flooding"], ["dikes"], "101", role="engineer")], languages=["nl"]),
    Person("AA", [Did("Rien \u00e0 voir", project="Projet invent\u00e9")], home_country="DE"),
]


def stored(people: Sequence[Person]):
    return [person.stored() for person in people]


def files(index: SearchIndex) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in index.version.iterdir()}


def of_another_order(tmp_path: Path, people: Sequence[Person], embedder, generation: int) -> SearchIndex:
    return build(tmp_path, stored(list(reversed(people))), REFERENCE, embedder, generation)


def assert_equal(left: SearchIndex, right: SearchIndex) -> None:
    left_files, right_files = files(left), files(right)
    assert left_files.keys() == right_files.keys()
    assert [name for name in left_files if left_files[name] != right_files[name]] == []


def test_an_index_is_the_same_whatever_order_its_people_came_in(tmp_path, embedder):
    one = network(tmp_path / "one", embedder, EVERYBODY)
    assert_equal(one, of_another_order(tmp_path / "other", EVERYBODY, embedder, 1))
    assert one.keys == ["A", "AA", "B", "C", "D"]


@pytest.mark.parametrize(
    ("before", "changed", "gone"),
    [
        (EVERYBODY[1:], EVERYBODY[:1], []),
        (EVERYBODY, [], ["C"]),
        (EVERYBODY[:2], EVERYBODY[2:], []),
        (EVERYBODY, [], [person.key for person in EVERYBODY]),
        ([], EVERYBODY, []),
        ([], [], ["nobody"]),
        (
            EVERYBODY,
            [
                Person("B", [Did("Wet feet"), Did("Now of mangroves", measures=["mangroves"], city="106")]),
                Person("ZZ", [Did("\u6d2a\u6c34 and new words", ["tornado"], country="FJ")], languages=["zh"]),
                Person("C", [], home_city="101"),
            ],
            ["A", "nobody"],
        ),
    ],
    ids=["one comes", "one goes", "three come", "all go", "all come", "nothing", "come, change and go"],
)
def test_an_updated_index_is_the_one_built_anew(tmp_path, embedder, before, changed, gone):
    old = network(tmp_path / "updated", embedder, before, generation=3)
    index = updated(old, stored(changed), gone, embedder, 4, REFERENCE.cities)
    after = {person.key: person for person in [*before, *changed] if person.key not in gone}
    assert_equal(index, network(tmp_path / "anew", embedder, after.values(), generation=4))
    assert SearchIndex.open(tmp_path / "updated").generation == 4
    assert len(list((tmp_path / "updated").glob("version-*"))) == 1


def test_only_texts_that_are_new_are_embedded(tmp_path, embedder):
    class Counting:
        name, dimensions = embedder.name, embedder.dimensions

        def embed(self, texts):
            asked.extend(texts)
            return embedder.embed(texts)

    asked: list[str] = []
    old = network(tmp_path, embedder, EVERYBODY)
    changed = Person("B", [Did("Wet feet", ["flooding"]), Did("Something new"), Did("Dry rivers")])
    updated(old, [changed.stored()], [], Counting(), 2)
    assert asked == ["Something new"]


def test_what_a_changed_person_said_before_leaves_no_byte(tmp_path, embedder):
    planted = Person("B", [Did("Surveyed the quixotrill weir", project="Project Zanzibloom")], languages=["tlh"])
    old = network(tmp_path, embedder, [*EVERYBODY[:3], planted])
    now = updated(old, stored([EVERYBODY[3]]), [], embedder, 2)
    left = b"".join(path.read_bytes() for path in tmp_path.rglob("*") if path.is_file())
    assert b"quixotrill" not in left.lower()
    assert b"zanzibloom" not in left.lower()
    assert b"tlh" not in left
    assert Asker(now, embedder).whole(Understood(hazards=(term("flooding"),))) == ["A", "B"]


def test_a_city_that_the_index_does_not_know_is_given_beside_the_people(tmp_path, embedder):
    old = network(tmp_path, embedder, EVERYBODY[3:])
    moved = replace(EVERYBODY[3], home_city="103")
    with pytest.raises(WrongInput, match="'103'"):
        updated(old, [moved.stored()], [], embedder, 2)
    index = updated(old, [moved.stored()], [], embedder, 2, {id: REFERENCE.cities[id] for id in ("102", "103")})
    assert_equal(index, network(tmp_path / "anew", embedder, [moved, *EVERYBODY[4:]], generation=2))


def test_vectors_of_two_embedders_never_stand_in_one_index(tmp_path, embedder):
    class Another:
        name, dimensions, embed = "another-1", embedder.dimensions, embedder.embed

    old = network(tmp_path, embedder, EVERYBODY)
    with pytest.raises(WrongInput, match="another-1"):
        updated(old, stored(EVERYBODY[:1]), [], Another(), 2)
    assert SearchIndex.open(tmp_path).version == old.version


def test_a_person_given_twice_is_refused(tmp_path, embedder):
    old = network(tmp_path, embedder, EVERYBODY)
    with pytest.raises(WrongInput, match="'A' stands twice"):
        updated(old, stored([EVERYBODY[1], EVERYBODY[1]]), [], embedder, 2)


def test_an_index_tells_who_came_changed_and_left(tmp_path, embedder):
    index = network(tmp_path, embedder, EVERYBODY)
    graph = {person.key: person.stored().fingerprint for person in EVERYBODY}
    assert not lag(index, graph)
    del graph["A"]
    found = lag(index, {**graph, "B": "another fingerprint", "NEW": "NEW"})
    assert (found.changed, found.gone) == ({"B", "NEW"}, {"A"})
    assert not lag(updated(index, [], ["A"], embedder, 2), graph)
