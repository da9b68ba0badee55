"""The same questions as one query of the embedded engine's own, with its vector index. Run by `make bench`."""

from __future__ import annotations

import json
import os
import shutil
import time
from collections.abc import Callable, Iterator
from datetime import date
from itertools import cycle
from pathlib import Path
from typing import Any

import jpype
import pytest
from pytest_benchmark.fixture import BenchmarkFixture

from api.settings import read_settings
from api.wiring import Network
from graph.answers.conditions import Conditions, conditions_of
from graph.answers.finding import Search
from graph.answers.topic import Topic
from graph.engines import java
from tests.bench import engine_queries
from tests.bench.asking import QUESTIONS
from tests.bench.engine_queries import SHOWN, Query

HEAP_MEGABYTES = 1_024
_TOGETHER = 2_000


class Prepared:
    """A copy of the graph with a vector at each expertise and an index over them; every question read and embedded."""

    def __init__(self, store: Path, scratch: Path) -> None:
        java.start(HEAP_MEGABYTES, 600)
        self.floats = jpype.JArray(jpype.JFloat)
        self.network = Network(read_settings({"C2C_STORE": f"embedded:{store}"}))
        self.index = self.network.index
        copy = scratch / "with-vectors"
        shutil.rmtree(copy, ignore_errors=True)
        shutil.copytree(store / "graph", copy)
        self.database = java.open_database(copy)
        keys = [row[0] for person in range(len(self.index.keys)) for row in self.index.records.read(person)["evidence"]]
        self.row = {key: row for row, key in enumerate(keys)}
        began = time.perf_counter()
        self._write_vectors(keys)
        self.writing_seconds = time.perf_counter() - began
        began = time.perf_counter()
        metadata = json.dumps({"dimensions": self.index.dimensions, "similarity": "COSINE"})
        self.database.command("sql", f"CREATE INDEX ON Expertise (embedding) LSM_VECTOR METADATA {metadata}").close()
        self.building_seconds = time.perf_counter() - began
        understood = [self.network.reader.read(question, date.today()) for question in QUESTIONS]
        self.conditions = [conditions_of(each, None, self.index.reference) for each in understood]
        self.searches = [
            Search(self.index, conditions, Topic(self.index, question, reading, self.network.embedder))
            for question, reading, conditions in zip(QUESTIONS, understood, self.conditions, strict=True)
        ]
        self.vectors = [self.floats(vector) for vector in self.network.embedder.embed(QUESTIONS)]

    def _write_vectors(self, keys: list[str]) -> None:
        self.database.command("sql", "CREATE PROPERTY Expertise.embedding ARRAY_OF_FLOATS").close()
        for first in range(0, len(keys), _TOGETHER):
            self.database.begin()
            for row in range(first, min(first + _TOGETHER, len(keys))):
                found = self.database.lookupByKey("Expertise", "id", keys[row])
                expertise = found.next().getRecord().asVertex().modify()
                expertise.set("embedding", self.floats(self.index.vectors[row]))
                expertise.save()
            self.database.commit()

    def run(self, text: str, parameters: Any) -> list[str]:
        """Return the keys of the expertises that a query finds, in its order."""
        result = self.database.query("sql", text, parameters)
        found = []
        while result.hasNext():
            found.append(str(result.next().getProperty("id")))
        result.close()
        return found

    def parameters(self, place: int, of_query: dict[str, list[str] | int]) -> Any:
        """Return Java parameters: those of the query and the question's vector."""
        parameters = java.java_class("java.util.HashMap")(java.java_map(of_query))
        parameters.put("vector", self.vectors[place])
        return parameters

    def judge(self, place: int, found: list[str]) -> tuple[int, int, int]:
        """Return how many were found, how many of them meet every condition, and how many could have been shown."""
        whole = set(self.searches[place].whole.rows.tolist())
        return len(found), sum(self.row[key] in whole for key in found), min(SHOWN, len(whole))


@pytest.fixture(scope="module")
def prepared() -> Iterator[Prepared]:
    made = Prepared(Path(os.environ["C2C_BENCH_STORE"]), Path(os.environ["C2C_BENCH_SCRATCH"]))
    yield made
    made.database.close()
    made.network.close()


@pytest.mark.parametrize(
    "compose",
    [
        engine_queries.neighbours_then_conditions,
        engine_queries.conditions_then_neighbours,
        engine_queries.conditions_then_cosine,
    ],
    ids=lambda compose: compose.__name__,
)
def test_query(benchmark: BenchmarkFixture, prepared: Prepared, compose: Callable[[Conditions, Any], Query]) -> None:
    queries = [compose(conditions, prepared.index.reference) for conditions in prepared.conditions]
    prepared.run(queries[0][0], prepared.parameters(0, queries[0][1]))
    following, found = cycle(range(len(QUESTIONS))), {}

    def prepare() -> tuple[tuple[int, str, Any], dict[str, Any]]:
        place = next(following)
        text, parameters = queries[place]
        return (place, text, prepared.parameters(place, parameters)), {}

    def ask(place: int, text: str, parameters: Any) -> None:
        found[place] = prepared.run(text, parameters)

    benchmark.pedantic(ask, setup=prepare, rounds=len(QUESTIONS))
    judged = [prepared.judge(place, keys) for place, keys in found.items()]
    assert len(judged) == len(QUESTIONS)
    could = [each for each in judged if each[2]]
    benchmark.extra_info.update(
        questions_with_an_answer=len(could),
        fully_shown=sum(holding >= shown for _, holding, shown in could),
        empty=sum(holding == 0 for _, holding, _ in could),
        rows=sum(rows for rows, _, _ in judged),
        rows_holding=sum(holding for _, holding, _ in judged),
        rows_possible=sum(shown for _, _, shown in judged),
        writing_seconds=prepared.writing_seconds,
        building_seconds=prepared.building_seconds,
    )
