"""Which rows or people meet a condition, as arrays of true and false. What is not known never meets one."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from graph.answers.conditions import Condition, Member
from graph.index.arrays import holds
from graph.index.searching import SearchIndex
from graph.model.people import EXPERTISE_KINDS, ORGANISATION_KINDS, ROLES

Mask = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Held:
    """Where something holds: of each row, or, for what binds to a person, of each person."""

    mask: Mask
    of_person: bool

    def by_row(self, index: SearchIndex) -> Mask:
        """Return for each row whether it holds of the row or of its person."""
        return self.mask[index.rows.person] if self.of_person else self.mask


def condition_held(index: SearchIndex, condition: Condition) -> Held:
    """Return where one of the members holds; of people, where all members bind to people."""
    held = member_held(index, condition.members[0])
    for member in condition.members[1:]:
        other = member_held(index, member)
        if held.of_person == other.of_person:
            held = Held(held.mask | other.mask, held.of_person)
        else:
            held = Held(held.by_row(index) | other.by_row(index), False)
    return held


def exclusion_held(index: SearchIndex, member: Member) -> Held:
    """Return what an exclusion takes away: a role binds to what the person does at present."""
    if member.slot == "roles":
        return Held(index.people.role == ROLES.index(member.term.id), True)
    return member_held(index, member)


def member_held(index: SearchIndex, member: Member) -> Held:
    """Return where one term holds."""
    rows, people, sought = index.rows, index.people, member.term.id
    match member.slot:
        case "hazards":
            return Held(holds(rows.hazards, index.hazard_position[sought]), False)
        case "measures":
            return Held(holds(rows.measures, index.measure_position[sought]), False)
        case "roles":
            return Held(rows.role == ROLES.index(sought), False)
        case "kinds":
            return Held(rows.kind == EXPERTISE_KINDS.index(sought), False)
        case "since":
            return Held(rows.reaches >= int(sought), False)
        case "until":
            return Held((rows.begins > 0) & (rows.begins <= int(sought)), False)
        case "languages":
            return Held(_speaks(index, sought), True)
        case "organisation_kinds":
            return Held(people.organisation_kind == ORGANISATION_KINDS.index(sought), True)
    return _place_held(index, member)


def _place_held(index: SearchIndex, member: Member) -> Held:
    rows, people = index.rows, index.people
    if member.bound == "gained_in":
        return Held(_placed(index, member, rows.city, rows.country), False)
    if member.bound == "lives_in":
        return Held(_placed(index, member, people.home_city, people.home_country), True)
    # Origin is a country; the city that somebody is from is not known.
    nowhere = np.full(len(people.origin), -1, np.int32)
    return Held(_placed(index, member, nowhere, people.origin), True)


def _placed(index: SearchIndex, member: Member, city: NDArray[np.int32], country: NDArray[np.int16]) -> Mask:
    places, sought = index.places, member.term.id
    match member.slot:
        case "cities":
            return places.city_or_district(sought)[city]
        case "countries":
            return places.countries([sought])[country]
        case "regions":
            return holds(places.regions, places.region_ids.index(sought))[country]
    position = places.trait_position(sought)
    if position is None:
        return np.zeros(len(city), np.bool_)
    return holds(places.has, position)[city] | holds(places.country_has, position)[country]


def _speaks(index: SearchIndex, tag: str) -> Mask:
    wanted = tag.casefold()
    if wanted not in index.languages:
        return np.zeros(len(index.people.role), np.bool_)
    return holds(index.people.languages, index.languages.index(wanted))
