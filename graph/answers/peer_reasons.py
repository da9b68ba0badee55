"""Why two cities are peers, in sentences that say how coarse the knowledge is."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np

from graph.answers.peer_arrays import PeerArrays
from graph.index.reference import Reference

_COUNTS = 0.5
_NAMED = 4
_NEAR_IN_SIZE = 2.0


def peer_reasons(reference: Reference, asking: PeerArrays, candidates: PeerArrays, place: int) -> tuple[str, ...]:
    """Return what a candidate shares with the city asking: exposure by its grain, traits, experience, size, region."""
    return tuple(_reasons(reference, asking, candidates, place))


def _reasons(reference: Reference, asking: PeerArrays, candidates: PeerArrays, place: int) -> Iterator[str]:
    hazards = [hazard.name for hazard in reference.hazards.values()]
    own = np.minimum(candidates.own[place], asking.own[0])
    known = np.minimum(
        np.maximum(candidates.own[place], candidates.derived[place]), np.maximum(asking.own[0], asking.derived[0])
    )
    shared = np.minimum(candidates.exposure[place], asking.exposure[0])
    if named := _names(hazards, own):
        yield f"Both cities face {named}"
    if named := _names(hazards, np.where(own >= _COUNTS, 0, known)):
        yield f"Follows from their traits: {named}"
    if named := _names(hazards, np.where(known >= _COUNTS, 0, shared)):
        yield f"Known of their countries, not of both cities: {named}"
    both = candidates.traits[place] * asking.traits[0]
    if named := _names(list(reference.traits.values()), both * candidates.trait_weight, least=1e-6):
        yield f"Both: {named}"
    useful = np.where(asking.exposure[0] >= _COUNTS, candidates.experienced[place], 0)
    if useful.any():
        best = [int(column) for column in np.argsort(-useful, kind="stable")[:_NAMED] if useful[column] > 0]
        each = ", ".join(f"{hazards[column]} ({int(useful[column])})" for column in best)
        yield f"People who gained expertise there, by hazard: {each}"
    mine, theirs = int(asking.population[0]), int(candidates.population[place])
    if mine and theirs and max(mine, theirs) <= _NEAR_IN_SIZE * min(mine, theirs):
        yield f"Similar size: {theirs:,} and {mine:,} inhabitants"
    chain, own_chain = candidates.regions[place], asking.regions[0]
    if chain and own_chain and chain[0] == own_chain[0] and chain[0] in reference.regions:
        yield f"Both in {reference.regions[chain[0]].name}"


def _names(names: Sequence[str], values: np.ndarray[tuple[int], np.dtype[np.float32]], least: float = _COUNTS) -> str:
    """Return the names of the greatest values, those of at least `least`."""
    order = [int(place) for place in np.argsort(-values, kind="stable") if values[place] >= least]
    named = [names[place] for place in order[:_NAMED]]
    more = len(order) - len(named)
    return ", ".join(named) + (f" and {more} more" if more else "") if named else ""
