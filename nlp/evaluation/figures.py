"""A figure with its 95 % interval, by the percentile bootstrap (Efron and Tibshirani 1993) with a fixed seed.

Every figure here is a ratio of two sums over items: a mean where each item counts 1, a precision where it counts its
links. Whole items are drawn again, or whole groups of them (all texts of one city) where those hang together.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

Numbers = NDArray[np.float64]

RESAMPLES = 2_000
SEED = 20_260_101
_AT_ONCE = 200


@dataclass(frozen=True, slots=True)
class Figure:
    """A value with the bounds of its 95 % interval, and over how much it was taken; all None over nothing."""

    value: float | None
    low: float | None
    high: float | None
    count: int

    @classmethod
    def unknown(cls) -> Figure:
        """The figure of nothing."""
        return cls(None, None, None, 0)


def mean_of(values: ArrayLike, groups: Sequence[Hashable] | None = None) -> Figure:
    """Mean of the values, shape (items,), with its interval; `groups` names what is drawn together."""
    numbers = np.asarray(values, np.float64)
    return ratio_of(numbers, np.ones(len(numbers)), groups)


def ratio_of(numerators: ArrayLike, denominators: ArrayLike, groups: Sequence[Hashable] | None = None) -> Figure:
    """Sum of the numerators over the sum of the denominators, each of shape (items,), with its interval."""
    above, below = _by_group(numerators, groups), _by_group(denominators, groups)
    count = int(np.sum(np.asarray(denominators) > 0))
    if not below.sum():
        return Figure.unknown()
    drawn = _drawn(len(above), lambda times: _ratio(times @ above, times @ below))
    low, high = _bounds(drawn)
    return Figure(float(above.sum() / below.sum()), low, high, count)


def difference_of(first: ArrayLike, second: ArrayLike, groups: Sequence[Hashable] | None = None) -> Figure:
    """Mean of the paired differences, first less second; a method is better only where the interval excludes 0."""
    return mean_of(np.asarray(first, np.float64) - np.asarray(second, np.float64), groups)


def statistic_of(items: int, statistic: Callable[[NDArray[np.int64]], float], resamples: int = 500) -> Figure:
    """Any statistic of item numbers with its interval, drawn item by item: for what is no ratio of sums."""
    if not items:
        return Figure.unknown()
    generator = np.random.default_rng(SEED)
    drawn = np.array([statistic(generator.integers(0, items, items)) for _ in range(resamples)])
    low, high = _bounds(drawn)
    return Figure(float(statistic(np.arange(items))), low, high, items)


def _by_group(values: ArrayLike, groups: Sequence[Hashable] | None) -> Numbers:
    numbers = np.asarray(values, np.float64)
    if groups is None:
        return numbers
    places = {group: place for place, group in enumerate(dict.fromkeys(groups))}
    gathered: Numbers = np.bincount([places[group] for group in groups], numbers, len(places)).astype(np.float64)
    return gathered


def _drawn(items: int, statistic: Callable[[Numbers], Numbers]) -> Numbers:
    """The statistic of each resample; it is given how often each item was drawn, shape (resamples, items)."""
    generator = np.random.default_rng(SEED)
    chances = np.full(items, 1 / items)
    pieces = [
        statistic(generator.multinomial(items, chances, _AT_ONCE).astype(np.float64))
        for _ in range(0, RESAMPLES, _AT_ONCE)
    ]
    return np.concatenate(pieces)


def _ratio(above: Numbers, below: Numbers) -> Numbers:
    with np.errstate(invalid="ignore", divide="ignore"):
        ratio: Numbers = above / below
    return ratio


def _bounds(drawn: Numbers) -> tuple[float, float]:
    low, high = np.nanpercentile(drawn, [2.5, 97.5])
    return float(low), float(high)
