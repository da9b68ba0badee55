"""The client over HTTP, in process, and through the server that holds the network: equal objects, the same errors."""

from __future__ import annotations

import os
import signal
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from api.client import City2City
from graph.errors import City2CityError, GraphBusy, LimitReached, NotFound, Refused, Unavailable, WrongInput
from tests.conftest import CommandLine, copied

QUESTION = "who has handled coastal flooding in a delta city"
TEXTS = ["Raised the ring dike and planted mangroves against coastal flooding", "", "No experience with floods"]
QUERY = "MATCH (e:Expertise)-[r:APPLIES_TO]->(h:Hazard {id: $id}) RETURN e, r, h.name AS name ORDER BY e.id LIMIT 20"
ENDLESS = "MATCH (a), (b), (c), (d), (e), (f), (g) RETURN sum(size(a.id) + size(g.id))"


@pytest.fixture(scope="module")
def here(demo_network: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[City2City]:
    store = copied(demo_network, tmp_path_factory.mktemp("client") / "here")
    with pytest.MonkeyPatch.context() as patch:
        for name in [name for name in os.environ if name.startswith(("C2C_", "NEO4J_"))]:
            patch.delenv(name)
        patch.setenv("C2C_CYPHER_SECONDS", "5")
        with City2City.local(f"embedded:{store}") as network:
            network.cypher("RETURN 1")
            yield network


@pytest.fixture(scope="module")
def served(demo_network: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[City2City]:
    settings = (("C2C_TOKEN", "made-up-write"), ("C2C_READ_TOKEN", "made-up-read"), ("C2C_CYPHER_SECONDS", "5"))
    c2c = CommandLine(copied(demo_network, tmp_path_factory.mktemp("client") / "there"), settings)
    with c2c.serving() as client, City2City(str(client.base_url), token="made-up-read") as network:
        network.cypher("RETURN 1")
        yield network


def plain(value: Any) -> Any:
    """What a call gave, without the time it took."""
    if hasattr(value, "model_dump"):
        return (type(value), {name: each for name, each in value.model_dump().items() if name != "took_ms"})
    return [plain(each) for each in value]


CALLS: dict[str, Callable[[City2City], Any]] = {
    "ask": lambda network: network.ask(QUESTION),
    "ask, explained": lambda network: network.ask(QUESTION, explain=True, limit=3, offset=2),
    "ask, filtered": lambda network: network.ask(
        "floods", filters={"regions": [{"id": "142", "as": "gained_in"}], "years": {"since": 2010}}
    ),
    "ask, corrected": lambda network: network.ask(QUESTION, understood=network.understand("droughts in Asia")),
    "everyone": lambda network: network.everyone("coastal flooding"),
    "understand": lambda network: network.understand("drought planners in East Africa, cities like Rotterdam"),
    "link": lambda network: network.link(TEXTS),
    "link, every": lambda network: network.link(iter(TEXTS), every=True),
    "experts": lambda network: network.experts(limit=7, offset=3),
    "expert": lambda network: network.expert(network.experts(limit=1).items[0].id),
    "cities": lambda network: network.cities("rotter", country="NL", limit=5),
    "city": lambda network: network.city("Rotterdam"),
    "city by id": lambda network: network.city("1586203"),
    "peers": lambda network: network.peers("Rotterdam", limit=4),
    "hazards": lambda network: network.hazards(),
    "measures": lambda network: network.measures(),
    "cypher": lambda network: network.cypher(QUERY, id="drought"),
    "schema": lambda network: network.schema(),
}


@pytest.mark.parametrize("call", CALLS)
def test_a_call_gives_equal_objects_over_http_and_in_process(here: City2City, served: City2City, call: str) -> None:
    ours, theirs = plain(CALLS[call](here)), plain(CALLS[call](served))
    assert ours == theirs
    assert ours


def test_iterators_give_everything_page_by_page(here: City2City, served: City2City) -> None:
    total = here.ask("floods", limit=1).total
    assert total > 100
    for network in (here, served):
        everyone = [expert.id for expert in network.everyone("floods")]
        assert len(everyone) == len(set(everyone)) == total
        assert len({person.id for person in network.every_expert()}) == network.experts(limit=1).total > 1_000
        assert len(list(network.every_city(country="NL"))) == network.cities(country="NL", limit=1).total > 100
        assert (len(network.hazards()), len(network.link(["floods"] * 250))) == (45, 250)


WRONG: dict[str, tuple[Callable[[City2City], Any], type[City2CityError]]] = {
    "a question too long": (lambda network: network.ask("x" * 3_000), WrongInput),
    "too many at once": (lambda network: network.ask("floods", limit=1_000), WrongInput),
    "years backwards": (
        lambda network: network.ask("floods", filters={"years": {"since": 2020, "until": 2010}}), WrongInput,
    ),
    "a filter that is none": (lambda network: network.ask("floods", filters={"hazard": []}), WrongInput),
    "nobody": (lambda network: network.expert("nobody"), NotFound),
    "a number with a slash": (lambda network: network.expert("no/body?x"), NotFound),
    "no city": (lambda network: network.city("Wobbleford-on-Sea"), NotFound),
    "no city of that id": (lambda network: network.peers("1"), NotFound),
    "a country in words": (lambda network: network.cities(country="Netherlands"), WrongInput),
    "a query that writes": (lambda network: network.cypher("MATCH (n)\nDETACH DELETE n"), Refused),
    "a query that is none": (lambda network: network.cypher("MATCH (n"), WrongInput),
    "a query without its parameter": (lambda network: network.cypher("RETURN $id"), WrongInput),
    "a value that JSON cannot hold": (lambda network: network.cypher("RETURN $x", x=object()), WrongInput),
    "a query without end": (lambda network: network.cypher(ENDLESS), LimitReached),
}  # fmt: skip


@pytest.mark.parametrize("case", WRONG)
def test_what_is_wrong_is_the_same_error_over_http_and_in_process(
    here: City2City, served: City2City, case: str
) -> None:
    call, kind = WRONG[case]
    told = []
    for network in (here, served):
        with pytest.raises(kind) as raised:
            call(network)
        assert type(raised.value) is kind
        assert raised.value.mend
        told.append((raised.value.detail, raised.value.mend, raised.value.position))
    assert told[0] == told[1]


def test_a_query_that_is_wrong_names_the_place(here: City2City) -> None:
    with pytest.raises(Refused) as refused:
        here.cypher("MATCH (n)\nDETACH DELETE n")
    assert refused.value.position is not None
    assert refused.value.position.line == 2


def test_what_cannot_be_reached_or_may_not_be_asked_says_so(served: City2City, here: City2City) -> None:
    address = "http://127.0.0.1:9"
    with City2City(address) as network, pytest.raises(Unavailable, match="cannot be reached"):
        network.hazards()
    for wrong in ("127.0.0.1:8000", "ftp://example.org", "http://", ""):
        with pytest.raises(WrongInput, match="address"):
            City2City(wrong)
    with pytest.raises(Refused, match="owner's machine"):
        served.status()
    assert here.status().people == here.experts(limit=1).total


def test_a_wrong_token_is_refused(demo_network: Path) -> None:
    c2c = CommandLine(demo_network, (("C2C_TOKEN", "made-up-write"),))
    with c2c.serving() as client, City2City(str(client.base_url), token="made-up-other") as network:
        with pytest.raises(Refused) as refused:
            network.ask(QUESTION)
        assert "Bearer" in refused.value.mend


def test_where_there_is_no_network_a_call_says_how_to_make_one(tmp_path: Path) -> None:
    with City2City.local(f"embedded:{tmp_path / 'none'}") as network:
        for call in (lambda: network.ask(QUESTION), lambda: network.cypher("RETURN 1"), network.status):
            with pytest.raises(Unavailable) as missing:
                call()
            assert "c2c demo" in missing.value.mend
    assert not (tmp_path / "none").exists()


def test_while_a_server_holds_the_network_the_client_goes_through_it(network_copy: Path) -> None:
    c2c = CommandLine(network_copy)
    with City2City.local(f"embedded:{network_copy}") as network:
        before = plain(network.ask(QUESTION))
        process, _ = c2c.start_server()
        try:
            assert plain(network.ask(QUESTION)) == before
            assert network.cypher("MATCH (a:Alumnus) RETURN count(a)").rows == [[network.status().people]]
            assert network.city("Rotterdam").id == "2747891"
            gone = network.ask(QUESTION, limit=1).experts[0].id
            assert c2c("consent", "withdraw", gone).code == 0
            assert gone not in [expert.id for expert in network.ask(QUESTION, limit=100).experts]
            assert network.cypher("MATCH (a:Alumnus {id: $id}) RETURN a", id=gone).rows == []
        finally:
            process.send_signal(signal.SIGTERM)
            process.wait(timeout=60)
        assert gone not in [expert.id for expert in network.ask(QUESTION, limit=100).experts]
        assert network.cypher("MATCH (a:Alumnus {id: $id}) RETURN a", id=gone).rows == []
        # Now this process holds the graph, and says so to others until it is closed.
        busy = c2c("consent", "withdraw", "S-00001")
        assert busy.code == 3
        assert str(os.getpid()) in busy.err
    assert c2c("city", "Rotterdam").code == 0


def test_who_withdraws_by_another_process_is_in_no_later_answer(network_copy: Path) -> None:
    c2c = CommandLine(network_copy)
    with City2City.local(f"embedded:{network_copy}") as network:
        found = [expert.id for expert in network.everyone("floods")]
        assert c2c("consent", "withdraw", found[0]).code == 0
        # Others may change places: how telling a word is depends on everyone.
        assert {expert.id for expert in network.everyone("floods")} == set(found[1:])
        with pytest.raises(NotFound):
            network.expert(found[0])


def test_a_graph_that_another_command_holds_is_named(
    network_copy: Path, until: Callable[[Callable[[], bool]], None]
) -> None:
    c2c = CommandLine(network_copy)
    load = c2c.start("compact")
    until(lambda: (network_copy / "lock.json").exists())
    try:
        with City2City.local(f"embedded:{network_copy}") as network:
            assert network.ask(QUESTION).total > 0
            with pytest.raises(GraphBusy, match=str(load.pid)):
                network.cypher("RETURN 1")
    finally:
        load.send_signal(signal.SIGTERM)
        load.wait(timeout=60)
