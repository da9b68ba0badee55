"""What an index lacks of the graph, by fingerprint and by what texts say."""

from collections.abc import Sequence
from pathlib import Path

from api.following.difference import difference
from graph.index.searching import SearchIndex
from graph.model.stored import StoredPerson
from graph.store.glance import PersonSeen
from tests.answers.made_up import Did, Person, network

ANN = Person("A", [Did("Made-up dikes by the sea", ["coastal-flooding"]), Did("Made-up pumps")])
BEN = Person("B", [Did("Made-up wells", ["drought"])])


def seen(*people: StoredPerson) -> dict[str, PersonSeen]:
    """Return what a glance at a graph with these people gives."""
    return {
        each.alumnus.key: PersonSeen(each.fingerprint, {one.key: one.text for one in each.alumnus.expertises})
        for each in people
    }


def indexed(directory: Path, embedder: object, people: Sequence[Person] = (ANN, BEN)) -> SearchIndex:
    return network(directory, embedder, people)


def test_nothing_is_lacking_where_nothing_changed(tmp_path, embedder):
    found = difference(indexed(tmp_path, embedder), seen(ANN.stored(), BEN.stored()))
    assert (found.gone, found.changed, found.rewritten, found.behind) == (frozenset(), {}, {}, 0)


def test_who_left_is_gone_and_who_came_is_behind_with_each_text(tmp_path, embedder):
    index = indexed(tmp_path, embedder, [ANN])
    found = difference(index, seen(BEN.stored()))
    assert found.gone == {"A"}
    assert found.changed == {"B": 1}


def test_another_fingerprint_is_a_change_though_every_text_is_the_same(tmp_path, embedder):
    people = seen(ANN.stored(), BEN.stored())
    people["B"] = PersonSeen("another", people["B"].texts)
    found = difference(indexed(tmp_path, embedder), people)
    assert found.changed == {"B": 1}
    assert not found.rewritten


def test_a_text_rewritten_under_its_fingerprint_is_seen_and_is_to_be_linked_anew(tmp_path, embedder):
    people = seen(ANN.stored(), BEN.stored())
    first, second = people["A"].texts
    people["A"] = PersonSeen(people["A"].fingerprint, {first: people["A"].texts[first], second: "Made-up terraces"})
    found = difference(indexed(tmp_path, embedder), people)
    assert found.changed == {"A": 1}
    assert found.rewritten == {second: people["A"].fingerprint}


def test_a_text_that_somebody_else_added_or_deleted_is_seen(tmp_path, embedder):
    index, people = indexed(tmp_path, embedder), seen(ANN.stored(), BEN.stored())
    texts = dict(people["A"].texts)
    texts.popitem()
    people["A"] = PersonSeen(people["A"].fingerprint, texts)
    assert difference(index, people).changed == {"A": 1}
    people["A"] = PersonSeen(people["A"].fingerprint, {**ANN_TEXTS, "A/new": "Made-up gauges"})
    assert difference(index, people).changed == {"A": 1}


ANN_TEXTS = {one.key: one.text for one in ANN.stored().alumnus.expertises}
