"""The index on disk: built whole, read as built, vectors used again, people gone for good, killed at any moment."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import textwrap
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from graph.answers.experts import expert
from graph.errors import Unavailable, WrongInput
from graph.index.building import build
from graph.index.searching import SearchIndex
from graph.index.vectors import closeness
from graph.model.people import Job
from graph.model.questions import Understood
from tests.answers.made_up import REFERENCE, Asker, Did, Person, network, term

DROUGHT = Understood(hazards=(term("drought", words="drought"),))


class Counting:
    """The real embedder, keeping what it was asked to embed."""

    def __init__(self, embedder):
        self.inner, self.name, self.dimensions = embedder, embedder.name, embedder.dimensions
        self.texts: list[str] = []

    def embed(self, texts):
        self.texts.extend(texts)
        return self.inner.embed(texts)


def people() -> list[Person]:
    return [Person(f"A-{n}", [Did(f"Made-up work {n}", ["drought"], city="104"), Did(f"More {n}")]) for n in range(4)]


def bytes_below(directory: Path) -> bytes:
    return b"".join(path.read_bytes() for path in sorted(directory.rglob("*")) if path.is_file())


def test_what_is_opened_is_what_was_built(tmp_path, embedder):
    built = network(tmp_path, embedder, people(), generation=7)
    opened = SearchIndex.open(tmp_path)
    assert (opened.generation, opened.embedder, opened.keys) == (7, embedder.name, ["A-0", "A-1", "A-2", "A-3"])
    assert np.array_equal(opened.vectors, embedder.embed([d.text for person in people() for d in person.did]))
    assert Asker(opened, embedder).whole(DROUGHT) == Asker(built, embedder).whole(DROUGHT)


def test_a_vector_is_made_once_for_each_text_and_embedder(tmp_path, embedder):
    counting = Counting(embedder)
    network(tmp_path, counting, people())
    assert len(counting.texts) == 8
    changed = [*people()[1:], Person("B", [Did("Something new")])]
    index = network(tmp_path, counting, changed)
    assert counting.texts[8:] == ["Something new"]
    assert np.array_equal(index.vectors, embedder.embed([d.text for person in changed for d in person.did]))
    counting.name = "another-2"
    network(tmp_path, counting, changed)
    assert len(counting.texts) == 9 + 7


def test_progress_is_told(tmp_path, embedder):
    told: list[tuple[int, int]] = []
    stored = [Person(f"A-{n}").stored() for n in range(501)]
    build(tmp_path, stored, REFERENCE, embedder, 1, progress=lambda done, total: told.append((done, total)))
    build(tmp_path, iter(stored), REFERENCE, embedder, 1, progress=lambda *each: told.append(each))
    assert told == [(500, 501), (501, 501), (500, 0), (501, 0)]


@pytest.mark.parametrize(
    ("wrong", "named"),
    [
        ([Person("A"), Person("A")], "'A' stands twice"),
        ([Person("A", [Did(city="999")])], "A/0 refers to the city '999'"),
        ([Person("A", [Did(country="XX")])], "A/0 refers to the country 'XX'"),
        ([Person("A", [Did(hazards=["dragons"])])], "A/0 is linked to the hazard 'dragons'"),
        ([Person("A", [Did(measures=["spells"])])], "A/0 is linked to the measure 'spells'"),
    ],
)
def test_what_refers_to_nothing_is_refused_and_the_old_index_stays(tmp_path, embedder, wrong, named):
    network(tmp_path, embedder, people())
    with pytest.raises(WrongInput, match=named):
        network(tmp_path, embedder, wrong)
    assert len(SearchIndex.open(tmp_path).keys) == 4
    assert len(list(tmp_path.glob("version-*"))) == 1


def test_people_taken_out_leave_no_byte_of_theirs(tmp_path, embedder):
    planted = Person(
        "Z-PLANTED",
        [Did("Surveyed the quixotrill weir near Bramblewick", ["drought"], city="104", project="Project Zanzibloom")],
        languages=["tlh"],
        jobs=[Job("Plantedia Works", "utility", "Weirkeeper")],
    )
    index = network(tmp_path, embedder, [*people()[:2], planted, *people()[2:]])
    vector = embedder.embed([planted.did[0].text])[0].tobytes()
    for secret in (
        b"quixotrill",
        b"bramblewick",
        b"zanzibloom",
        b"Plantedia",
        b"Weirkeeper",
        b"Z-PLANTED",
        b"tlh",
        vector,
    ):
        assert secret in bytes_below(tmp_path)
    left = index.without(["Z-PLANTED", "nobody"], generation=9)
    for secret in (
        b"quixotrill",
        b"ramblewick",
        b"anzibloom",
        b"Plantedia",
        b"Weirkeeper",
        b"Z-PLANTED",
        b"tlh",
        vector,
    ):
        assert secret not in bytes_below(tmp_path)
    assert (left.generation, left.keys) == (9, ["A-0", "A-1", "A-2", "A-3"])


def test_what_is_left_answers_as_if_the_others_had_never_been_there(tmp_path, embedder):
    everybody = [
        Person("C", [Did("Dry rivers", ["drought"], city="105", since=2001)], languages=["vi", "en"], home_city="105"),
        *people(),
        Person("D", [], origin="VN", jobs=[Job("Org", city="104")]),
        Person("B", [Did("Wet", ["flooding"], ["dikes"], "101", role="engineer")], languages=["nl"]),
    ]
    gone = {"A-1", "C"}
    left = network(tmp_path / "left", embedder, everybody).without(gone)
    never = network(tmp_path / "never", embedder, [person for person in everybody if person.key not in gone])
    for asked in (
        DROUGHT,
        Understood(hazards=(term("flooding"),), languages=(term("nl"),), roles=(term("engineer"),)),
        Understood(countries=(term("VN", "from"),)),
        Understood(languages=(term("vi"),)),
        Understood(traits=(term("delta", "gained_in"),)),
        Understood(measures=(term("dikes"),)),
    ):
        assert Asker(left, embedder).whole(asked) == Asker(never, embedder).whole(asked)
        assert Asker(left, embedder)(asked).facets == Asker(never, embedder)(asked).facets
    assert [expert(left, key) for key in left.keys] == [expert(never, key) for key in never.keys]


def test_everybody_can_be_taken_out(tmp_path, embedder):
    index = network(tmp_path, embedder, people()).without([person.key for person in people()])
    assert Asker(index, embedder)(DROUGHT).total == 0
    assert b"Made-up work" not in bytes_below(tmp_path)


def test_who_holds_the_old_version_goes_on_with_it(tmp_path, embedder):
    held = network(tmp_path, embedder, people())
    held.without(["A-0"])
    assert not held.is_current()
    assert SearchIndex.open(tmp_path).is_current()
    assert len(Asker(held, embedder).whole(DROUGHT)) == 4
    assert expert(held, "A-0").evidence[0].text == "Made-up work 0"


def test_without_an_index_it_is_said_how_to_make_one(tmp_path):
    with pytest.raises(Unavailable, match="Load people first"):
        SearchIndex.open(tmp_path / "nothing")


def test_an_index_of_another_format_is_refused_and_built_over(tmp_path, embedder):
    index = network(tmp_path, embedder, people())
    content = index.version / "index.json"
    content.write_text(content.read_text().replace('"format": 2', '"format": 0'))
    with pytest.raises(Unavailable, match="format 0"):
        SearchIndex.open(tmp_path)
    assert len(network(tmp_path, embedder, people()).keys) == 4


KILLED = """
    import os, signal, sys
    from pathlib import Path
    from graph.index import directory, writing
    from nlp.embedders.static import StaticEmbedder
    from tests.answers.made_up import Did, Person, network

    def kill(*_): os.kill(os.getpid(), signal.SIGKILL)

    moment = sys.argv[2]
    if moment == "while people are written": writing.save_reference = kill
    if moment == "before it is in force": directory._point_to = kill
    if moment == "before the pointer moves": os.replace = kill
    if moment == "before the old one is removed": directory.sweep = kill
    network(Path(sys.argv[1]), StaticEmbedder(), [Person("NEW", [Did("New text")])], generation=2)
"""


@pytest.mark.parametrize(
    ("moment", "generation"),
    [
        ("while people are written", 1),
        ("before it is in force", 1),
        ("before the pointer moves", 1),
        ("before the old one is removed", 2),
    ],
)
def test_a_builder_killed_at_any_moment_leaves_one_whole_version(tmp_path, embedder, moment, generation):
    network(tmp_path, embedder, people())
    command = [sys.executable, "-c", textwrap.dedent(KILLED), str(tmp_path), moment]
    root = Path(__file__).parents[2]
    ended = subprocess.run(command, cwd=root, env={**os.environ, "PYTHONPATH": str(root)}, capture_output=True)
    assert ended.returncode == -signal.SIGKILL, ended.stderr.decode()
    assert SearchIndex.open(tmp_path).generation == generation
    network(tmp_path, embedder, people(), generation=3)
    assert SearchIndex.open(tmp_path).generation == 3
    assert sorted(path.name.split("-")[0] for path in tmp_path.iterdir()) == [".writing", "current", "version"]
    assert b"New text" not in bytes_below(tmp_path)


def test_what_is_close_rises_with_how_near_unrelated_texts_lie(embedder):
    drawn = np.random.default_rng(1).normal(size=(500, 64)).astype(np.float32)
    spread = drawn / np.linalg.norm(drawn, axis=1, keepdims=True)
    crowded = drawn + 8
    crowded /= np.linalg.norm(crowded, axis=1, keepdims=True)
    person = np.arange(500, dtype=np.int32)
    assert closeness(spread, person) == 0.5
    assert closeness(crowded, person) > 0.9
    assert closeness(spread[:1], person[:1]) == 0.5


def test_a_person_of_many_hazards_and_a_vocabulary_of_many_words_fit(tmp_path, embedder):
    hazards = {f"made-up-{n}": replace(REFERENCE.hazards["drought"], id=f"made-up-{n}") for n in range(150)}
    reference = replace(REFERENCE, hazards=hazards)
    all_of_them = Person("A", [Did(hazards=list(hazards))])
    index = build(tmp_path, [all_of_them.stored(), Person("B", [Did()]).stored()], reference, embedder, 1)
    for id_ in ("made-up-0", "made-up-63", "made-up-64", "made-up-149"):
        assert Asker(index, embedder).whole(Understood(hazards=(term(id_),))) == ["A"]
    assert len(Asker(index, embedder)(Understood(hazards=(term("made-up-0"),))).facets["hazard"]) == 150
