"""Conditions that a caller gives by their ids: each must be known, and has its name where none was given with it."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import replace
from functools import cached_property
from typing import TYPE_CHECKING, Any

from api.filters import WHERE
from graph.answers.known import known_ids, unknown
from graph.model.languages import language_names
from graph.model.places import TRAITS
from graph.model.questions import SLOTS, AskRequest, Filters, Term, Understood

if TYPE_CHECKING:
    from api.wiring import Network


def with_known(network: Network, request: AskRequest) -> AskRequest:
    """Return the request with the names of the conditions that were given.

    Raises WrongInput, naming the field, the value, and near ones or where the list is, for an id that is not known.
    """
    if request.understood is None and request.filters is None:
        return request
    known = _Known(network)
    understood, filters = request.understood, request.filters
    if understood is not None:
        understood = known.named(understood, "understood")
    if filters is not None:
        known.require("filters.kinds", "kinds", filters.kinds)
        known.require("filters.organisation_kinds", "organisation_kinds", filters.organisation_kinds)
        filters = Filters(known.named(filters.conditions, "filters"), filters.kinds, filters.organisation_kinds)
    return replace(request, understood=understood, filters=filters)


class _Known:
    """What one network knows, slot by slot."""

    def __init__(self, network: Network) -> None:
        self._network = network
        self._reference = network.index.reference

    def named(self, given: Understood, field: str) -> Understood:
        """Return the conditions with their names; those in groups have the names they have in their own lists."""
        slots: dict[str, Any] = {
            slot: tuple(self._named(term, slot, f"{field}.{slot}") for term in getattr(given, slot))
            for slot in (*SLOTS, "like")
        }
        names = {term.id: term.name for slot in SLOTS for term in slots[slot]}
        groups = tuple(
            tuple(replace(term, name=names.get(term.id, term.name)) if term.name == term.id else term for term in group)
            for group in given.any_of
        )
        return replace(given, **slots, any_of=groups)

    def require(self, field: str, slot: str, ids: Collection[str]) -> None:
        """Raise WrongInput for the first id that a slot may not hold."""
        known = known_ids(slot, self._reference) or ()
        for each in ids:
            if each not in known:
                raise unknown(field, each, {known_id: known_id for known_id in known})

    def _named(self, term: Term, slot: str, field: str) -> Term:
        name = self._city(term.id) if slot in ("cities", "like") else self._names[slot].get(term.id)
        if name is None and slot == "languages" and self._is_language(term.id):
            name = term.id
        if name is None:
            raise unknown(field, term.id, self._names.get(slot, {}), WHERE.get(slot, ""))
        # A condition that came without a name has its id for one.
        return replace(term, name=name) if term.name == term.id else term

    def _city(self, id: str) -> str | None:
        city = self._network.gazetteer.city(id) or self._reference.cities.get(id)
        return None if city is None else city.name

    def _is_language(self, tag: str) -> bool:
        return tag.casefold() in self._network.index.languages or tag.partition("-")[0].lower() in language_names()

    @cached_property
    def _names(self) -> Mapping[str, Mapping[str, str]]:
        reference = self._reference
        return {
            "hazards": {hazard.id: hazard.name for hazard in reference.hazards.values()},
            "measures": {measure.id: measure.name for measure in reference.measures.values()},
            "traits": {trait: trait.replace("-", " ") for trait in TRAITS} | dict(reference.traits),
            "countries": {country.code: country.name for country in reference.countries.values()},
            "regions": {region.code: region.name for region in reference.regions.values()},
            "languages": language_names(),
            "roles": {role: role.replace("-", " ") for role in known_ids("roles", reference) or ()},
        }
