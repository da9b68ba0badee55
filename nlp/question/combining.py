"""Conditions of which one suffices: "floods or droughts", and "in Kenya and Uganda", as one is gained in one place."""

from __future__ import annotations

from nlp.question.binding import Bound

_ONE_AT_A_TIME = frozenset({"cities", "countries", "regions", "roles"})
"""An expertise has one place and one role, so a list of them is a choice, whichever way it is joined."""


def alternatives(bound: list[Bound]) -> list[list[int]]:
    """The positions of conditions that are alternatives, list by list; a word broader than any id is its own list."""
    groups: list[list[int]] = []
    for first, last in _lists(bound):
        run = range(first, last + 1)
        connectors = {bound[position].joined for position in run if position > first}
        chosen = "or" in connectors or (bool(connectors) and all(bound[i].slot in _ONE_AT_A_TIME for i in run))
        if chosen and not bound[first].negated:
            groups.append(list(run))
        else:
            groups += [[position] for position in run if _is_broad(bound[position]) and not bound[position].negated]
    return groups


def _lists(bound: list[Bound]) -> list[tuple[int, int]]:
    """Stretches of conditions of one kind that follow each other as a list, each at least one long."""
    stretches: list[tuple[int, int]] = []
    for position, condition in enumerate(bound):
        if stretches and condition.joined and _continues(bound[stretches[-1][1]], condition):
            stretches[-1] = stretches[-1][0], position
        else:
            stretches.append((position, position))
    return stretches


def _continues(previous: Bound, condition: Bound) -> bool:
    if previous.negated != condition.negated or previous.like or condition.like:
        return False
    if previous.binding != condition.binding and condition.joined != "or":
        return False
    kinds = {_kind(previous.slot), _kind(condition.slot)}
    return len(kinds) == 1 or (kinds == {"place", "traits"} and condition.joined == "or")


def _kind(slot: str) -> str:
    if slot in ("cities", "countries", "regions"):
        return "place"
    return "subject" if slot in ("hazards", "measures") else slot


def _is_broad(condition: Bound) -> bool:
    return condition.piece.concept is not None and len(condition.piece.concept.ids) > 1
