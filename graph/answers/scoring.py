"""Scores as pure functions over arrays; nothing here knows of people or questions.

Meaning and words are fused by reciprocal ranks (Cormack, Clarke and Büttcher 2009, k = 60): ranks need no common
scale, so an embedder whose texts all lie near each other weighs as much as one that spreads them.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]

RANK_CONSTANT = 60
_STEPS = 20_000
_ROWS_TOGETHER = 512


def cosines(vectors: Floats, rows: NDArray[np.int64], question: Floats) -> Floats:
    """Return the cosine of the question with each of the rows named, ascending; all vectors have length 1."""
    found = np.empty(len(rows), np.float32)
    everything = len(rows) == len(vectors)
    # Small pieces stay in the processor's cache and start no threads.
    for first in range(0, len(rows), _ROWS_TOGETHER):
        piece = slice(first, first + _ROWS_TOGETHER)
        found[piece] = (vectors[piece] if everything else vectors[rows[piece]]) @ question
    return found


def ranks(values: Floats) -> NDArray[np.int64]:
    """Return for each value one more than the number of greater ones, so that equal values share a rank.

    Values are told apart in 20,000 steps between the least and the greatest, or of a ten-thousandth where they lie
    nearer than that: what arithmetic alone makes different stays equal, and no sorting is needed.
    """
    if not len(values):
        return np.zeros(0, np.int64)
    low, high = float(values.min()), float(values.max())
    step = max((high - low) / _STEPS, 1e-4)
    place = np.rint((values - low) / step).astype(np.int64)
    counted = np.bincount(place)
    greater = len(values) - np.cumsum(counted)
    found: NDArray[np.int64] = 1 + greater[place]
    return found


def reciprocal_rank(values: Floats) -> Floats:
    """Return 1 for the greatest value and less for each rank below; 0 for a value that is not above 0."""
    fused = (RANK_CONSTANT + 1) / (RANK_CONSTANT + ranks(values))
    return np.where(values > 0, fused, 0).astype(np.float32)


def weighted_sum(parts: Mapping[str, Floats], weights: Mapping[str, float]) -> Floats:
    """Return the sum of the parts, each times its weight; shape of a part."""
    total = sum(np.float32(weights[name]) * values for name, values in parts.items())
    return np.asarray(total, np.float32)


def content_weights(parts: Collection[str], whole: float) -> dict[str, float]:
    """Share a weight out among the parts: meaning and words the same, links and likeness half of that."""
    shares = {name: 1.0 if name in ("meaning", "words") else 0.5 for name in parts}
    total = sum(shares.values())
    return {name: whole * share / total for name, share in shares.items()}
