"""The ids that a condition may name, and the nearest ones to one that it may not."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from difflib import get_close_matches

from graph.errors import WrongInput
from graph.index.reference import Reference
from graph.model.people import EXPERTISE_KINDS, ORGANISATION_KINDS, ROLES
from graph.model.places import TRAITS

_NAMED = 12
_NEAR = 0.6
_SHOWN = 80


def known_ids(slot: str, reference: Reference) -> Collection[str] | None:
    """Return the ids that a slot may hold, None where the search index alone does not know them all."""
    match slot:
        case "hazards":
            return reference.hazards
        case "measures":
            return reference.measures
        case "traits":
            return {*TRAITS, *reference.traits}
        case "countries":
            return reference.countries
        case "regions":
            return reference.regions
        case "roles":
            return ROLES
        case "kinds":
            return EXPERTISE_KINDS
        case "organisation_kinds":
            return ORGANISATION_KINDS
    return None


def require_known(slot: str, sought: str, reference: Reference) -> None:
    """Raise WrongInput, with the nearest ids, where a slot may not hold this one."""
    known = known_ids(slot, reference)
    if known is not None and sought not in known:
        raise unknown(slot, sought, {each: each for each in known})


def unknown(field: str, sought: str, names: Mapping[str, str], where: str = "") -> WrongInput:
    """Return the error for a value that a field may not hold, with the nearest it may, or where all of them are.

    `names` are those of all ids that the field may hold; `where` says where they can be looked up.
    """
    sought = sought if len(sought) <= _SHOWN else f"{sought[:_SHOWN]}…"
    return WrongInput(f"{field}: there is no {sought!r} in the network.", _mend(sought, names, where))


def _mend(sought: str, names: Mapping[str, str], where: str) -> str:
    ids = {word.casefold(): id_ for id_, name in names.items() for word in (name, id_)}
    near = dict.fromkeys(ids[word] for word in get_close_matches(sought.casefold(), ids, n=4, cutoff=_NEAR))
    if near:
        said = (id_ if names[id_].casefold() in ("", id_.casefold()) else f"{id_} ({names[id_]})" for id_ in near)
        return f"Perhaps: {', '.join(said)}. {where}".strip()
    if where:
        return where
    return f"Use one of: {', '.join(sorted(names)[:_NAMED])}{', …' if len(names) > _NAMED else ''}."
