"""The order of people: by meaning and words, stated before weak, later before earlier, and how a score is made.

The score of a person is that of the best row. Its parts are weighted so that the order of scores is the order of
people: whoever is whole comes before all who are not, and among those stated evidence before weak.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from graph.answers.conditions import Conditions
from graph.answers.finding import InPart, Whole
from graph.answers.grouping import Grouped
from graph.answers.scoring import Floats, content_weights, reciprocal_rank, weighted_sum
from graph.answers.topic import Topic
from graph.index.searching import SearchIndex
from graph.model.answers import ExplainedPart

WHOLE, IN_PART = "whole", "conditions met"
_LEAD = 0.5
_STATED = 0.25
_CONTENT = 0.25
_EQUAL = 6
"""Decimals to which scores are told apart."""


@dataclass(frozen=True, slots=True)
class Ranked:
    """One person in order: position, score, the rows that show it (best first), and the parts that make the score."""

    person: int
    whole: bool
    score: float
    rows: tuple[int, ...]
    parts: tuple[ExplainedPart, ...]


class Ranking:
    """Puts the people of one question in order, a page at a time; an order never depends on the page."""

    def __init__(self, index: SearchIndex, conditions: Conditions, topic: Topic) -> None:
        """Keep what the parts of a score are made of."""
        self._index = index
        self._topic = topic
        self._wanted = conditions.wanted

    def whole(self, whole: Whole, offset: int, limit: int) -> list[Ranked]:
        """Return one page of those who meet everything."""
        grouped = Grouped.of(self._index, whole.rows)
        lead = np.ones(len(grouped.people), np.float32)
        scored = _Scored(self, grouped, WHOLE, lead, np.zeros(len(grouped.rows), np.int64), 1.0)
        return scored.page(whole.people, offset, limit)

    def in_part(self, part: InPart, offset: int, limit: int) -> list[Ranked]:
        """Return one page of those who meet conditions in part: the nearest first, whatever else speaks for others."""
        # One step of nearness outweighs all the rest.
        step = 1 / max(1, 2 * len(self._wanted))
        scored = _Scored(self, part.grouped, IN_PART, part.nearness, part.met, step)
        return scored.page(part.grouped.people, offset, limit)

    def parts(self, rows: NDArray[np.int64]) -> dict[str, Floats]:
        """Return the parts of each row's score beside the leading one, each from 0 to 1."""
        stated = (~self._index.rows.weak[rows]).astype(np.float32)
        parts = {"stated": stated, "meaning": reciprocal_rank(self._topic.meaning(rows))}
        if self._topic.looks_for_words():
            parts["words"] = reciprocal_rank(self._topic.word_scores[rows])
        if (linked := self._links(rows)) is not None:
            parts["links"] = linked
        if self._topic.like:
            parts["likeness"] = self._topic.likeness[rows]
        return parts

    def _links(self, rows: NDArray[np.int64]) -> Floats | None:
        """Return how strong the links to the hazards and measures asked for are, on average over conditions."""
        index, found = self._index, []
        for condition in self._wanted:
            strengths = [
                index.hazard_strength(member.term.id, rows)
                if member.slot == "hazards"
                else index.measure_strength(member.term.id, rows)
                for member in condition.members
                if member.slot in ("hazards", "measures")
            ]
            if strengths:
                found.append(np.maximum.reduce(strengths))
        return np.mean(found, axis=0, dtype=np.float32) if found else None

    @property
    def index(self) -> SearchIndex:
        """The index ranked over."""
        return self._index


class _Scored:
    """People with their scores: `lead` of each person, then stated and content of the row that meets most."""

    def __init__(
        self,
        ranking: Ranking,
        grouped: Grouped,
        lead_name: str,
        lead: Floats,
        met: NDArray[np.int64],
        scale: float,
    ) -> None:
        self._index = ranking.index
        self._grouped = grouped
        self._lead_name, self._lead = lead_name, lead
        self._parts = ranking.parts(grouped.rows)
        content = content_weights(self._parts.keys() - {"stated"}, _CONTENT * scale)
        self._weights = {"stated": _STATED * scale, **content}
        # Rows of one person are told apart by the conditions they meet, then by what they say.
        self._order = met + weighted_sum(self._parts, self._weights).astype(np.float64)
        best = grouped.greatest(self._order) - grouped.greatest(met)
        self._scores = np.round(_LEAD * lead + best, _EQUAL)

    def page(self, people: NDArray[np.int64], offset: int, limit: int) -> list[Ranked]:
        """Return one page of `people`, who hold all that are grouped and may hold others, without any row."""
        last = offset + limit
        if limit <= 0 or offset >= len(people):
            return []
        place = np.searchsorted(people, self._grouped.people)
        without_rows = _LEAD if self._lead_name == WHOLE else 0.0
        score = _spread(self._scores, place, len(people), without_rows)
        least = np.partition(score, -last)[-last] if last < len(score) else -np.inf
        near = np.flatnonzero(score >= least)
        latest = _spread(self._grouped.greatest(self._index.rows.reaches[self._grouped.rows]), place, len(people), 0)
        sizes = _spread(self._grouped.sizes(), place, len(people), 0)
        key = self._index.people.key_rank[people[near]]
        order = near[np.lexsort((key, -sizes[near], -latest[near], -score[near]))]
        grouped_place = np.full(len(people), -1, np.int64)
        grouped_place[place] = np.arange(len(place))
        return [
            self._ranked(int(people[at]), float(score[at]), int(grouped_place[at]))
            for at in order[offset:last].tolist()
        ]

    def _ranked(self, person: int, score: float, place: int) -> Ranked:
        whole = self._lead_name == WHOLE
        if place < 0:
            return Ranked(person, whole, score, (), (ExplainedPart(self._lead_name, 1.0, _LEAD),))
        rows = self._grouped.of_person(place)
        reaches = self._index.rows.reaches[self._grouped.rows[rows]]
        order = np.lexsort((-reaches, -self._order[rows])) + rows.start
        best = int(order[0])
        parts = [ExplainedPart(self._lead_name, float(self._lead[place]), _LEAD)]
        parts += [ExplainedPart(name, float(part[best]), self._weights[name]) for name, part in self._parts.items()]
        return Ranked(person, whole, score, tuple(self._grouped.rows[order].tolist()), tuple(parts))


def _spread(values: NDArray[Any], places: NDArray[np.int64], size: int, otherwise: float) -> NDArray[Any]:
    spread = np.full(size, otherwise, np.float64)
    spread[places] = values
    return spread
