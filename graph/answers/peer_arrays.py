"""What peers are compared by, as arrays over cities."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from graph.index.arrays import holds
from graph.index.reference_file import region_chain
from graph.index.searching import SearchIndex
from graph.model.places import City, Exposure, Grain

Floats = NDArray[np.float32]

_LEVELS: dict[str | None, float] = {"high": 1.0, "medium": 0.6, "low": 0.2, "very low": 0.0, None: 0.6}
_DERIVED = _LEVELS[None]
"""A hazard that follows from a trait, without a level, counts as medium."""
_ENOUGH_PEOPLE = 5
"""From so many people on, the experience of a city with a hazard counts in full."""


@dataclass(frozen=True)
class PeerArrays:
    """Cities and what they are compared by; the columns of the matrices are hazards or traits of the reference.

    `own`, `derived` (from traits) and `country` are levels from 0 to 1, kept apart so that neither of the others is
    ever shown as the city's own. `experienced` counts people by hazard who gained expertise there.
    """

    cities: tuple[City, ...]
    own: Floats
    derived: Floats
    country: Floats
    traits: Floats
    trait_weight: Floats
    experienced: Floats
    population: NDArray[np.int64]
    regions: tuple[tuple[str, ...], ...]
    id_rank: NDArray[np.int64]

    @classmethod
    def of(
        cls, cities: Sequence[City], country_exposure: Mapping[str, Sequence[Exposure]], index: SearchIndex
    ) -> PeerArrays:
        """Read what is compared from cities, their countries, and the people of the index."""
        return replace(cls.alone(cities, country_exposure, index), experienced=_experienced(cities, index))

    @classmethod
    def alone(
        cls, cities: Sequence[City], country_exposure: Mapping[str, Sequence[Exposure]], index: SearchIndex
    ) -> PeerArrays:
        """Read what is compared from cities and their countries, as if nobody had gained expertise there."""
        hazard, traits = index.hazard_position, index.places.trait_ids
        countries = {city.country for city in cities}
        levels = {code: _levels(country_exposure.get(code, ()), hazard) for code in countries}
        has = np.zeros((len(cities), len(traits)), np.float32)
        trait_place = {trait: place for place, trait in enumerate(traits)}
        for row, city in enumerate(cities):
            for trait in city.traits:
                if trait.value and trait.trait in trait_place:
                    has[row, trait_place[trait.trait]] = 1
        ids = [city.id for city in cities]
        rank = np.empty(len(ids), np.int64)
        rank[sorted(range(len(ids)), key=ids.__getitem__)] = np.arange(len(ids))
        chains = {code: region_chain(index.reference, code) for code in countries}
        return cls(
            cities=tuple(cities),
            own=_stack([_levels(_of_grain(city, "city"), hazard) for city in cities], len(hazard)),
            derived=_stack([_levels(_of_grain(city, "derived"), hazard) for city in cities], len(hazard)),
            country=_stack([levels[city.country] for city in cities], len(hazard)),
            traits=has,
            trait_weight=_rarity(has),
            experienced=np.zeros((len(cities), len(hazard)), np.float32),
            population=np.array([city.population for city in cities], np.int64),
            regions=tuple(chains[city.country] for city in cities),
            id_rank=rank,
        )

    @property
    def exposure(self) -> Floats:
        """The highest of a city's own level, the one that follows from its traits, and its country's."""
        return np.maximum(np.maximum(self.own, self.derived), self.country)

    def likeness(self, asking: PeerArrays) -> dict[str, Floats]:
        """Return how alike each city is to the one asking, 0 to 1, by part."""
        faced = asking.exposure[0]
        return {
            "exposure": _shared(self.exposure, faced),
            "traits": _shared(self.traits * self.trait_weight, asking.traits[0] * self.trait_weight),
            "experience": _ratio(
                (faced * np.minimum(1, np.log1p(self.experienced) / np.log1p(_ENOUGH_PEOPLE))).sum(axis=1), faced.sum()
            ),
            "size": _same_size(self.population, int(asking.population[0])),
            "region": np.array([_same_region(chain, asking.regions[0]) for chain in self.regions], np.float32),
        }


def _of_grain(city: City, grain: Grain) -> Iterator[Exposure]:
    return (exposure for exposure in city.exposure if exposure.grain == grain)


def _levels(exposures: Iterable[Exposure], hazard: Mapping[str, int]) -> Floats:
    levels = np.zeros(len(hazard), np.float32)
    for exposure in exposures:
        if exposure.hazard in hazard:
            place = hazard[exposure.hazard]
            levels[place] = max(levels[place], _LEVELS.get(exposure.level, _DERIVED))
    return levels


def _stack(rows: Sequence[Floats], width: int) -> Floats:
    return np.array(rows, np.float32).reshape(len(rows), width)


def _rarity(has: Floats) -> Floats:
    """Return a weight for each trait: what few of the cities have tells more than what most have."""
    share = (has.sum(axis=0) + 1) / (len(has) + 2)
    return np.asarray(-np.log(share), np.float32)


def _experienced(cities: Sequence[City], index: SearchIndex) -> Floats:
    place = {city.id: row for row, city in enumerate(cities)}
    # What was gained in a district counts for the city it belongs to.
    whole = [place.get(city.district_of or city.id, -1) for city in index.reference.cities.values()]
    at = np.array([*whole, -1], np.int64)[index.rows.city]
    counted = np.zeros((len(cities), len(index.hazard_position)), np.float32)
    for column in range(counted.shape[1]):
        rows = np.flatnonzero(holds(index.rows.hazards, column) & (at >= 0))
        pairs = np.unique(at[rows] * len(index.keys) + index.rows.person[rows]) if len(rows) else rows
        counted[:, column] = np.bincount(pairs // max(1, len(index.keys)), minlength=len(cities))
    return counted


def _shared(candidates: Floats, asking: Floats) -> Floats:
    return _ratio(np.minimum(candidates, asking).sum(axis=1), np.maximum(candidates, asking).sum(axis=1))


def _ratio(part: Floats, whole: Floats | np.float32) -> Floats:
    return np.asarray(np.where(whole > 0, part / np.maximum(whole, 1e-9), 0), np.float32)


def _same_size(population: NDArray[np.int64], asking: int) -> Floats:
    """Return 1 for the same number of inhabitants, 0 from ten times as many or as few."""
    distance = np.abs(np.log10(np.maximum(population, 1)) - np.log10(max(asking, 1)))
    return np.asarray(np.maximum(0, 1 - distance), np.float32)


def _same_region(chain: Sequence[str], asking: Sequence[str]) -> float:
    """Return 1 in the same innermost region, half where only a wider one that is not the whole world is shared."""
    if chain and asking and chain[0] == asking[0]:
        return 1.0
    return 0.5 if set(chain[:-1]) & set(asking[:-1]) else 0.0
