"""What of the question an expertise or a person lacks, in words; what is not known is said to be so."""

from __future__ import annotations

from graph.answers.conditions import Condition, Member
from graph.index.arrays import holds
from graph.index.searching import SearchIndex
from graph.model.answers import Evidence

_SLOT_WORDS = {
    "hazards": "hazard",
    "measures": "measure",
    "traits": "trait",
    "cities": "city",
    "countries": "country",
    "regions": "region",
    "languages": "language",
    "roles": "role",
    "since": "years",
    "until": "years",
    "kinds": "kind",
    "organisation_kinds": "organisation kind",
}
_BOUND_WORDS = {"lives_in": "lives in", "from": "from"}


def missing(index: SearchIndex, condition: Condition, person: int, row: int, item: Evidence, elsewhere: bool) -> str:
    """Return what is missing where a row does not meet a condition: "hazard: coastal flooding", "years not known".

    `elsewhere` tells that another expertise of the person meets it: weaker than one that meets everything.
    """
    if elsewhere:
        return f"in another expertise only: {_named(condition)}"
    unknown = [_not_known(index, member, person, row, item) for member in condition.members]
    said = [word for word in dict.fromkeys(unknown) if word is not None]
    return " or ".join(said) if len(said) and None not in unknown else _named(condition)


def _named(condition: Condition) -> str:
    names: dict[str, list[str]] = {}
    for member in condition.members:
        words = _BOUND_WORDS.get(member.bound or "") or _SLOT_WORDS[member.slot]
        names.setdefault(words, []).append(member.term.name or member.term.id)
    return " or ".join(f"{words}: {' or '.join(each)}" for words, each in names.items())


def _not_known(index: SearchIndex, member: Member, person: int, row: int, item: Evidence) -> str | None:
    """Return what is not known of the row or the person, or None where it is known and simply otherwise."""
    match member.slot:
        case "since" | "until":
            return _years_not_known(member, item)
        case "roles":
            return "role not known" if item.role is None else None
        case "languages":
            return None if index.people.languages[:, person].any() else "languages not known"
        case "organisation_kinds":
            return "organisation kind not known" if index.people.organisation_kind[person] < 0 else None
        case "traits" | "cities" | "countries" | "regions":
            return _place_not_known(index, member, person, row)
    return None


def _years_not_known(member: Member, item: Evidence) -> str | None:
    if item.since is None and item.until is None:
        return "years not known"
    if member.slot == "since":
        return "last year not known" if item.until is None else None
    return "first year not known" if item.since is None else None


def _place_not_known(index: SearchIndex, member: Member, person: int, row: int) -> str | None:
    people, rows = index.people, index.rows
    if member.slot == "traits" and not _is_known_anywhere(index, member.term.id):
        return f"{member.term.name or member.term.id}: not known yet"
    if member.bound == "gained_in":
        whose, city, country = "", int(rows.city[row]), int(rows.country[row])
    elif member.bound == "lives_in":
        whose, city, country = "home ", int(people.home_city[person]), int(people.home_country[person])
    else:
        whose, city, country = "origin: ", -1, int(people.origin[person])
    if member.slot in ("countries", "regions"):
        return f"{whose}country not known" if country < 0 else None
    if member.slot == "cities":
        return f"{whose}city not known" if city < 0 else None
    return _trait_not_known(index, member, whose, city, country)


def _trait_not_known(index: SearchIndex, member: Member, whose: str, city: int, country: int) -> str | None:
    places = index.places
    position = places.trait_position(member.term.id)
    if position is None or holds(places.lacks, position)[city] or holds(places.country_lacks, position)[country]:
        return None
    if city < 0:
        return f"{whose}city not known"
    name = index.reference.cities[index.city_ids[city]].name
    return f"{member.term.name or member.term.id}: not known of {name}"


def _is_known_anywhere(index: SearchIndex, trait: str) -> bool:
    position = index.places.trait_position(trait)
    if position is None:
        return False
    return bool(holds(index.places.has, position).any() or holds(index.places.lacks, position).any())
