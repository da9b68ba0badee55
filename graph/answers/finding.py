"""Who meets the conditions whole, who in part, and how many would with one condition less."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from graph.answers.conditions import Conditions
from graph.answers.grouping import Grouped
from graph.answers.meeting import Held, Mask, condition_held, exclusion_held
from graph.answers.topic import Topic
from graph.index.searching import SearchIndex

OTHERS = 100
"""People who meet conditions in part are gathered, nearest first, until there are so many."""


@dataclass(frozen=True, slots=True)
class Whole:
    """People who meet everything, and the rows with which they do."""

    people: NDArray[np.int64]
    rows: NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class InPart:
    """People who meet not everything in one expertise, grouped with all their rows that no exclusion took.

    `nearness` of each person and `met` of each row count conditions: nearness is the mean of the most that one row
    meets and of those met by any of the rows, as a share of all.
    """

    grouped: Grouped
    nearness: NDArray[np.float32]
    met: NDArray[np.int64]


class Search:
    """The conditions of one question, held against one index.

    With no condition wanted, whole are those with an expertise on the topic: one that shares a meaningful word with
    the words left over, or is close to the question in meaning. Where only exclusions were read, and no meaningful
    word is left, everybody they leave is whole.
    """

    def __init__(self, index: SearchIndex, conditions: Conditions, topic: Topic) -> None:
        """Find where each condition and each exclusion holds."""
        self._index = index
        self._topic = topic
        self._wanted = [condition_held(index, condition) for condition in conditions.wanted]
        self._excludes = bool(conditions.excluded)
        self._allowed_people = np.ones(len(index.keys), np.bool_)
        self._allowed_rows = np.ones(len(index.rows.person), np.bool_)
        self._rows_bind = False
        for member in conditions.excluded:
            held = exclusion_held(index, member)
            if held.of_person:
                self._allowed_people &= ~held.mask
            else:
                self._allowed_rows &= ~held.mask
                self._rows_bind = True
        if not self._allowed_people.all():
            self._allowed_rows &= self._allowed_people[index.rows.person]

    @cached_property
    def whole(self) -> Whole:
        """Those who meet every condition."""
        people, rows = self._whole(self._wanted)
        return Whole(np.flatnonzero(people), np.flatnonzero(rows))

    def total_without(self, dropped: int) -> int:
        """Return how many would be whole without one condition."""
        people, _ = self._whole([held for place, held in enumerate(self._wanted) if place != dropped])
        return int(people.sum())

    def meets(self, place: int, row: int) -> bool:
        """Tell whether a row, or its person, meets the wanted condition at a place."""
        held = self._wanted[place]
        return bool(held.mask[self._index.rows.person[row] if held.of_person else row])

    def in_part(self) -> InPart:
        """Return the people nearest to meeting the conditions: the top tiers of nearness, at least OTHERS of them.

        Whoever meets no condition at all must be on the topic.
        """
        index = self._index
        candidate = self._allowed_rows.copy()
        whole = np.zeros(len(index.keys), np.bool_)
        whole[self.whole.people] = True
        candidate &= ~whole[index.rows.person]
        grouped = Grouped.of(index, np.flatnonzero(candidate))
        held = [each.by_row(index)[grouped.rows] for each in self._wanted]
        met, together = np.zeros(len(grouped.rows), np.int64), np.zeros(len(grouped.people), np.int64)
        for each in held:
            met += each
            together += grouped.greatest(each)
        nearness = ((grouped.greatest(met) + together) / max(1, 2 * len(held))).astype(np.float32)
        chosen = self._top_tiers(grouped, nearness)
        keep = np.zeros(len(index.keys), np.bool_)
        keep[grouped.people[chosen]] = True
        rows_kept = keep[index.rows.person[grouped.rows]]
        return InPart(Grouped.of(index, grouped.rows[rows_kept]), nearness[chosen], met[rows_kept])

    def _top_tiers(self, grouped: Grouped, nearness: NDArray[np.float32]) -> NDArray[np.int64]:
        least = np.partition(nearness, -OTHERS)[-OTHERS] if len(nearness) > OTHERS else np.float32(0)
        if least > 0:
            return np.flatnonzero(nearness >= least)
        on_topic = grouped.greatest(self._topic.rows()[grouped.rows])
        return np.flatnonzero((nearness > 0) | on_topic)

    def _whole(self, wanted: list[Held]) -> tuple[Mask, Mask]:
        index = self._index
        people, rows, rows_bind = self._allowed_people, self._allowed_rows, self._rows_bind
        if not wanted and (self._topic.has_words or not self._excludes):
            rows, rows_bind = rows & self._topic.rows(), True
        for held in wanted:
            if held.of_person:
                people = people & held.mask
            else:
                rows, rows_bind = rows & held.mask, True
        rows = rows & people[index.rows.person]
        if rows_bind:
            people = np.zeros(len(index.keys), np.bool_)
            people[index.rows.person[rows]] = True
        return people, rows
