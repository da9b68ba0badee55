"""Figures of one ranking where some have equal scores: the expected value over every order of those that are equal.

McSherry and Najork (2008), "Computing information retrieval performance measures efficiently in the presence of tied
scores". A ranking is a list of (score, grade), in any order; a grade above 0 is relevant.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby
from math import comb, log2

Scored = Sequence[tuple[float, int]]


def expected_average_precision(ranked: Scored, relevant: int) -> float:
    """Average precision, 0 for relevant ones that were not ranked; `relevant` counts all there are (at least 1)."""
    total, before, found = 0.0, 0, 0
    for grades in _tied(ranked):
        size, right = len(grades), sum(grade > 0 for grade in grades)
        further = (right - 1) / (size - 1) if size > 1 else 0.0
        for place in range(size):
            total += right / size * (found + 1 + place * further) / (before + place + 1)
        before, found = before + size, found + right
    return total / relevant


def expected_reciprocal_rank(ranked: Scored) -> float:
    """One over the place of the first relevant one; 0 where none was ranked."""
    before = 0
    for grades in _tied(ranked):
        size, right = len(grades), sum(grade > 0 for grade in grades)
        if right:
            return sum(
                comb(size - place - 1, right - 1) / comb(size, right) / (before + place + 1)
                for place in range(size - right + 1)
            )
        before += size
    return 0.0


def expected_ndcg(ranked: Scored, ideal: Sequence[int], depth: int = 10) -> float:
    """Normalised discounted cumulative gain at `depth` (gain: the grade; Järvelin and Kekäläinen 2002).

    `ideal` holds the grades of all that are relevant, ranked or not; at least one is above 0.
    """
    gained, place = 0.0, 0
    for grades in _tied(ranked):
        average = sum(grades) / len(grades)
        for _ in grades:
            place += 1
            if place <= depth:
                gained += average / log2(place + 1)
    best = sorted(ideal, reverse=True)[:depth]
    return gained / sum(grade / log2(rank + 1) for rank, grade in enumerate(best, 1))


def _tied(ranked: Scored) -> Iterator[list[int]]:
    """Grades of those that share a score, the best score first."""
    ordered = sorted(ranked, key=lambda each: -each[0])
    for _, group in groupby(ordered, key=lambda each: each[0]):
        yield [grade for _, grade in group]
