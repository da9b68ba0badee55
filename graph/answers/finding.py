"""Who meets the conditions whole, who in part, and how many would with one condition less."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from graph.answers.conditions import Conditions
from graph.answers.deadline import NO_DEADLINE, Deadline
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
    """People who meet not everything in one expertise, grouped with their rows that meet something or are on the topic.

    No row is among them that an exclusion took. `met` of each row counts the conditions it meets; `nearness` of each
    person is the mean of the most that one row meets and of those met by any of the rows, as a share of all.
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

    def __init__(
        self, index: SearchIndex, conditions: Conditions, topic: Topic, deadline: Deadline = NO_DEADLINE
    ) -> None:
        """Find where each condition and each exclusion holds.

        Raises:
            LimitReached: the deadline passed meanwhile.
        """
        self._index = index
        self._topic = topic
        self._deadline = deadline
        self._wanted: list[Held] = []
        for condition in conditions.wanted:
            self._wanted.append(condition_held(index, condition))
            deadline.look()
        self._excludes = bool(conditions.excluded)
        self._allowed_people = np.ones(len(index.keys), np.bool_)
        self._allowed_rows = np.ones(len(index.rows.person), np.bool_)
        self._rows_bind = False
        for member in conditions.excluded:
            held = exclusion_held(index, member)
            deadline.look()
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

    def totals_without(self) -> list[int]:
        """Return, for each wanted condition, how many would be whole without it.

        Only what lacks one condition at the most can gain by that, so the rest is passed over once for all of them.
        """
        if len(self._wanted) == 1:  # what the question is about binds then, if anything
            return [int(self._whole([])[0].sum())]
        people, rows = self._lacks()
        near = np.flatnonzero(self._allowed_rows & (rows <= 1))
        totals = []
        for held in self._wanted:
            totals.append(self._total_without(held, people, rows, near))
            self._deadline.look()
        return totals

    def meets(self, place: int, rows: NDArray[np.int64]) -> Mask:
        """Tell for each row whether it, or its person, meets the wanted condition at a place."""
        held = self._wanted[place]
        return held.mask[self._index.rows.person[rows] if held.of_person else rows]

    def in_part(self) -> InPart:
        """Return the people nearest to meeting the conditions: the top tiers of nearness, at least OTHERS of them.

        Whoever meets no condition at all must be on the topic.
        """
        index = self._index
        is_whole = np.zeros(len(index.keys), np.bool_)
        is_whole[self.whole.people] = True
        candidate = self._allowed_rows & ~is_whole[index.rows.person]
        met = np.zeros(len(candidate), np.uint16)
        for held in self._wanted:
            met += held.by_row(index)
        grouped = Grouped.of(index, np.flatnonzero(candidate & (met > 0)))
        if len(grouped.people) < OTHERS:
            grouped = Grouped.of(index, np.flatnonzero(candidate & ((met > 0) | self._topic.rows())))
        met_here = met[grouped.rows].astype(np.int64)
        nearness = grouped.greatest(met_here)
        for place in range(len(self._wanted)):
            nearness = nearness + grouped.greatest(self.meets(place, grouped.rows))
            self._deadline.look()
        share = (nearness / max(1, 2 * len(self._wanted))).astype(np.float32)
        least = np.partition(share, -OTHERS)[-OTHERS] if len(share) > OTHERS else np.float32(0)
        chosen = share >= least
        rows_chosen = np.repeat(chosen, grouped.sizes())
        return InPart(Grouped.of(index, grouped.rows[rows_chosen]), share[chosen], met_here[rows_chosen])

    def _lacks(self) -> tuple[NDArray[np.uint16], NDArray[np.uint16]]:
        """Return how many of the conditions on people each person lacks, and how many of all conditions each row."""
        people = np.zeros(len(self._allowed_people), np.uint16)
        rows = np.zeros(len(self._allowed_rows), np.uint16)
        for held in self._wanted:
            lacks = people if held.of_person else rows
            lacks += ~held.mask
        return people, rows + people[self._index.rows.person]

    def _total_without(
        self, dropped: Held, people: NDArray[np.uint16], rows: NDArray[np.uint16], near: NDArray[np.int64]
    ) -> int:
        if self._rows_bind or any(not held.of_person for held in self._wanted if held is not dropped):
            person = self._index.rows.person[near]
            lack_it = ~dropped.mask[person if dropped.of_person else near]
            return len(np.unique(person[lack_it | (rows[near] == 0)]))
        left = people == 0
        if dropped.of_person:
            left |= (people == 1) & ~dropped.mask
        return int((self._allowed_people & left).sum())

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
