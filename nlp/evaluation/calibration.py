"""Whether a score means what it says: of all links with a score of 0.8, about 80 % should be right.

The error is the root of the mean squared gap between score and share of right ones, over bins of equal mass, with the
gap that chance alone makes subtracted from each (Kumar, Liang and Ma 2019, the debiased estimator).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

BINS = 15
_LEAST_IN_A_BIN = 20


@dataclass(frozen=True, slots=True)
class Bin:
    """Links of like score: how many, their mean score, and the share of them that is right."""

    count: int
    score: float
    right: float


def bins(scores: ArrayLike, right: ArrayLike) -> list[Bin]:
    """Cut links into bins of equal mass by score, lowest first; fewer bins where there are few links."""
    told, truth = np.asarray(scores, np.float64), np.asarray(right, np.float64)
    number = int(min(BINS, len(told) // _LEAST_IN_A_BIN)) or 1
    # Equal scores are cut at random: in their order of arrival one bin could get all that are right.
    mixed = np.random.default_rng(0).permutation(len(told))
    order = mixed[np.argsort(told[mixed], kind="stable")]
    return [
        Bin(len(part), float(told[part].mean()), float(truth[part].mean()))
        for part in np.array_split(order, number)
        if len(part)
    ]


def calibration_error(scores: ArrayLike, right: ArrayLike) -> float:
    """Return the debiased calibration error of scores, 0 at best; `right` says of each link whether it is right."""
    found = bins(scores, right)
    total = sum(each.count for each in found)
    squared = sum(each.count * _gap(each) for each in found)
    return float(np.sqrt(max(0.0, squared / total))) if total else 0.0


def _gap(part: Bin) -> float:
    by_chance = part.right * (1 - part.right) / max(1, part.count - 1)
    return (part.score - part.right) ** 2 - by_chance
