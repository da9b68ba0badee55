"""Filters as people type or click them, to conditions: an id or a name, checked against what the network knows."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from graph.answers.known import unknown
from graph.model.languages import language_names
from graph.model.people import EXPERTISE_KINDS, ORGANISATION_KINDS, ROLES
from graph.model.questions import Filters, Term, Understood, Years

if TYPE_CHECKING:
    from graph.index.reference import Reference

WHERE = {
    "hazards": "All are in GET /hazards.",
    "measures": "All are in GET /measures.",
    "cities": "Look cities up with GET /cities?search=NAME or c2c city NAME.",
    "like": "Look cities up with GET /cities?search=NAME or c2c city NAME.",
    "countries": "Countries have their two letters of ISO 3166, such as VN.",
    "regions": "Regions have their three digits of UN M49, such as 142.",
    "languages": "Languages have their tags of BCP 47, such as fr.",
}
"""Where the ids of a slot are, for whoever gave one that is not known."""


@dataclass(frozen=True, slots=True)
class FilterWords:
    """What was typed, slot by slot: ids or names; None where nothing was."""

    hazards: Sequence[str] | None = None
    measures: Sequence[str] | None = None
    traits: Sequence[str] | None = None
    countries: Sequence[str] | None = None
    regions: Sequence[str] | None = None
    languages: Sequence[str] | None = None
    roles: Sequence[str] | None = None
    since: int | None = None
    until: int | None = None
    kinds: Sequence[str] | None = None
    organisation_kinds: Sequence[str] | None = None


def filters(words: FilterWords, reference: Reference) -> Filters | None:
    """Return the filters that the words mean, or None where there are none.

    Raises WrongInput, naming the value and the nearest ones, for a value the network does not know.
    """
    if words == FilterWords():
        return None
    countries = _countries(words.countries, reference)
    regions = _terms(
        "region", words.regions, {key: region.name for key, region in reference.regions.items()}, place=True
    )
    roles = _terms("role", words.roles, {role: role for role in ROLES})
    return Filters(
        Understood(
            hazards=_terms("hazard", words.hazards, {key: hazard.name for key, hazard in reference.hazards.items()}),
            measures=_terms(
                "measure", words.measures, {key: measure.name for key, measure in reference.measures.items()}
            ),
            traits=_terms("trait", words.traits, reference.traits, place=True),
            countries=countries,
            regions=regions,
            languages=_languages(words.languages),
            roles=roles,
            # Nobody did one thing in two countries or roles: several mean either.
            any_of=tuple(group for group in (countries, regions, roles) if len(group) > 1),
            years=Years(words.since, words.until),
        ),
        kinds=tuple(_known("kind", kind, EXPERTISE_KINDS) for kind in words.kinds or ()),
        organisation_kinds=tuple(
            _known("organisation kind", kind, ORGANISATION_KINDS) for kind in words.organisation_kinds or ()
        ),
    )


def _terms(what: str, given: Sequence[str] | None, names: Mapping[str, str], place: bool = False) -> tuple[Term, ...]:
    by_name = {name.casefold(): key for key, name in names.items()}
    found = []
    for value in given or ():
        typed = value.strip()
        key = typed if typed in names else by_name.get(typed.casefold()) or typed.casefold().replace(" ", "-")
        if key not in names:
            raise unknown(what, value, names, WHERE.get(f"{what}s", ""))
        found.append(Term(key, names[key], bound="gained_in" if place else None))
    return tuple(found)


def _countries(given: Sequence[str] | None, reference: Reference) -> tuple[Term, ...]:
    from ingest.sources.cities_by_name import country_code

    found = []
    for value in given or ():
        code = country_code(value)
        if code is None or code not in reference.countries:
            raise unknown(
                "country",
                value,
                {key: country.name for key, country in reference.countries.items()},
                WHERE["countries"],
            )
        found.append(Term(code, reference.countries[code].name, bound="gained_in"))
    return tuple(found)


def _languages(given: Sequence[str] | None) -> tuple[Term, ...]:
    return _terms("language", given, language_names())


def _known(what: str, value: str, allowed: Sequence[str]) -> str:
    if value not in allowed:
        raise unknown(what, value, {each: each for each in allowed})
    return value
