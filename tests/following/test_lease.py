"""One process at a time has a lease; whose holder is gone, it runs out."""

import time
import uuid
from concurrent.futures import ThreadPoolExecutor

from graph.engines.port import Engine
from graph.store.lease import Lease


def named() -> str:
    """Return a name that no other test uses."""
    return f"test-{uuid.uuid4()}"


def test_one_holder_at_a_time_until_it_is_given_back(engine: Engine) -> None:
    name = named()
    first, second = Lease(engine, name, "first"), Lease(engine, name, "second")
    assert first.take()
    assert not second.take()
    assert first.held()
    assert not second.held()
    second.release()
    assert first.held(), "who does not have it cannot give it back"
    first.release()
    assert second.take()
    assert not first.held()


def test_a_lease_runs_out_unless_it_is_renewed(engine: Engine) -> None:
    name = named()
    killed, next_one = Lease(engine, name, "killed", seconds=0.5), Lease(engine, name, "next")
    assert killed.take()
    assert killed.take(), "its holder renews it"
    time.sleep(0.6)
    assert not killed.held()
    assert next_one.take()
    assert not killed.take()


def test_of_many_that_ask_at_once_one_gets_it(engine: Engine) -> None:
    name = named()
    with ThreadPoolExecutor(8) as pool:
        got = list(pool.map(lambda who: Lease(engine, name, f"holder {who}").take(), range(16)))
    assert got.count(True) == 1
