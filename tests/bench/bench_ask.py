"""An ask in process over 200 different questions, and beside it each of its parts alone. Run by `make bench`."""

from __future__ import annotations

import os
from collections.abc import Iterator
from datetime import date
from itertools import cycle
from pathlib import Path

import numpy as np
import pytest
from pytest_benchmark.fixture import BenchmarkFixture

from api import answering
from api.settings import read_settings
from api.wiring import Network
from graph.model.questions import AskRequest
from tests.bench.asking import QUESTIONS

TODAY = date.today()


@pytest.fixture(scope="module")
def network() -> Iterator[Network]:
    store = Path(os.environ["C2C_BENCH_STORE"])
    with Network(read_settings({"C2C_STORE": f"embedded:{store}"})) as opened:
        answering.ask(opened, AskRequest(QUESTIONS[0]))
        yield opened


def test_ask(benchmark: BenchmarkFixture, network: Network) -> None:
    following = cycle(QUESTIONS)
    answer = benchmark.pedantic(
        lambda question: answering.ask(network, AskRequest(question)),
        setup=lambda: ((next(following),), {}),
        rounds=len(QUESTIONS),
    )
    assert answer.question == QUESTIONS[-1]
    answers = [answering.ask(network, AskRequest(question)) for question in QUESTIONS]
    benchmark.extra_info["questions"] = len(answers)
    benchmark.extra_info["with_whole_people"] = sum(each.total > 0 for each in answers)
    benchmark.extra_info["with_people"] = sum(len(each.experts) > 0 for each in answers)


def test_reading_alone(benchmark: BenchmarkFixture, network: Network) -> None:
    following = cycle(QUESTIONS)
    understood = benchmark.pedantic(
        lambda question: network.reader.read(question, TODAY),
        setup=lambda: ((next(following),), {}),
        rounds=len(QUESTIONS),
    )
    assert understood.hazards


def test_embedding_alone(benchmark: BenchmarkFixture, network: Network) -> None:
    following = cycle(QUESTIONS)
    vectors = benchmark.pedantic(
        lambda question: network.embedder.embed([question]),
        setup=lambda: ((next(following),), {}),
        rounds=len(QUESTIONS),
    )
    assert vectors.shape == (1, network.index.dimensions)


def test_numpy_alone(benchmark: BenchmarkFixture, network: Network) -> None:
    vectors = network.index.vectors
    following = cycle(network.embedder.embed(QUESTIONS))

    def nearest(vector: np.ndarray) -> np.ndarray:
        cosines = vectors @ vector
        best = np.argpartition(cosines, -10)[-10:]
        return best[np.argsort(-cosines[best])]

    best = benchmark.pedantic(nearest, setup=lambda: ((next(following),), {}), rounds=len(QUESTIONS))
    assert len(best) == 10
    benchmark.extra_info["rows"] = len(vectors)
