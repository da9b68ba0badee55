"""Addresses of page states: the same question with a filter more or less, another page, a condition dropped."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import urlencode

from fastapi import Request

from graph.model.questions import SLOTS, Term, Understood, Years

FILTERS = {
    "hazards": "hazard",
    "measures": "measure",
    "traits": "trait",
    "countries": "country",
    "regions": "region",
    "languages": "language",
    "roles": "role",
    "kinds": "kind",
    "since": "since",
}
"""Slots of which a value can stand in an address as a filter, by the name it has there."""


@dataclass(frozen=True, slots=True)
class Address:
    """A path and its query, as pairs in order."""

    path: str
    query: tuple[tuple[str, str], ...]

    @classmethod
    def of(cls, request: Request) -> Address:
        """Return the address of a request."""
        return cls(request.url.path, tuple(request.query_params.multi_items()))

    def having(self, name: str, value: object) -> str:
        """Return the address with one value more, on the first page."""
        return self._written([*self._without("page"), (name, str(value))])

    def lacking(self, name: str, value: object) -> str:
        """Return the address without that value, on the first page."""
        return self._written([pair for pair in self._without("page") if pair != (name, str(value))])

    def without(self, conditions: Iterable[tuple[str, str]]) -> str:
        """Return the address without conditions, each a slot and an id: a filter goes, what was read is dropped."""
        pairs = self._without("page")
        for slot, id in conditions:
            filtered = (FILTERS.get(slot, ""), id)
            if filtered in pairs:
                pairs = [pair for pair in pairs if pair != filtered]
            else:
                pairs.append(("drop", f"years:{slot}" if slot in ("since", "until") else f"{slot}:{id}"))
        return self._written(pairs)

    def at_page(self, page: int) -> str:
        """Return the address of another page of the same answer."""
        return self._written([*self._without("page"), ("page", str(page))])

    def has(self, name: str, value: object) -> bool:
        """True where the address carries that value."""
        return (name, str(value)) in self.query

    def _without(self, name: str) -> list[tuple[str, str]]:
        return [pair for pair in self.query if pair[0] != name]

    def _written(self, pairs: Sequence[tuple[str, str]]) -> str:
        return f"{self.path}?{urlencode(pairs)}" if pairs else self.path


def conditions_of(understood: Understood, drop: Term) -> list[tuple[str, str]]:
    """Return what a condition that could be dropped is made of, each part as its slot and id.

    A group of which one suffices has the ids of its members, with | between them.
    """
    for slot in ("since", "until"):
        if drop.name == f"{slot} {drop.id}":
            return [(slot, drop.id)]
    ids = set(drop.id.split("|"))
    found = [
        (slot, term.id)
        for slot in SLOTS
        for term in getattr(understood, slot)
        if term.id in ids and not term.negated and (len(ids) > 1 or term.bound == drop.bound)
    ]
    return found or [("kinds", kind) for kind in sorted(ids)]


def drop_terms(understood: Understood, dropped: Sequence[str]) -> Understood:
    """Return a reading without the conditions that a reader of the page took out, each written "slot:id"."""
    gone = {tuple(item.split(":", 1)) for item in dropped}
    slots: dict[str, Any] = {
        slot: tuple(term for term in getattr(understood, slot) if (slot, term.id) not in gone)
        for slot in (*SLOTS, "like")
    }
    kept = {term.id for terms in slots.values() for term in terms}
    groups = tuple(tuple(term for term in group if term.id in kept) for group in understood.any_of)
    years = Years(
        None if ("years", "since") in gone else understood.years.since,
        None if ("years", "until") in gone else understood.years.until,
    )
    return replace(understood, **slots, any_of=tuple(group for group in groups if len(group) > 1), years=years)
