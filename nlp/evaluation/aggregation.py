"""From scores of single texts to scores of people: the ways that expert finding knows (Macdonald and Ounis 2006).

Each takes the scores of all texts, shape (texts,), not above 0 where a text says nothing for the question, and the
place of the person of each text; it gives one score a person, shape (people,).
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

Scores = NDArray[np.float64]
Places = NDArray[np.int64]
Aggregate = Callable[[Scores, Places, int], Scores]

RANK_CONSTANT = 60
TOP = 3


def comb_sum(scores: Scores, person: Places, people: int) -> Scores:
    """Sum of the scores of a person's texts."""
    return np.bincount(person, np.maximum(scores, 0), people).astype(np.float64)


def comb_max(scores: Scores, person: Places, people: int) -> Scores:
    """Score of a person's best text."""
    best = np.zeros(people)
    np.maximum.at(best, person, scores)
    return best


def comb_mnz(scores: Scores, person: Places, people: int) -> Scores:
    """Sum times the number of texts that say anything."""
    return comb_sum(scores, person, people) * np.bincount(person[scores > 0], minlength=people)


def reciprocal_ranks(scores: Scores, person: Places, people: int) -> Scores:
    """Sum over a person's texts of 1 / (60 + rank of the text)."""
    said = np.flatnonzero(scores > 0)
    ranks = np.empty(len(said))
    ranks[np.argsort(-scores[said], kind="stable")] = np.arange(1, len(said) + 1)
    return np.bincount(person[said], 1 / (RANK_CONSTANT + ranks), people).astype(np.float64)


def top_sum(scores: Scores, person: Places, people: int) -> Scores:
    """Sum of the scores of a person's three best texts."""
    order = np.lexsort((-scores, person))
    starts = np.searchsorted(person[order], np.arange(people))
    place = np.arange(len(order)) - starts[person[order]]
    kept = order[place < TOP]
    return comb_sum(scores[kept], person[kept], people)


AGGREGATES: dict[str, Aggregate] = {
    "combsum": comb_sum,
    "combmax": comb_max,
    "combmnz": comb_mnz,
    "reciprocal": reciprocal_ranks,
    "topsum": top_sum,
}
