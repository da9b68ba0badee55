"""An index is brought to what the graph holds: the gone first, each text embedded and linked by one process."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from api.following import bring_up_to_date, catching_up
from api.following.catching_up import CatchUp
from api.following.linking import LEASE
from api.settings import read_settings
from api.wiring import Network
from graph.engines.port import Statement, Write
from graph.index.building import build
from graph.model.places import Trait
from graph.store.lease import Lease
from nlp.embedders.remembering import RememberingEmbedder
from nlp.embedders.static import StaticEmbedder
from tests.answers.made_up import CITIES, COUNTRIES, HAZARDS, MEASURES, REFERENCE, REGIONS, Did, Person
from tests.servers.neo4j_server import Server

Process = Callable[[str], Network]
DID = (
    "Mended made-up dikes against coastal flooding",
    "Dug made-up wells",
    "Taught made-up rangers",
    "Drew made-up maps",
)


@pytest.fixture
def process(neo4j_server: Server, tmp_path: Path) -> Iterator[Process]:
    """Return a function that opens the one graph as a process with a home of its own would; it is emptied before."""
    opened: list[Network] = []

    def network(name: str) -> Network:
        reached = {"C2C_STORE": neo4j_server.uri, "NEO4J_PASSWORD": neo4j_server.password}
        home = tmp_path / name
        (home / "gazetteer").mkdir(parents=True)
        settings = read_settings({**reached, "NEO4J_USERNAME": neo4j_server.username, "C2C_HOME": str(home)})
        opened.append(Network(settings))
        return opened[-1]

    writer = network("writer")
    run(writer, "MATCH (n) WHERE n:Alumnus OR n:Expertise OR n:Lease DETACH DELETE n")
    run(writer, "MATCH (n:Network) SET n = {id: n.id, schema_version: n.schema_version}")
    writer.hazards.put_hazards(HAZARDS)
    writer.hazards.put_measures(MEASURES)
    traits = [Trait(trait, name, "made-up rule", complete=True) for trait, name in REFERENCE.traits.items()]
    writer.places.put(REGIONS, COUNTRIES, traits, CITIES, {})
    writer.networks.set_kind("own")
    writer.networks.advance_places()
    writer.networks.set_linker("a linker that no process here has")
    writer.people.put([Person(f"P{number}", [Did(f"{DID[0]} {number}")]).stored() for number in range(3)])
    yield network
    for each in opened:
        each.close()


def run(network: Network, query: str, **parameters: object) -> None:
    """Write with somebody's own Cypher."""
    network.engine.write(Write(statements=[Statement(query, parameters)]))


def more(numbers: Sequence[int]) -> list:
    return [Person(f"Q{number}", [Did(f"{DID[1]} {number}"), Did(f"{DID[2]} {number}")]).stored() for number in numbers]


def test_an_index_is_made_of_the_graph_and_then_kept_equal_to_it(process: Process, tmp_path: Path) -> None:
    network, other = process("one"), process("other")
    bring_up_to_date(network)
    assert network.index.keys == ["P0", "P1", "P2"]
    other.people.put(
        [*more([1, 2]), replace(Person("P1", [Did("Now of the sea", city="104")]).stored(), fingerprint="2")]
    )
    other.people.remove(["P0"])
    bring_up_to_date(network)
    assert network.index.keys == ["P1", "P2", "Q1", "Q2"]
    anew = build(
        tmp_path / "anew", network.people.all(), network.places.reference(), network.embedder, network.index.generation
    )
    for file in sorted(path.name for path in anew.version.iterdir()):
        assert (network.index.version / file).read_bytes() == (anew.version / file).read_bytes(), file


def test_whoever_is_gone_leaves_before_many_others_have_come(process: Process, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(catching_up, "SECONDS_A_LOOK_IS_GOOD", 0)  # steps of two people take no time at all
    network, other = process("one"), process("other")
    bring_up_to_date(network)
    other.people.put(more(range(8)))
    catch_up, shown, lacked = CatchUp(network, at_once=2), [], []

    def between(_done: int, _total: int) -> None:
        if len(shown) == 1:
            run(other, "MATCH (a:Alumnus {id: 'P1'}) DETACH DELETE a")
        shown.append(set(network.index.keys))
        lacked.append(network.standing.told().behind)

    catch_up.run(between)
    assert set(network.index.keys) == {"P0", "P2", *(f"Q{number}" for number in range(8))}
    still_behind = [keys for keys, behind in zip(shown, lacked, strict=True) if behind and "P1" not in keys]
    assert still_behind, "P1 was gone while texts of others were still lacking"
    assert lacked[0] == 16
    assert lacked == sorted(lacked, reverse=True)
    assert network.standing.told().behind == 0


def test_who_cannot_be_shown_is_left_out_with_a_warning_until_mended(
    process: Process, caplog: pytest.LogCaptureFixture
) -> None:
    network, other = process("one"), process("other")
    other.people.put(more(range(4)))
    bring_up_to_date(network)
    run(other, "MATCH (e:Expertise {id: 'Q2/0'}), (a:Alumnus) SET e.kind = 'made up', a.fingerprint = 'another'")
    catch_up = CatchUp(network)
    with caplog.at_level(logging.WARNING):
        catch_up.run()
    assert set(network.index.keys) == {"P0", "P1", "P2", "Q0", "Q1", "Q3"}
    assert "Q2 cannot be shown" in caplog.text
    assert "'made up'" in caplog.text
    run(other, "MATCH (e:Expertise {id: 'Q2/0'})<--(a) SET e.kind = 'project', a.fingerprint = 'mended'")
    catch_up.run()
    assert "Q2" in network.index.keys


def test_another_linker_is_left_to_those_who_have_it(process: Process, caplog: pytest.LogCaptureFixture) -> None:
    network = process("one")
    with caplog.at_level(logging.WARNING):
        bring_up_to_date(network)
    assert "wait for the linker a linker that no process here has" in caplog.text
    assert [row["by"] for row in network.engine.read("MATCH (e:Expertise) RETURN e.linked_by AS by")] == [None] * 3
    network.networks.set_linker(network.linker.name)
    CatchUp(network).run()
    texts = network.engine.read(
        "MATCH (e:Expertise) RETURN e.linked_by AS by, COUNT { (e)-[:APPLIES_TO]->() } AS links"
    )
    assert {row["by"] for row in texts} == {network.linker.name}
    assert {row["links"] for row in texts} == {1}
    hazards = {link.id for key in network.index.keys for link in network.people.person(key).links[f"{key}/0"].hazards}
    assert hazards == {"coastal-flooding"} <= set(REFERENCE.hazards)


class Slow:
    """The packaged embedder under another name, which remembers what it was asked to embed."""

    def __init__(self) -> None:
        self._own = StaticEmbedder()
        self.name, self.dimensions = "slow-1", self._own.dimensions
        self.embedded: list[str] = []

    def embed(self, texts: Sequence[str]) -> NDArray[np.float32]:
        self.embedded += texts
        return self._own.embed(texts)


def with_slow_embedder(network: Network) -> Slow:
    slow = Slow()
    network.__dict__["embedder"] = RememberingEmbedder(slow, network.home / "vectors.sqlite")
    return slow


def test_a_slow_embedder_embeds_each_text_once_and_all_processes_have_its_vector(process: Process) -> None:
    first, second = process("first"), process("second")
    one, other = with_slow_embedder(first), with_slow_embedder(second)
    bring_up_to_date(first)
    bring_up_to_date(second)
    texts = {f"{DID[0]} {number}" for number in range(3)}
    assert texts <= set(one.embedded)
    assert not texts & set(other.embedded)
    assert np.array_equal(first.index.vectors, second.index.vectors)
    run(second, "MATCH (e:Expertise {id: 'P1/0'}) SET e.text = $text", text=DID[3])
    bring_up_to_date(second)
    bring_up_to_date(first)
    assert DID[3] in other.embedded
    assert DID[3] not in one.embedded
    assert np.array_equal(first.index.vectors, second.index.vectors)


def test_texts_that_another_process_is_embedding_are_waited_for(process: Process) -> None:
    network, other = process("one"), process("other")
    bring_up_to_date(network)
    slow = with_slow_embedder(network)
    bring_up_to_date(network)
    holder = Lease(other.engine, LEASE, "another process", seconds=600)
    assert holder.take()
    other.people.put(more([1]))
    catch_up = CatchUp(network)
    catch_up.run()
    assert catch_up.waits
    assert network.standing.told().behind == 2
    assert "Q1" not in network.index.keys
    holder.release()
    catch_up.run()
    assert not catch_up.waits
    assert network.standing.told().behind == 0
    assert "Q1" in network.index.keys
    assert f"{DID[1]} 1" in slow.embedded
