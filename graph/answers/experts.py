"""Who has done what was asked for: the answer to a question, and people by their keys."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from time import perf_counter

import numpy as np

from graph.answers.conditions import Conditions, conditions_of, joined
from graph.answers.deadline import NO_DEADLINE, Deadline
from graph.answers.facets import facets
from graph.answers.finding import Search
from graph.answers.missing import missing
from graph.answers.ranking import Ranked, Ranking
from graph.answers.reasons import reasons
from graph.answers.suggestions import also_worth_asking
from graph.answers.topic import Topic
from graph.errors import WrongInput
from graph.index.ports import Embedder
from graph.index.records import evidence_of, expert_of
from graph.index.searching import SearchIndex
from graph.model.answers import Answer, Evidence, Expert, Relaxation
from graph.model.questions import AskRequest, Understood

EVIDENCE_SHOWN = 5
"""Expertises of each person that an answer shows, those that meet the question best; the person's page has all."""
_REASONED = 3


def ask(
    index: SearchIndex,
    request: AskRequest,
    understood: Understood,
    embedder: Embedder,
    *,
    began: float | None = None,
    deadline: Deadline = NO_DEADLINE,
) -> Answer:
    """Answer a question that was read as `understood`; the filters of the request are added to that reading.

    `began` is the `time.perf_counter()` from which `took_ms` counts, else the call itself.

    Raises:
        WrongInput: a condition names nothing the network knows, there are too many, or limit or offset is negative.
        Unavailable: the index was built with another embedder.
        LimitReached: the deadline passed before the answer was whole.
    """
    began = perf_counter() if began is None else began
    if request.limit < 0 or request.offset < 0:
        raise WrongInput(
            f"limit {request.limit} and offset {request.offset} must not be negative.", "Use 0 or a positive number."
        )
    read = joined(understood, request.filters)
    conditions = conditions_of(understood, request.filters, index.reference)
    topic = Topic(index, request.question, read, embedder)
    deadline.look()
    search = Search(index, conditions, topic, deadline)
    total = len(search.whole.people)
    ranking = Ranking(index, conditions, topic)
    page = ranking.whole(search.whole, request.offset, request.limit)
    few = total < request.limit
    if few and conditions.wanted:
        begin = max(0, request.offset - total)
        page += ranking.in_part(search.in_part(), begin, request.limit - len(page))
    deadline.look()
    shown = _Showing(index, search, conditions, request.explain, deadline)
    return Answer(
        question=request.question,
        understood=read,
        total=total,
        facets=facets(index, search.whole),
        experts=tuple(shown.expert(ranked) for ranked in page),
        relax=_relaxations(search, conditions) if few else (),
        also=also_worth_asking(conditions, index.reference),
        took_ms=(perf_counter() - began) * 1000,
    )


def expert(index: SearchIndex, key: str) -> Expert | None:
    """Return a person with all evidence, or None where nobody has this key."""
    person = index.person_of(key)
    return None if person is None else _whole_record(index, person)


def experts(index: SearchIndex, limit: int, offset: int) -> tuple[int, list[Expert]]:
    """Return how many people there are, and one page of them, in the order of their keys, with all evidence."""
    page = index.people_by_key[max(0, offset) : max(0, offset) + max(0, limit)]
    return len(index.keys), [_whole_record(index, person) for person in page.tolist()]


def _whole_record(index: SearchIndex, person: int) -> Expert:
    record = index.records.read(person)
    places = range(len(record["evidence"]))
    return replace(
        expert_of(record, index.reference),
        evidence=tuple(evidence_of(record, place, index.reference) for place in places),
    )


def _relaxations(search: Search, conditions: Conditions) -> tuple[Relaxation, ...]:
    totals = search.totals_without()
    found = [Relaxation(each.term, total) for each, total in zip(conditions.wanted, totals, strict=True)]
    return tuple(sorted(found, key=lambda relaxation: -relaxation.total))


@dataclass(frozen=True, slots=True)
class _Showing:
    """Shows ranked people: record, evidence, reasons, and what is missing."""

    index: SearchIndex
    search: Search
    conditions: Conditions
    explain: bool
    deadline: Deadline

    def expert(self, ranked: Ranked) -> Expert:
        self.deadline.look()
        record = self.index.records.read(ranked.person)
        first = int(self.index.first_row[ranked.person])
        reference = self.index.reference
        evidence = tuple(evidence_of(record, row - first, reference) for row in ranked.rows[:EVIDENCE_SHOWN])
        shown = expert_of(record, reference)
        return replace(
            shown,
            evidence=evidence,
            score=min(1.0, ranked.score),
            whole=ranked.whole,
            missing=() if ranked.whole else self._missing(ranked, evidence),
            reasons=reasons(shown, evidence[: _REASONED if ranked.whole else 1], self.conditions.wanted, reference),
            explain=ranked.parts if self.explain else (),
        )

    def _missing(self, ranked: Ranked, evidence: Sequence[Evidence]) -> tuple[str, ...]:
        rows, found = np.asarray(ranked.rows), []
        for place, condition in enumerate(self.conditions.wanted):
            met = self.search.meets(place, rows)
            if not met[0]:
                elsewhere = bool(met.any())
                found.append(missing(self.index, condition, ranked.person, ranked.rows[0], evidence[0], elsewhere))
        return tuple(found)
