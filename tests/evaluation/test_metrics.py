"""Figures that anyone can check by hand."""

import pytest

from nlp.evaluation import (
    Judged,
    abstention,
    average_precision,
    by_language,
    false_links,
    mean_precision,
    mean_recall_at,
    mean_top1,
    precision,
    recall_at,
    reciprocal_rank,
    top1,
)

FOUND = Judged(("drought", "flooding"), frozenset({"drought"}), "en")
SECOND = Judged(("flooding", "drought", "hail"), frozenset({"drought", "hail"}), "es")
ACCEPTED = Judged(("flooding",), frozenset({"coastal-flooding"}), "en", accepted=frozenset({"flooding"}))
SILENT = Judged((), frozenset({"hail"}), "es")
RIGHTLY_SILENT = Judged((), frozenset(), "en")
FALSE = Judged(("hail",), frozenset(), None)
ALL = [FOUND, SECOND, ACCEPTED, SILENT, RIGHTLY_SILENT, FALSE]


def test_one_ranking() -> None:
    assert top1(["a", "b"], {"a"})
    assert not top1(["b", "a"], {"a"})
    assert not top1([], {"a"})
    assert recall_at(2, ["b", "a", "c"], {"a", "c"}) == 0.5
    assert recall_at(3, ["b", "a", "c"], {"a", "c"}) == 1
    assert precision(["b", "a"], {"a"}) == 0.5
    assert precision([], {"a"}) is None
    assert reciprocal_rank(["x", "y", "a"], {"a"}) == pytest.approx(1 / 3)
    assert reciprocal_rank(["x"], {"a"}) == 0
    assert average_precision(["a", "x", "b"], {"a", "b", "c"}) == pytest.approx((1 + 2 / 3) / 3)


def test_where_nothing_is_right_recall_is_refused() -> None:
    with pytest.raises(ValueError, match="not defined"):
        recall_at(3, ["a"], set())
    with pytest.raises(ValueError, match="not defined"):
        average_precision(["a"], set())


def test_means_leave_out_what_does_not_count() -> None:
    assert mean_top1(ALL) == pytest.approx(2 / 4)
    assert mean_recall_at(3, ALL) == pytest.approx((1 + 1 + 0 + 0) / 4)
    assert mean_recall_at(1, ALL) == pytest.approx((1 + 0 + 0 + 0) / 4)
    assert mean_precision(ALL) == pytest.approx((1 + 2 + 1 + 0) / 7)
    assert false_links(ALL) == pytest.approx(1 / 2)
    assert abstention(ALL) == pytest.approx(1 / 4)


def test_a_mean_over_nothing_is_unknown() -> None:
    assert mean_top1([RIGHTLY_SILENT]) is None
    assert false_links([FOUND]) is None
    assert mean_precision([SILENT]) is None


def test_items_are_grouped_by_language_and_keep_their_order() -> None:
    grouped = by_language(ALL)
    assert list(grouped) == ["en", "es", None]
    assert grouped["es"] == [SECOND, SILENT]
    assert sum(map(len, grouped.values())) == len(ALL)
