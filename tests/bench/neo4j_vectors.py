"""What the alternatives need inside the server: a vector at each expertise, an index over them, one over the texts."""

from __future__ import annotations

import time
from dataclasses import asdict, dataclass
from typing import Any

import neo4j

from graph.index.searching import SearchIndex
from tests.bench.children import megabytes
from tests.bench.neo4j_cypher import TEXT_INDEX, VECTOR_INDEX

_TOGETHER = 2_000
_SECONDS_TO_INDEX = 600
_WRITE = (
    "UNWIND $rows AS row MATCH (expertise:Expertise {id: row[0]}) "
    "CALL db.create.setNodeVectorProperty(expertise, 'embedding', row[1])"
)
_VECTOR_INDEX = (
    "CREATE VECTOR INDEX {name} FOR (expertise:Expertise) ON expertise.embedding "
    "OPTIONS {{indexConfig: {{`vector.dimensions`: {dimensions}, `vector.similarity_function`: 'cosine'}}}}"
)
_TEXT_INDEX = "CREATE FULLTEXT INDEX {name} FOR (expertise:Expertise) ON EACH [expertise.text]"


@dataclass(frozen=True, slots=True)
class Cost:
    """What putting the vectors of an index into the server cost; megabytes None where not told."""

    vectors: int
    dimensions: int
    writing_seconds: float
    vector_index_seconds: float
    text_index_seconds: float
    megabytes_before: float | None
    megabytes_after: float | None


def expertise_keys(index: SearchIndex) -> list[str]:
    """Return the key of each row of an index."""
    return [row[0] for person in range(len(index.keys)) for row in index.records.read(person)["evidence"]]


def put(driver: neo4j.Driver, index: SearchIndex, server_pid: int) -> dict[str, Any]:
    """Write the vectors that City2City's own index has to their expertises, then make both indexes."""
    before = megabytes(server_pid, "VmRSS")
    keys = expertise_keys(index)
    writing = time.perf_counter()
    for first in range(0, len(keys), _TOGETHER):
        rows = zip(
            keys[first : first + _TOGETHER],
            index.vectors[first : first + _TOGETHER].astype(float).tolist(),
            strict=True,
        )
        driver.execute_query(_WRITE, rows=[list(row) for row in rows])
    writing = time.perf_counter() - writing
    by_vector = _made(driver, _VECTOR_INDEX.format(name=VECTOR_INDEX, dimensions=index.dimensions))
    by_text = _made(driver, _TEXT_INDEX.format(name=TEXT_INDEX))
    after = megabytes(server_pid, "VmRSS")
    return asdict(Cost(len(keys), index.dimensions, writing, by_vector, by_text, before, after))


def _made(driver: neo4j.Driver, definition: str) -> float:
    began = time.perf_counter()
    driver.execute_query(definition)
    driver.execute_query(f"CALL db.awaitIndexes({_SECONDS_TO_INDEX})")
    return time.perf_counter() - began
