"""Texts to people: the ways of gathering, on three people whose texts can be added up by hand."""

from __future__ import annotations

import numpy as np
import pytest

from nlp.evaluation.aggregation import AGGREGATES

SCORES = np.array([0.9, 0.1, 0.1, 0.1, 0.1, 0.5, 0.5, 0.0])
PERSON = np.array([0, 1, 1, 1, 1, 2, 2, 2])


@pytest.mark.parametrize(
    ("way", "expected"),
    [
        ("combsum", [0.9, 0.4, 1.0]),
        ("combmax", [0.9, 0.1, 0.5]),
        ("combmnz", [0.9, 1.6, 2.0]),
        ("topsum", [0.9, 0.3, 1.0]),
        ("reciprocal", [1 / 61, 1 / 64 + 1 / 65 + 1 / 66 + 1 / 67, 1 / 62 + 1 / 63]),
    ],
)
def test_a_way_of_gathering(way: str, expected: list[float]) -> None:
    assert AGGREGATES[way](SCORES, PERSON, 3) == pytest.approx(expected)


@pytest.mark.parametrize("way", AGGREGATES)
def test_whoever_has_no_text_has_no_score(way: str) -> None:
    assert AGGREGATES[way](SCORES, PERSON, 5)[3:].tolist() == [0, 0]
