"""How good a ranking of hazards or people is: pure functions over ranked ids and the right ones.

A ranking is a sequence of ids, best first; the gold ones are a set. A mean over nothing is None, not 0.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from statistics import fmean


@dataclass(frozen=True, slots=True)
class Judged:
    """One item: what was ranked, what is right, in which language it is written.

    `accepted` holds ids that are right as a first answer too, but need not be found.
    """

    ranked: Sequence[str]
    gold: frozenset[str]
    language: str | None = None
    accepted: frozenset[str] = frozenset()


def top1(ranked: Sequence[str], gold: Collection[str]) -> bool:
    """Whether the first id is right; False where nothing was ranked."""
    return bool(ranked) and ranked[0] in gold


def recall_at(k: int, ranked: Sequence[str], gold: Collection[str]) -> float:
    """Share of the right ids among the first `k`; ValueError where nothing is right."""
    if not gold:
        raise ValueError("Recall is not defined where nothing is right.")
    return len(set(ranked[:k]) & set(gold)) / len(set(gold))


def precision(ranked: Sequence[str], gold: Collection[str]) -> float | None:
    """Share of the ranked ids that are right; None where nothing was ranked."""
    return sum(id in gold for id in ranked) / len(ranked) if ranked else None


def average_precision(ranked: Sequence[str], gold: Collection[str]) -> float:
    """Mean over the right ids of the precision at the place of each, 0 for one not ranked; ValueError without gold."""
    if not gold:
        raise ValueError("Average precision is not defined where nothing is right.")
    places = [place for place, id in enumerate(ranked, start=1) if id in gold]
    return sum(found / place for found, place in enumerate(places, start=1)) / len(set(gold))


def reciprocal_rank(ranked: Sequence[str], gold: Collection[str]) -> float:
    """One over the place of the first right id; 0 where none was ranked."""
    return next((1 / place for place, id in enumerate(ranked, start=1) if id in gold), 0.0)


def mean_top1(items: Iterable[Judged]) -> float | None:
    """Share of items whose first id is gold or accepted, over the items with a gold id."""
    return mean(top1(item.ranked, item.gold | item.accepted) for item in items if item.gold)


def mean_recall_at(k: int, items: Iterable[Judged]) -> float | None:
    """Mean recall among the first `k`, over the items with a gold id."""
    return mean(recall_at(k, item.ranked, item.gold) for item in items if item.gold)


def mean_precision(items: Iterable[Judged]) -> float | None:
    """Share of all ranked ids that are gold or accepted, over all items together."""
    return mean(id in item.gold | item.accepted for item in items for id in item.ranked)


def false_links(items: Iterable[Judged]) -> float | None:
    """Share of the items without a gold id that were linked all the same."""
    return mean(bool(item.ranked) for item in items if not item.gold)


def abstention(items: Iterable[Judged]) -> float | None:
    """Share of the items with a gold id that were linked to nothing."""
    return mean(not item.ranked for item in items if item.gold)


def by_language(items: Iterable[Judged]) -> Mapping[str | None, list[Judged]]:
    """Group items by language, in the order of the codes; unknown ones last."""

    def code(item: Judged) -> str:
        return item.language or "~"

    return {own[0].language: own for own in (list(group) for _, group in groupby(sorted(items, key=code), key=code))}


def mean(values: Iterable[float]) -> float | None:
    """Mean, None where there is nothing to take it of."""
    listed = list(values)
    return fmean(listed) if listed else None
