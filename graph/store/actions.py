"""What cities did: against which hazards, with which measures."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from graph.engines.port import Engine, NodeRows, Row, Write
from graph.model.hazards import Action
from graph.store.elements import Kind, maybe_text, maybe_year, nodes, relationships, stale, text_of

TOOK = Kind("TOOK", "City", "Action")
APPLIES = Kind("APPLIES", "Action", "Measure")
ADDRESSES = Kind("ADDRESSES", "Action", "Hazard")

_WHOSE = "UNWIND $keys AS key MATCH (c:City)-[:TOOK]->(a:Action {id: key}) RETURN c.id AS city, key"


class ActionStore:
    """Actions of cities."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def put(self, actions: Sequence[Action]) -> None:
        """Write actions by key, each whole; raises `WrongInput` where a city, hazard or measure is not there."""
        keys = [action.key for action in actions]
        rows: list[Row] = [
            {
                "id": action.key,
                "title": action.title,
                "status": action.status,
                "year": action.year,
                "source": action.source,
            }
            for action in actions
        ]
        took = TOOK.rows({"start": action.city, "end": action.key} for action in actions)
        applies = APPLIES.rows(
            {"start": action.key, "end": measure} for action in actions for measure in action.measures
        )
        addresses = ADDRESSES.rows(
            {"start": action.key, "end": hazard} for action in actions for hazard in action.hazards
        )
        known = {text_of(row, "city") for row in self._engine.read(_WHOSE, {"keys": keys})}
        standing = [found for found in relationships(self._engine, TOOK, known) if found.end in set(keys)]
        removals = [
            *stale(TOOK, standing, took),
            *stale(APPLIES, relationships(self._engine, APPLIES, keys), applies),
            *stale(ADDRESSES, relationships(self._engine, ADDRESSES, keys), addresses),
        ]
        self._engine.write(
            Write(statements=removals, nodes=[NodeRows("Action", rows)], relationships=[took, applies, addresses])
        )

    def of_city(self, city: str) -> list[Action]:
        """What a city did, the latest first; those without a year last."""
        keys = [found.end for found in relationships(self._engine, TOOK, [city])]
        hazards: defaultdict[str, list[str]] = defaultdict(list)
        measures: defaultdict[str, list[str]] = defaultdict(list)
        for found in relationships(self._engine, ADDRESSES, keys):
            hazards[found.start].append(found.end)
        for found in relationships(self._engine, APPLIES, keys):
            measures[found.start].append(found.end)
        actions = [
            Action(
                key=key,
                city=city,
                title=text_of(row, "title"),
                status=maybe_text(row, "status"),
                year=maybe_year(row, "year"),
                source=text_of(row, "source"),
                hazards=tuple(sorted(hazards[key])),
                measures=tuple(sorted(measures[key])),
            )
            for key, row in nodes(self._engine, "Action", keys).items()
        ]
        return sorted(actions, key=lambda action: (-(action.year or 0), action.key))
