"""The ids that a condition may name, and the nearest ones to one that it may not."""

from __future__ import annotations

from collections.abc import Collection
from difflib import get_close_matches

from graph.errors import WrongInput
from graph.index.reference import Reference
from graph.model.people import EXPERTISE_KINDS, ORGANISATION_KINDS, ROLES
from graph.model.places import TRAITS

_NAMED = 12


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
        raise unknown(slot, sought, known)


def unknown(slot: str, sought: str, known: Collection[str], where: str = "") -> WrongInput:
    """Return the error for an id that a slot may not hold: the nearest of those it may, and where all are."""
    near = get_close_matches(sought[:80].casefold(), known, n=3, cutoff=0.5)
    if near:
        mend = f"Perhaps: {', '.join(near)}."
    else:
        mend = f"Use one of: {', '.join(sorted(known)[:_NAMED])}{', …' if len(known) > _NAMED else ''}."
    return WrongInput(f"{slot}: there is no {sought[:80]!r}.", f"{mend} {where}".strip())
