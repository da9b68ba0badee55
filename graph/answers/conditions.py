"""From a reading and filters to conditions: each is one term, or several of which one suffices."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Any

from graph.answers.known import require_known
from graph.errors import WrongInput
from graph.index.reference import Reference
from graph.model.questions import SLOTS, Filters, Term, Understood, Years

PLACE_SLOTS = frozenset({"traits", "cities", "countries", "regions"})
MOST_CONDITIONS = 350
"""Conditions that may have to hold together, a group of which one suffices counting once."""
MOST_MEMBERS = 1_000
"""Terms of all conditions and exclusions together. The longest question that is read names fewer of either."""

Meaning = tuple[str, str, str | None]


@dataclass(frozen=True, slots=True)
class Member:
    """A term in its slot: one of `SLOTS`, or since, until, kinds, organisation_kinds."""

    slot: str
    term: Term

    @property
    def bound(self) -> str | None:
        """How a place binds: where the expertise was gained unless the words said otherwise."""
        return (self.term.bound or "gained_in") if self.slot in PLACE_SLOTS else None

    @property
    def meaning(self) -> Meaning:
        """Slot, id and binding: what two members share that ask for the same thing in other words."""
        return self.slot, self.term.id, self.bound


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
        slot: _with_new(getattr(understood, slot), getattr(added, slot)) for slot in (*SLOTS, "like", "any_of")
    }
    since = [year for year in (understood.years.since, added.years.since) if year is not None]
    until = [year for year in (understood.years.until, added.years.until) if year is not None]
    years = Years(max(since, default=None), min(until, default=None))
    return replace(understood, years=years, **slots)


def conditions_of(understood: Understood, filters: Filters | None, reference: Reference) -> Conditions:
    """Return the conditions of a reading, before filters were joined to it, and those of the filters, each once.

    Within a group of which one suffices a negated term stands alone: it removes, whatever the others do.

    Raises:
        WrongInput: a term names nothing that the network knows, a group holds a term that stands in no slot, or
            there are more than MOST_CONDITIONS or MOST_MEMBERS.
    """
    wanted = [*_wanted(understood)]
    excluded = [*_excluded(understood)]
    if filters is not None:
        wanted += [*_wanted(filters.conditions), *_filter_conditions(filters)]
        excluded += _excluded(filters.conditions)
    conditions = Conditions(_each_once(wanted), _members_once(excluded))
    members = [*_members(conditions)]
    for member in members:
        require_known(member.slot, member.term.id, reference)
    if len(conditions.wanted) > MOST_CONDITIONS or len(members) > MOST_MEMBERS:
        raise WrongInput(
            f"The question has {len(conditions.wanted):,} conditions of {len(members):,} terms together; "
            f"at most {MOST_CONDITIONS:,} of {MOST_MEMBERS:,} can be asked at once.",
            "Ask several questions, each with some of them.",
        )
    return conditions


def _wanted(understood: Understood) -> Iterator[Condition]:
    groups = list(_groups(understood))
    grouped = {member for members in groups for member in members}
    for slot in SLOTS:
        for term in getattr(understood, slot):
            if not term.negated and Member(slot, term) not in grouped:
                yield Condition((Member(slot, term),))
    for members in groups:
        if suffice := _members_once(member for member in members if not member.term.negated):
            yield Condition(suffice)
    yield from _year_conditions(understood.years)


def _excluded(understood: Understood) -> list[Member]:
    return [Member(slot, term) for slot in SLOTS for term in getattr(understood, slot) if term.negated]


def _with_new(present: tuple[object, ...], added: tuple[object, ...]) -> tuple[object, ...]:
    known = set(present)
    return (*present, *(term for term in added if term not in known))


def _each_once(conditions: Iterable[Condition]) -> tuple[Condition, ...]:
    found: dict[tuple[Meaning, ...], Condition] = {}
    for condition in conditions:
        found.setdefault(tuple(member.meaning for member in condition.members), condition)
    return tuple(found.values())


def _members_once(members: Iterable[Member]) -> tuple[Member, ...]:
    found: dict[Meaning, Member] = {}
    for member in members:
        found.setdefault(member.meaning, member)
    return tuple(found.values())


def _groups(understood: Understood) -> Iterator[list[Member]]:
    """Yield the groups of which one suffices, each term as the member that it is in its own slot."""
    same: dict[Term, Member] = {}
    alike: dict[tuple[str, str | None, bool], Member] = {}
    if understood.any_of:
        for slot in SLOTS:
            for term in getattr(understood, slot):
                member = Member(slot, term)
                same.setdefault(term, member)
                alike.setdefault((term.id, term.bound, term.negated), member)

    def own(term: Term) -> Member:
        member = same.get(term) or alike.get((term.id, term.bound, term.negated))
        if member is None:
            raise WrongInput(
                f"The term {term.id!r} stands in a group of any_of and in no list of its own.",
                "Put each term of any_of into its own list too, hazards or cities, with the same id, as and negated.",
            )
        return member

    for group in understood.any_of:
        yield [own(term) for term in group]


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
