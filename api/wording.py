"""Conditions, people and years in a person's words, the same in the terminal and on the pages."""

from __future__ import annotations

from graph.model.answers import Answer, Expert
from graph.model.questions import SLOTS, Term, Understood

BINDING_WORDS = {"gained_in": "experience in", "lives_in": "lives in", "from": "from"}
SLOT_WORDS = {
    "hazards": "hazard",
    "measures": "measure",
    "traits": "kind of city",
    "cities": "city",
    "countries": "country",
    "regions": "region",
    "languages": "language",
    "roles": "role",
}


def condition_words(slot: str, term: Term) -> str:
    """Return one condition as a person says it."""
    name = SLOT_WORDS[slot]
    if term.bound is not None:
        name = f"{BINDING_WORDS[term.bound]} {name if slot == 'traits' else ''}".strip()
    return f"{'not ' if term.negated else ''}{name}: {term.name}"


def reading_words(understood: Understood) -> list[str]:
    """Return a reading, one condition an item, in reading order."""
    grouped = {id(term) for group in understood.any_of for term in group}
    in_groups = {(term.id, term.bound) for group in understood.any_of for term in group}
    words = [
        condition_words(slot, term)
        for slot in SLOTS
        for term in getattr(understood, slot)
        if id(term) not in grouped and (term.id, term.bound) not in in_groups
    ]
    words += ["any of: " + ", ".join(term.name for term in group) for group in understood.any_of]
    if understood.years.since is not None:
        words.append(f"since {understood.years.since}")
    if understood.years.until is not None:
        words.append(f"until {understood.years.until}")
    words += [f"cities like {term.name}" for term in understood.like]
    if understood.rest:
        words.append(f"words: {understood.rest}")
    return words


def found_words(answer: Answer) -> str:
    """Return in one line how many people meet the whole question and a part of it, and how far that may be trusted."""
    people = "person meets" if answer.total == 1 else "people meet"
    partial = sum(not expert.whole for expert in answer.experts)
    told = [f"{answer.total} {people} the whole question"]
    if partial:
        told.append(f"{partial} shown here meet a part of it")
    if answer.behind:
        told.append(f"{answer.behind} new texts are not in this answer yet")
    if answer.as_of:
        told.append(f"as of {answer.as_of}")
    return "; ".join(told)


def work_words(expert: Expert) -> str:
    """Return what a person does today and for whom; empty where that is not known."""
    if expert.position and expert.organisation:
        return f"{expert.position}, {expert.organisation}"
    return expert.position or expert.organisation or ""


def home_words(expert: Expert) -> str:
    """Return where a person lives, as far as known."""
    return ", ".join(part for part in (expert.city_name, expert.country) if part)


def years_words(since: int | None, until: int | None) -> str:
    """Return the years of an expertise, "years not known" where they are not."""
    if since is None and until is None:
        return "years not known"
    if since == until or until is None:
        return f"{since}" if since == until else f"since {since}"
    return f"{since}–{until}" if since is not None else f"until {until}"
