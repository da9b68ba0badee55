"""What is lost on the way to a server is sent again and never written twice: counts are exact whatever happened."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor

import neo4j
import pytest

from graph.engines import neo4j_trying, neo4j_turn
from graph.engines.neo4j_engine import Neo4jEngine
from graph.engines.neo4j_errors import Failure, failure_of
from graph.engines.patience import waiting_for_the_graph
from graph.engines.port import NodeRows, RelationshipRows, Statement, Write
from graph.errors import LimitReached, Unavailable
from tests.engines.cutting_proxy import Cut, CuttingProxy
from tests.servers.neo4j_server import Server

COUNT_ONE = Write(statements=[Statement("CREATE (:Project {id: randomUUID(), name: 'made up'})")])
PEOPLE = 3_000
ROWS = Write(
    nodes=[
        NodeRows("Expertise", [{"id": f"A/{number}", "text": "made up " * 20} for number in range(PEOPLE)]),
        NodeRows("Hazard", [{"id": "flooding"}]),
    ],
    relationships=[
        RelationshipRows(
            "APPLIES_TO", "Expertise", "Hazard", [{"start": f"A/{n}", "end": "flooding"} for n in range(PEOPLE)]
        )
    ],
)


@pytest.fixture
def proxy(neo4j_server: Server) -> Iterator[CuttingProxy]:
    between = CuttingProxy(neo4j_server.uri)
    yield between
    between.close()


@pytest.fixture
def direct(neo4j_server: Server) -> Iterator[Neo4jEngine]:
    engine = opened(neo4j_server.uri, neo4j_server)
    engine.define()
    engine.write(Write(statements=[Statement("MATCH (n) DETACH DELETE n")]))
    yield engine
    engine.close()


@pytest.fixture
def through_proxy(proxy: CuttingProxy, neo4j_server: Server, direct: Neo4jEngine) -> Iterator[Neo4jEngine]:
    engine = opened(proxy.uri, neo4j_server)
    yield engine
    engine.close()


@pytest.fixture
def attempts(monkeypatch: pytest.MonkeyPatch) -> list[Failure]:
    """What can be done about each error that was met, in their order."""
    seen: list[Failure] = []

    def noted(error: Exception) -> Failure:
        seen.append(failure_of(error))
        return seen[-1]

    monkeypatch.setattr(neo4j_trying, "failure_of", noted)
    return seen


def opened(uri: str, server: Server) -> Neo4jEngine:
    return Neo4jEngine(uri, server.username, server.password)


def count(engine: Neo4jEngine, pattern: str) -> object:
    return engine.read(f"MATCH {pattern} RETURN count(*) AS count")[0]["count"]


@pytest.mark.parametrize("cut", Cut, ids=lambda cut: cut.name.lower())
def test_rows_are_exact_whatever_was_cut(
    cut: Cut, proxy: CuttingProxy, through_proxy: Neo4jEngine, direct: Neo4jEngine
) -> None:
    proxy.cut(cut, cut)
    with waiting_for_the_graph():
        through_proxy.bulk(ROWS)
    assert proxy.made == 2
    assert count(direct, "(:Expertise)") == PEOPLE
    assert count(direct, "(:Expertise)-[:APPLIES_TO]->(:Hazard)") == PEOPLE


@pytest.mark.parametrize("cut", [Cut.BEFORE_COMMIT, Cut.AS_COMMIT_IS_SENT, Cut.AFTER_COMMIT], ids=lambda cut: cut.name)
def test_a_statement_that_creates_is_done_once(
    cut: Cut, proxy: CuttingProxy, through_proxy: Neo4jEngine, direct: Neo4jEngine
) -> None:
    for done in range(1, 4):
        proxy.cut(cut, cut)
        through_proxy.write(COUNT_ONE)
        assert proxy.made == 2 * done
        assert count(direct, "(:Project)") == done


def test_without_the_look_the_same_fault_doubles(
    proxy: CuttingProxy, through_proxy: Neo4jEngine, direct: Neo4jEngine, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The fault is a real one: who sends again without looking, as here, writes twice."""
    monkeypatch.setattr(neo4j_turn, "take", lambda _transaction, _batch: neo4j_turn.Turn(False, False))
    proxy.cut(Cut.AFTER_COMMIT)
    through_proxy.write(COUNT_ONE)
    assert count(direct, "(:Project)") == 2


def test_the_look_waits_for_who_is_still_writing(direct: Neo4jEngine, neo4j_server: Server) -> None:
    """The connection is lost and the server still at work: looking at once would find nothing and write again."""
    driver = neo4j.GraphDatabase.driver(neo4j_server.uri, auth=(neo4j_server.username, neo4j_server.password))
    batch = neo4j_turn.Writers().new_batch()
    direct.write(COUNT_ONE)
    with driver, driver.session() as first, ThreadPoolExecutor() as pool:

        def look() -> bool:
            with driver.session() as second, second.begin_transaction() as transaction:
                return neo4j_turn.take(transaction, batch).written

        with first.begin_transaction() as writing:
            assert not neo4j_turn.take(writing, batch).written
            looking = pool.submit(look)
            time.sleep(0.5)
            assert not looking.done()
            writing.commit()
        assert looking.result(30)


def test_a_batch_is_remembered_while_others_write(direct: Neo4jEngine, neo4j_server: Server) -> None:
    driver = neo4j.GraphDatabase.driver(neo4j_server.uri, auth=(neo4j_server.username, neo4j_server.password))
    with driver, driver.session() as session:

        def written(batch: str) -> bool:
            with session.begin_transaction() as transaction:
                return neo4j_turn.take(transaction, batch).written

        mine = neo4j_turn.Writers().new_batch()
        assert not written(mine)
        for _ in range(40):
            assert not written(neo4j_turn.Writers().new_batch())
        assert written(mine)
        later = f"{mine.partition(':')[0]}:another"
        assert not written(later)
        assert not written(mine), "a writer has one batch under way"
        kept = session.run(f"MATCH (turn:{neo4j_turn.LABEL}) RETURN size(turn.last)").single(strict=True)[0]
        assert kept == 41
        for _ in range(60):
            written(neo4j_turn.Writers().new_batch())
        kept = session.run(f"MATCH (turn:{neo4j_turn.LABEL}) RETURN collect(size(turn.last))").single(strict=True)[0]
        assert kept == [64]


def test_who_gives_way_to_another_program_tries_again(
    direct: Neo4jEngine, neo4j_server: Server, attempts: list[Failure]
) -> None:
    """Two writers that deadlock: the server ends the one that holds less, here City2City."""
    names = ("one", "two", "gate")
    direct.write(Write(nodes=[NodeRows("Project", [{"id": name} for name in names])]))
    add = "MATCH (p:Project {id: $id}) SET p.count = coalesce(p.count, 0) + 1"
    ours = Write(statements=[Statement(add, {"id": name}) for name in ("two", "gate", "one")])
    driver = neo4j.GraphDatabase.driver(neo4j_server.uri, auth=(neo4j_server.username, neo4j_server.password))
    with driver, driver.session() as other, driver.session() as keeper, ThreadPoolExecutor() as pool:
        others, gate = other.begin_transaction(), keeper.begin_transaction()
        others.run("UNWIND range(1, 50) AS number CREATE (:Region {id: toString(number)})").consume()
        others.run(add, {"id": "one"}).consume()
        gate.run(add, {"id": "gate"}).consume()
        writing = pool.submit(direct.write, ours)
        until(lambda: blocked(driver) == 1)
        closing = pool.submit(others.run, add, {"id": "two"})
        until(lambda: blocked(driver) == 2)
        gate.commit()
        closing.result(60)
        others.commit()
        writing.result(60)
    assert Failure.MET in attempts
    assert direct.read("MATCH (p:Project) RETURN p.count AS count") == [{"count": 2}] * 3


def blocked(driver: neo4j.Driver) -> int:
    """How many transactions wait for a lock that another one holds."""
    with driver.session() as session:
        return len(session.run("SHOW TRANSACTIONS YIELD status WHERE status STARTS WITH 'Blocked' RETURN 1").value())


def until(holds: Callable[[], bool]) -> None:
    for _ in range(2_000):
        if holds():
            return
        time.sleep(0.02)
    pytest.fail("waited in vain")


def test_two_processes_that_write_the_same_double_nothing(direct: Neo4jEngine, neo4j_server: Server) -> None:
    writers = [opened(neo4j_server.uri, neo4j_server) for _ in range(3)]
    with ThreadPoolExecutor() as pool:
        list(pool.map(lambda engine: engine.bulk(ROWS), writers))
    for engine in writers:
        engine.close()
    assert count(direct, "(:Expertise)") == PEOPLE
    assert count(direct, "(:Expertise)-[:APPLIES_TO]->(:Hazard)") == PEOPLE


def test_out_of_memory_is_not_tried_again(direct: Neo4jEngine, attempts: list[Failure]) -> None:
    huge = Statement(
        "UNWIND range(1, 1000000000) AS n WITH collect(n) AS held CREATE (:Project {id: toString(size(held))})"
    )
    with pytest.raises(LimitReached) as refused:
        direct.write(Write(statements=[huge]))
    assert "emory" in refused.value.detail
    assert attempts == [Failure.FINAL]
    assert count(direct, "(:Project)") == 0


def test_a_server_that_stays_away_ends_the_wait_and_is_told_of(proxy: CuttingProxy, through_proxy: Neo4jEngine) -> None:
    proxy.close()
    proxy.cut(Cut.BEFORE_COMMIT)
    told: list[tuple[str, int, int]] = []
    with waiting_for_the_graph(lambda *what: told.append(what), seconds=1), pytest.raises(Unavailable) as away:
        through_proxy.write(COUNT_ONE)
    assert told == [(neo4j_trying.WAITING, 0, 1)]
    assert away.value.mend


@pytest.mark.parametrize(
    ("code", "failure"),
    [
        ("Neo.TransientError.Transaction.DeadlockDetected", Failure.MET),
        ("Neo.TransientError.Transaction.LockClientStopped", Failure.MET),
        ("Neo.ClientError.Schema.ConstraintValidationFailed", Failure.MET),
        ("Neo.ClientError.Cluster.NotALeader", Failure.AWAY),
        ("Neo.ClientError.General.ForbiddenOnReadOnlyDatabase", Failure.AWAY),
        ("Neo.TransientError.General.DatabaseUnavailable", Failure.AWAY),
        ("Neo.TransientError.Transaction.Terminated", Failure.AWAY),
        ("Neo.TransientError.General.OutOfMemoryError", Failure.FINAL),
        ("Neo.TransientError.General.MemoryPoolOutOfMemoryError", Failure.FINAL),
        ("Neo.TransientError.General.TransactionMemoryLimit", Failure.FINAL),
        ("Neo.ClientError.Statement.SyntaxError", Failure.FINAL),
        ("Neo.ClientError.Transaction.TransactionTimedOutClientConfiguration", Failure.FINAL),
        ("Neo.ClientError.Security.Unauthorized", Failure.FINAL),
    ],
)
def test_what_a_server_says_is_tried_again_only_where_that_may_help(code: str, failure: Failure) -> None:
    """A leader switch needs a cluster, which Community has not: what its members say is judged by their words."""
    error = neo4j.exceptions.Neo4jError._hydrate_neo4j(code=code, message="made up")
    assert failure_of(error) is failure
