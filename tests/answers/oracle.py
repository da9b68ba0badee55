"""The contract's conditions once more, in plain Python over one person at a time, to compare the index with."""

from __future__ import annotations

from graph.model.people import Expertise
from graph.model.places import City
from graph.model.questions import Term, Understood
from graph.model.stored import StoredPerson
from tests.answers.made_up import REFERENCE

PERSONAL = {"lives_in", "from"}


def is_whole(person: StoredPerson, asked: Understood) -> bool:
    """Whether one expertise meets every condition that binds to one, and the person all others; topics aside."""
    wanted = [[term] for slot in SLOTS for term in getattr(asked, slot) if not term.negated]
    wanted = [each for each in wanted if not any(each[0] in group for group in asked.any_of)]
    wanted += [[term for term in group if not term.negated] for group in asked.any_of]
    wanted = [[(slot_of(term, asked), term) for term in group] for group in wanted if group]
    excluded = [(slot, term) for slot in SLOTS for term in getattr(asked, slot) if term.negated]
    personal = [group for group in wanted if all(is_personal(slot, term) for slot, term in group)]
    others = [group for group in wanted if group not in personal]
    if not all(any(person_meets(person, *each) for each in group) for group in personal):
        return False
    for slot, term in excluded:
        if slot == "roles":
            job = person.alumnus.present_job
            if job is not None and job.role == term.id:
                return False
        elif is_personal(slot, term) and person_meets(person, slot, term):
            return False
    removing = [(slot, term) for slot, term in excluded if slot != "roles" and not is_personal(slot, term)]
    left = [
        expertise
        for expertise in person.alumnus.expertises
        if not any(expertise_meets(person, expertise, slot, term) for slot, term in removing)
    ]
    needs_expertise = bool(others or removing or asked.years.since or asked.years.until)
    if not needs_expertise:
        return True
    return any(
        years_meet(expertise, asked)
        and all(
            any(
                person_meets(person, slot, term)
                if is_personal(slot, term)
                else expertise_meets(person, expertise, slot, term)
                for slot, term in group
            )
            for group in others
        )
        for expertise in left
    )


SLOTS = ("hazards", "measures", "traits", "cities", "countries", "regions", "languages", "roles")


def slot_of(term: Term, asked: Understood) -> str:
    return next(slot for slot in SLOTS if term in getattr(asked, slot))


def is_personal(slot: str, term: Term) -> bool:
    return slot == "languages" or term.bound in PERSONAL


def person_meets(person: StoredPerson, slot: str, term: Term) -> bool:
    alumnus = person.alumnus
    if slot == "languages":
        return any((spoken.language + "-").startswith(term.id + "-") for spoken in alumnus.languages)
    if term.bound == "lives_in":
        return place_meets(alumnus.home_city, alumnus.home_country, slot, term.id)
    return place_meets(None, alumnus.country, slot, term.id)


def expertise_meets(person: StoredPerson, expertise: Expertise, slot: str, term: Term) -> bool:
    links = person.links[expertise.key]
    if slot == "hazards":
        counted = [link.id for link in links.hazards if link.reviewed != "rejected"]
        return any(term.id in upward(hazard) for hazard in counted)
    if slot == "measures":
        return term.id in [link.id for link in links.measures]
    if slot == "roles":
        return expertise.role == term.id
    return place_meets(expertise.city, expertise.country, slot, term.id)


def upward(hazard: str) -> set[str]:
    return {hazard}.union(*(upward(broader) for broader in REFERENCE.hazards[hazard].kind_of))


def years_meet(expertise: Expertise, asked: Understood) -> bool:
    known = [year for year in (expertise.since, expertise.until) if year is not None]
    if not known and (asked.years.since or asked.years.until):
        return False
    lasts = expertise.kind == "position" and expertise.since is not None and expertise.until is None
    reaches = asked.years.since is None or lasts or max(known) >= asked.years.since
    return reaches and (asked.years.until is None or min(known) <= asked.years.until)


def place_meets(city_id: str | None, country: str | None, slot: str, sought: str) -> bool:
    city = REFERENCE.cities.get(city_id or "")
    country = country or (city.country if city else None)
    if slot == "cities":
        return city is not None and sought in (city.id, city.district_of)
    if slot == "countries":
        return country == sought
    if slot == "regions":
        region = REFERENCE.countries[country].region if country else None
        while region is not None and region != sought:
            region = REFERENCE.regions[region].within
        return region == sought
    if sought == "small-island-state" and country == "FJ":
        return True
    return city is not None and known_trait(city, sought)


def known_trait(city: City, trait: str) -> bool:
    for place in (city, REFERENCE.cities.get(city.district_of or "")):
        for known in place.traits if place else ():
            if known.trait == trait:
                return known.value
    return False
