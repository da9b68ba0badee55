"""Alumni on the ground: who lives, works or gained experience in a city, its districts included."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from graph.answers.reasons import done, today
from graph.index.records import evidence_of, expert_of
from graph.index.searching import SearchIndex
from graph.model.answers import PersonThere

_LATEST_FIRST = 9999


def people_there(index: SearchIndex, city: str, limit: int | None = None) -> tuple[int, tuple[PersonThere, ...]]:
    """Return how many people are joined with a city, and them (at most `limit`).

    Those joined in more ways come first, then those whose expertise there is later, then by key.
    """
    there = index.places.city_or_district(city)
    if not there.any():
        return 0, ()
    people = index.people
    lives, works = there[people.home_city], there[people.work_city]
    gained_rows = np.flatnonzero(there[index.rows.city])
    latest = np.full(len(index.keys), -1, np.int64)
    np.maximum.at(latest, index.rows.person[gained_rows], index.rows.reaches[gained_rows].astype(np.int64))
    gained = latest >= 0
    found = np.flatnonzero(lives | works | gained)
    ways = lives.astype(np.int64) + works + gained
    order = found[np.lexsort((people.key_rank[found], -latest[found], -ways[found]))]
    shown = order if limit is None else order[:limit]
    return len(found), tuple(
        _person(index, person, bool(lives[person]), bool(works[person]), gained_rows) for person in shown.tolist()
    )


def _person(index: SearchIndex, person: int, lives: bool, works: bool, gained_rows: NDArray[np.int64]) -> PersonThere:
    record = index.records.read(person)
    expert = expert_of(record, index.reference)
    rows = gained_rows[index.rows.person[gained_rows] == person]
    joined = [("lives_in", lives), ("works_in", works), ("gained_in", bool(len(rows)))]
    why = []
    if len(rows):
        # The latest stated expertise says most; a title alone stands in where nothing was stated.
        rank = index.rows.reaches[rows] - _LATEST_FIRST * index.rows.weak[rows].astype(np.int64)
        row = int(rows[int(np.argmax(rank))])
        why.append(done(evidence_of(record, row - int(index.first_row[person]), index.reference), index.reference))
    if works:
        why.append(f"works there: {today(expert).removeprefix('Today: ')}")
    if lives:
        why.append("lives there")
    return PersonThere(
        id=expert.id,
        name=expert.name,
        position=expert.position,
        organisation=expert.organisation,
        joined=tuple(name for name, holds in joined if holds),
        why="; ".join(why),
    )
