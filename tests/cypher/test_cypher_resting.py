"""The process that reads an embedded graph ends when nobody asks, and does not keep a withdrawal waiting."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from graph.cypher.results import Limits
from graph.engines.embedded import EmbeddedEngine
from graph.engines.reading_copies import forget_copies
from graph.engines.reading_embedded import EmbeddedReader
from graph.errors import Unavailable
from tests.cypher.conftest import load

ENDLESS = "MATCH (a), (b), (c), (d), (e), (f), (g), (h), (i), (j) RETURN sum(size(a.id) + size(j.id))"
LONG = Limits(seconds=300)


@pytest.fixture(scope="module")
def engine(tmp_path_factory: pytest.TempPathFactory) -> Iterator[EmbeddedEngine]:
    opened = EmbeddedEngine(tmp_path_factory.mktemp("resting") / "graph")
    load(opened)
    yield opened
    opened.close()


def test_it_ends_when_idle_and_begins_again_with_the_next_query(
    engine: EmbeddedEngine, tmp_path: Path, until: Callable[[Callable[[], bool]], None]
) -> None:
    reader = EmbeddedReader(engine, tmp_path, idle_seconds=0.5)
    assert reader.ask("RETURN 1 AS one", limits=LONG).rows == [[1]]
    until(lambda: reader._child is None)
    assert reader.ask("RETURN 2 AS two", limits=LONG).rows == [[2]]
    reader.close()
    assert reader._child is None


def test_forgetting_ends_a_query_that_runs_and_says_why(engine: EmbeddedEngine, tmp_path: Path) -> None:
    reader = EmbeddedReader(engine, tmp_path)
    reader.ask("RETURN 1", limits=LONG)
    with ThreadPoolExecutor(1) as pool:
        running = pool.submit(reader.ask, ENDLESS, None, LONG)
        time.sleep(1)  # it runs, and would for minutes
        assert not running.done()
        reader.forget()
        assert not (tmp_path / "cypher-copy").exists()
        with pytest.raises(Unavailable, match="graph changed"):
            running.result()
    assert reader.ask("RETURN 1 AS one", limits=LONG).rows == [[1]]
    reader.close()


def test_a_copy_that_cannot_be_removed_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "cypher-copy" / "1").mkdir(parents=True)
    monkeypatch.setattr("shutil.rmtree", lambda path, ignore_errors: None)
    with pytest.raises(Unavailable, match="cypher-copy"):
        forget_copies(tmp_path)
