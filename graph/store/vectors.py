"""Vectors of texts in the graph, for embedders so slow that reading a vector is sooner than making it again."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray

from graph.engines.port import Engine, Row, Statement, Write
from graph.store.elements import text_of

_READ = (
    "UNWIND $rows AS row MATCH (e:Expertise {id: row.expertise}) WHERE e.embedded_by = row.by "
    "RETURN e.id AS expertise, e.vector AS vector"
)
_PUT = (
    "UNWIND $rows AS row MATCH (e:Expertise {id: row.expertise}) WHERE e.text = row.text "
    "SET e.embedded_by = row.by, e.vector = row.vector"
)


class VectorStore:
    """Vectors by expertise, each with the name of its embedder and a hash of the text that it is of."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def read(self, embedder: str, texts: Mapping[str, str]) -> dict[str, NDArray[np.float32]]:
        """The vectors, by expertise, that this embedder made of just these texts; others are left out."""
        if not texts:
            return {}
        rows: list[Row] = [{"expertise": key, "by": _by(embedder, text)} for key, text in texts.items()]
        found = self._engine.read(_READ, {"rows": rows})
        return {text_of(row, "expertise"): _vector(text_of(row, "vector")) for row in found}

    def put(self, embedder: str, texts: Mapping[str, str], vectors: Mapping[str, NDArray[np.float32]]) -> None:
        """Write the vector of each text, by expertise, where the text still is what it was."""
        rows: list[Row] = [
            {"expertise": key, "text": text, "by": _by(embedder, text), "vector": _written(vectors[key])}
            for key, text in texts.items()
        ]
        self._engine.write(Write(statements=[Statement(_PUT, {"rows": rows})]))


def rounded(vector: NDArray[np.float32]) -> NDArray[np.float32]:
    """The vector as whoever reads it from the graph gets it: of length 1 again, so that all answer alike."""
    return _vector(_written(vector))


def _by(embedder: str, text: str) -> str:
    return f"{embedder}/{hashlib.blake2b(text.encode(), digest_size=8).hexdigest()}"


def _written(vector: NDArray[np.float32]) -> str:
    return base64.b64encode(vector.astype("<f2").tobytes()).decode("ascii")


def _vector(written: str) -> NDArray[np.float32]:
    vector = np.frombuffer(base64.b64decode(written), "<f2").astype(np.float32)
    length = float(np.linalg.norm(vector))
    return vector / np.float32(length) if length else vector
