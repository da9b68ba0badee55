"""What tells a process that others wrote: the graph's mark, its generation, and that of its places."""

from graph.engines.port import Engine, Statement, Write
from graph.store.network import NetworkStore


def test_the_mark_is_another_one_once_anybody_has_written(engine: Engine) -> None:
    network = NetworkStore(engine)
    before = network.mark()
    engine.read("MATCH (n) RETURN count(n) AS n")
    assert network.mark() == before
    engine.write(Write(statements=[Statement("MERGE (c:Country {id: 'ZZ'}) SET c.name = 'Made-up Land'")]))
    if engine.name == "neo4j":
        assert network.mark() != before
    else:
        assert network.mark() == before, "nobody else can write to an embedded graph"


def test_a_change_of_places_is_a_change_and_is_known_as_one_of_places(engine: Engine) -> None:
    network = NetworkStore(engine)
    first = network.advance()
    assert network.places() < first
    second = network.advance_places()
    assert (second, network.places()) == (first + 1, first + 1)
    assert network.advance() == second + 1
    assert network.places() == second


def test_one_linker_is_in_force_until_another_is_put_there(engine: Engine) -> None:
    network = NetworkStore(engine)
    network.set_linker("linker 1")
    network.set_linker("linker 1")
    assert network.linker() == "linker 1"
    network.set_linker("linker 2")
    assert network.linker() == "linker 2"
    assert network.places() >= 0
