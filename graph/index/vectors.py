"""Vectors of texts for an index: those of the index in force used again, the others made; and how near is near."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Self

import numpy as np
from numpy.typing import NDArray

from graph.errors import WrongInput
from graph.index.gathering import short_hash
from graph.index.ports import Embedder
from graph.index.searching import SearchIndex

_PAIRS = 4_000
CLOSE = 0.5
"""Texts at or above this cosine are close in meaning, unless unrelated texts of the network come near it too."""


class Vectors:
    """Texts to vectors of one embedder; those that an index has already are taken from there, by text."""

    def __init__(self, embedder: Embedder, index: SearchIndex | None) -> None:
        """Take from this index what it has, unless another embedder made it."""
        self._embedder = embedder
        known = index if index is not None and index.embedder == embedder.name and len(index.vectors) else None
        hashes = known.rows.text_hash if known else np.zeros(0, np.uint64)
        self._order = np.argsort(hashes)
        self._sorted = hashes[self._order]
        self._vectors = known.vectors if known else np.zeros((0, embedder.dimensions), np.float32)

    @classmethod
    def beside(cls, embedder: Embedder, index: SearchIndex) -> Self:
        """Vectors to stand in one index with those there; raises `WrongInput` where another embedder made them."""
        if (index.embedder, index.dimensions) != (embedder.name, embedder.dimensions):
            raise WrongInput(
                f"The index was made with the embedder {index.embedder}, not with {embedder.name}.",
                "Build it anew with the embedder that is in force.",
            )
        return cls(embedder, index)

    def of(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Return one row a text, shape (texts, dimensions); raises `WrongInput` for an embedder of another shape."""
        made = np.zeros((len(texts), self._embedder.dimensions), np.float32)
        known = self._fill(made, texts)
        missing = np.flatnonzero(~known).tolist()
        if missing:
            places = {text: place for place, text in enumerate(dict.fromkeys(texts[each] for each in missing))}
            vectors = self._embedder.embed(list(places))
            if vectors.shape != (len(places), self._embedder.dimensions):
                raise WrongInput(
                    f"The embedder {self._embedder.name} gave vectors of shape {vectors.shape} "
                    f"for {len(places)} texts.",
                    f"It must give one row of {self._embedder.dimensions} numbers for each text.",
                )
            made[missing] = vectors[[places[texts[each]] for each in missing]]
        return made

    def _fill(self, into: NDArray[np.float32], texts: Sequence[str]) -> NDArray[np.bool_]:
        """Fill in the rows whose text is known; return which those are."""
        if not len(self._sorted):
            return np.zeros(len(texts), np.bool_)
        hashes = np.array([short_hash(text) for text in texts], np.uint64)
        place = np.minimum(np.searchsorted(self._sorted, hashes), len(self._sorted) - 1)
        known: NDArray[np.bool_] = self._sorted[place] == hashes
        into[known] = self._vectors[self._order[place[known]]]
        return known


def closeness(vectors: NDArray[np.float32], person: NDArray[np.int32]) -> float:
    """Return the cosine from which texts are close in meaning: two deviations above unrelated ones, at least CLOSE.

    Unrelated are texts of different people, drawn with a fixed seed: embedders differ in how near all texts lie.
    """
    if len(vectors) < 2:
        return CLOSE
    drawn = np.random.default_rng(0).integers(0, len(vectors), (2, _PAIRS))
    left, right = drawn[:, person[drawn[0]] != person[drawn[1]]]
    if len(left) < _PAIRS // 4:
        return CLOSE
    cosines = np.einsum("nd,nd->n", vectors[left], vectors[right])
    return float(min(0.95, max(CLOSE, cosines.mean() + 2 * cosines.std())))
