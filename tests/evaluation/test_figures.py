"""Intervals, calibration and ties: figures that can be checked by hand or by counting every case."""

from __future__ import annotations

from itertools import permutations
from math import log2
from statistics import fmean

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from nlp.evaluation import average_precision, reciprocal_rank
from nlp.evaluation.calibration import bins, calibration_error
from nlp.evaluation.figures import difference_of, mean_of, ratio_of, statistic_of
from nlp.evaluation.ties import expected_average_precision, expected_ndcg, expected_reciprocal_rank

RANKED = st.lists(st.tuples(st.sampled_from([0.1, 0.5, 0.9]), st.sampled_from([0, 0, 1, 2])), min_size=1, max_size=6)


def test_a_mean_lies_in_its_interval_and_the_interval_narrows_with_more_items() -> None:
    few, many = mean_of([1, 0] * 20), mean_of([1, 0] * 500)
    assert few.value == many.value == 0.5
    assert few.low < 0.5 < few.high
    assert many.high - many.low < (few.high - few.low) / 3
    # A share of 0.5 over 1,000: 1.96 standard errors are 0.031.
    assert many.high - 0.5 == pytest.approx(0.031, abs=0.004)


def test_an_interval_is_the_same_each_time() -> None:
    assert mean_of([0.2, 0.9, 0.4]) == mean_of([0.2, 0.9, 0.4])


def test_a_ratio_counts_what_lies_below_it() -> None:
    precision = ratio_of([2, 0, 1], [2, 1, 2])
    assert precision.value == pytest.approx(3 / 5)
    nothing = ratio_of([0, 0], [0, 0])
    assert (nothing.value, nothing.low, nothing.high, nothing.count) == (None, None, None, 0)


def test_items_that_hang_together_are_drawn_together() -> None:
    values = [1.0] * 50 + [0.0] * 50
    apart = mean_of(values)
    together = mean_of(values, groups=["one city"] * 50 + ["another"] * 50)
    assert apart.value == together.value == 0.5
    assert together.high - together.low > 4 * (apart.high - apart.low)


def test_a_difference_is_paired() -> None:
    base = np.random.default_rng(0).random(200)
    assert difference_of(base + 0.01, base).low == pytest.approx(0.01)


def test_scores_that_mean_what_they_say_have_no_calibration_error() -> None:
    generator = np.random.default_rng(1)
    scores = generator.random(20_000)
    right = generator.random(20_000) < scores
    assert calibration_error(scores, right) < 0.01
    assert calibration_error(np.sqrt(scores), right) > 0.1
    assert sum(each.count for each in bins(scores, right)) == 20_000


def test_the_error_of_one_wrong_score_is_the_gap() -> None:
    assert calibration_error([0.9] * 1000, [True] * 500 + [False] * 500) == pytest.approx(0.4, abs=0.01)
    assert calibration_error([], []) == 0


def test_chance_alone_is_no_calibration_error() -> None:
    generator = np.random.default_rng(2)
    found = [calibration_error(np.full(60, 0.7), generator.random(60) < 0.7) for _ in range(200)]
    assert fmean(found) < 0.04  # without the correction chance alone makes 0.06


def test_any_statistic_has_an_interval() -> None:
    values = np.array([1.0, 2.0, 3.0, 100.0])
    median = statistic_of(4, lambda drawn: float(np.median(values[drawn])))
    assert median.value == 2.5
    assert median.low <= 2.5 <= median.high
    assert statistic_of(0, lambda _: 0.0).value is None


@given(RANKED)
def test_a_tie_is_worth_the_mean_over_all_orders(ranked: list[tuple[float, int]]) -> None:
    relevant = sum(grade > 0 for _, grade in ranked)
    if not relevant:
        return
    orders = [order for order in permutations(range(len(ranked))) if _descends(ranked, order)]
    gold = {str(place) for place, (_, grade) in enumerate(ranked) if grade}
    names = [[str(place) for place in order] for order in orders]
    precision = fmean(average_precision(each, gold) for each in names)
    reciprocal = fmean(reciprocal_rank(each, gold) for each in names)
    grades = [grade for _, grade in ranked]
    gain = fmean(sum(grades[p] / log2(r + 1) for r, p in enumerate(order[:3], 1)) for order in orders)
    best = sum(grade / log2(r + 1) for r, grade in enumerate(sorted(grades, reverse=True)[:3], 1))
    assert expected_average_precision(ranked, relevant) == pytest.approx(precision)
    assert expected_reciprocal_rank(ranked) == pytest.approx(reciprocal)
    assert expected_ndcg(ranked, grades, depth=3) == pytest.approx(gain / best)


def _descends(ranked: list[tuple[float, int]], order: tuple[int, ...]) -> bool:
    scores = [ranked[place][0] for place in order]
    return scores == sorted(scores, reverse=True)
