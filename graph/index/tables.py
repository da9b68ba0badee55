"""What follows from a place, as look-up tables: one value for each city or country that people refer to.

Each table has one entry more than there are places, so that position -1, an unknown place, finds False or none.
"""

from __future__ import annotations

from collections.abc import Collection
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from graph.index.arrays import Bits, as_bits, pack
from graph.index.reference import Reference
from graph.index.reference_file import region_chain
from graph.model.places import City

COUNTRYWIDE_TRAITS = frozenset({"small-island-state"})
"""Traits of whole countries: known of a country as soon as they are known of one of its cities."""


class PlaceTables:
    """Tables over the cities and countries of a reference, in the order of its mappings."""

    def __init__(self, reference: Reference) -> None:
        """Prepare nothing yet: a table is made when first asked for."""
        self._reference = reference
        self.trait_ids: tuple[str, ...] = tuple(reference.traits)
        self.region_ids: tuple[str, ...] = tuple(reference.regions)

    @cached_property
    def has(self) -> Bits:
        """Traits that each city is known to have, as sets of positions in `trait_ids`, shape (words, cities + 1)."""
        return self._traits(True)

    @cached_property
    def lacks(self) -> Bits:
        """Traits that each city is known to lack."""
        return self._traits(False)

    @cached_property
    def country_has(self) -> Bits:
        """Countrywide traits that each country has, shape (words, countries + 1)."""
        return self._countrywide(True)

    @cached_property
    def country_lacks(self) -> Bits:
        """Countrywide traits that each country lacks."""
        return self._countrywide(False)

    @cached_property
    def regions(self) -> Bits:
        """Regions that each country lies in, as sets of positions in `region_ids`, shape (words, countries + 1)."""
        position = {code: place for place, code in enumerate(self.region_ids)}
        chains = [region_chain(self._reference, code) for code in self._reference.countries]
        sets = [as_bits(position[code] for code in chain if code in position) for chain in chains]
        return pack([*sets, 0], len(position))

    def city_or_district(self, city: str) -> NDArray[np.bool_]:
        """Return which cities are this one or a district of it, shape (cities + 1,)."""
        found = np.zeros(len(self._reference.cities) + 1, np.bool_)
        found[self._places_of_city.get(city, [])] = True
        return found

    def countries(self, codes: Collection[str]) -> NDArray[np.bool_]:
        """Return which countries are among the codes, shape (countries + 1,)."""
        found = np.zeros(len(self._reference.countries) + 1, np.bool_)
        found[[self._place_of_country[code] for code in codes if code in self._place_of_country]] = True
        return found

    def trait_position(self, trait: str) -> int | None:
        """Return the position of a trait, None where the network has none of that id."""
        return self.trait_ids.index(trait) if trait in self.trait_ids else None

    @cached_property
    def _places_of_city(self) -> dict[str, list[int]]:
        """Where each city and its districts stand, by its id."""
        found: dict[str, list[int]] = {}
        for place, city in enumerate(self._reference.cities.values()):
            found.setdefault(city.id, []).append(place)
            if city.district_of is not None:
                found.setdefault(city.district_of, []).append(place)
        return found

    @cached_property
    def _place_of_country(self) -> dict[str, int]:
        return {code: place for place, code in enumerate(self._reference.countries)}

    def _traits(self, value: bool) -> Bits:
        position = {trait: place for place, trait in enumerate(self.trait_ids)}
        sets = []
        for city in self._reference.cities.values():
            known = self._known_traits(city)
            sets.append(
                as_bits(position[trait] for trait, held in known.items() if held is value and trait in position)
            )
        return pack([*sets, 0], len(position))

    def _known_traits(self, city: City) -> dict[str, bool]:
        # A district has what its city has, unless something else is known of the district itself.
        whole = self._reference.cities.get(city.district_of or "")
        known = {trait.trait: trait.value for trait in whole.traits} if whole else {}
        return known | {trait.trait: trait.value for trait in city.traits}

    def _countrywide(self, value: bool) -> Bits:
        position = {trait: place for place, trait in enumerate(self.trait_ids)}
        held: dict[str, int] = dict.fromkeys(self._reference.countries, 0)
        for city in self._reference.cities.values():
            found = {t.trait for t in city.traits if t.value is value} & COUNTRYWIDE_TRAITS & position.keys()
            held[city.country] = held.get(city.country, 0) | as_bits(position[trait] for trait in found)
        return pack([*(held[code] for code in self._reference.countries), 0], len(position))
