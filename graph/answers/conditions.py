"""From a reading and filters to conditions: each is one term, or several of which one suffices."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

from graph.errors import WrongInput
from graph.index.reference import Reference
from graph.model.people import EXPERTISE_KINDS, ORGANISATION_KINDS, ROLES
from graph.model.places import TRAITS
from graph.model.questions import SLOTS, Filters, Term, Understood, Years

PLACE_SLOTS = frozenset({"traits", "cities", "countries", "regions"})


@dataclass(frozen=True, slots=True)
class Member:
    """A term in its slot: one of `SLOTS`, or since, until, kinds, organisation_kinds."""

    slot: str
    term: Term

    @property
    def bound(self) -> str | None:
        """How a place binds: where the expertise was gained unless the words said otherwise."""
        return (self.term.bound or "gained_in") if self.slot in PLACE_SLOTS else None


@dataclass(frozen=True, slots=True)
class Condition:
    """Met where one of its members is."""

    members: tuple[Member, ...]

    @property
    def term(self) -> Term:
        """The condition as one term, as it is named where it could be dropped."""
        first = self.members[0].term
        if len(self.members) == 1:
            return first
        terms = [member.term for member in self.members]
        return replace(
            first, id="|".join(term.id for term in terms), name=" or ".join(dict.fromkeys(term.name for term in terms))
        )


@dataclass(frozen=True, slots=True)
class Conditions:
    """What must hold, and what removes: each exclusion takes away all that meets it."""

    wanted: tuple[Condition, ...]
    excluded: tuple[Member, ...]


def joined(understood: Understood, filters: Filters | None) -> Understood:
    """Return the reading with the conditions of the filters added; of two bounds on years the narrower holds."""
    if filters is None:
        return understood
    added = filters.conditions
    slots: dict[str, Any] = {
        slot: (*getattr(understood, slot), *_new(getattr(added, slot), getattr(understood, slot)))
        for slot in (*SLOTS, "like", "any_of")
    }
    since = [year for year in (understood.years.since, added.years.since) if year is not None]
    until = [year for year in (understood.years.until, added.years.until) if year is not None]
    years = Years(max(since, default=None), min(until, default=None))
    return replace(understood, years=years, **slots)


def conditions_of(understood: Understood, filters: Filters | None, reference: Reference) -> Conditions:
    """Return the conditions of a reading, before filters were joined to it, and those of the filters.

    Within a group of which one suffices a negated term stands alone: it removes, whatever the others do.

    Raises:
        WrongInput: a term names nothing that the network knows, or a group holds a term that stands in no slot.
    """
    wanted = [*_wanted(understood)]
    excluded = [*_excluded(understood)]
    if filters is not None:
        wanted += [*_wanted(filters.conditions), *_filter_conditions(filters)]
        excluded += _excluded(filters.conditions)
    conditions = Conditions(tuple(dict.fromkeys(wanted)), tuple(dict.fromkeys(excluded)))
    for member in _members(conditions):
        _check(member, reference)
    return conditions


def _wanted(understood: Understood) -> Iterator[Condition]:
    groups = [[_member_of(term, understood) for term in group] for group in understood.any_of]
    grouped = {member for members in groups for member in members}
    for slot in SLOTS:
        for term in getattr(understood, slot):
            if not term.negated and Member(slot, term) not in grouped:
                yield Condition((Member(slot, term),))
    for members in groups:
        if suffice := tuple(member for member in members if not member.term.negated):
            yield Condition(suffice)
    yield from _year_conditions(understood.years)


def _excluded(understood: Understood) -> list[Member]:
    return [Member(slot, term) for slot in SLOTS for term in getattr(understood, slot) if term.negated]


def _new(terms: tuple[object, ...], present: tuple[object, ...]) -> tuple[object, ...]:
    return tuple(term for term in terms if term not in present)


def _member_of(term: Term, understood: Understood) -> Member:
    known = [Member(slot, each) for slot in SLOTS for each in getattr(understood, slot)]
    for member in known:
        if member.term == term:
            return member
    for member in known:
        if (member.term.id, member.term.bound, member.term.negated) == (term.id, term.bound, term.negated):
            return member
    raise WrongInput(
        f"The term {term.id!r} stands in a group of any_of and in no list of its own.",
        "Put each term of any_of into its list too, such as hazards or cities, with the same id, as and negated.",
    )


def _year_conditions(years: Years) -> Iterator[Condition]:
    if years.since is not None:
        yield Condition((Member("since", Term(str(years.since), f"since {years.since}")),))
    if years.until is not None:
        yield Condition((Member("until", Term(str(years.until), f"until {years.until}")),))


def _filter_conditions(filters: Filters) -> Iterator[Condition]:
    for slot in ("kinds", "organisation_kinds"):
        if values := getattr(filters, slot):
            yield Condition(tuple(Member(slot, Term(value, value)) for value in dict.fromkeys(values)))


def _members(conditions: Conditions) -> Iterator[Member]:
    for condition in conditions.wanted:
        yield from condition.members
    yield from conditions.excluded


def _check(member: Member, reference: Reference) -> None:
    known = {
        "hazards": reference.hazards,
        "measures": reference.measures,
        "traits": {*TRAITS, *reference.traits},
        "countries": reference.countries,
        "regions": reference.regions,
        "roles": ROLES,
        "kinds": EXPERTISE_KINDS,
        "organisation_kinds": ORGANISATION_KINDS,
    }.get(member.slot)
    if known is not None and member.term.id not in known:
        raise WrongInput(
            f"{member.slot}: there is no {member.term.id!r}.",
            f"Use one of: {', '.join(sorted(known)[:12])}{', …' if len(known) > 12 else ''}.",
        )
