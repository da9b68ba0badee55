"""The real cities in which the made-up careers take place."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property

from graph.model.places import City
from ingest.sources.names import normalised
from ingest.synthetic.climates import Site, plausible_hazards

LARGEST_TOWNS = 20
DELTA_TOWNS = 8
"""How many of a country's largest towns are used, and how many more that lie in a delta."""
_SUBURB_KM = 15.0
_SUBURB_RATIO = 3
"""A place this near to one with this many times its people is taken for a suburb, and not used."""
_CANDIDATES = 120
_FEWEST_PEOPLE = 2_000
_ARTICLES = frozenset({"Le", "La", "Les", "Los", "Las", "El", "The", "O", "A"})
"""Names that begin with one of these melt into the words before them in several languages, and are not used."""


@dataclass(frozen=True)
class Town:
    """A city with a name that, with its country, means no other city."""

    id: str
    name: str
    country: str
    country_name: str
    population: int
    site: Site

    @cached_property
    def hazards(self) -> Mapping[str, float]:
        """Plausible hazards with their commonness."""
        return plausible_hazards(self.site)

    @property
    def weight(self) -> float:
        """How many of a country's careers it draws, relative to others."""
        return math.sqrt(self.population)


def choose_towns(cities: Iterable[City], country_names: Mapping[str, str]) -> dict[str, tuple[Town, ...]]:
    """Return the largest cities of each country by country code, largest first; without districts and unclear names."""
    by_country: dict[str, list[City]] = defaultdict(list)
    for city in cities:
        if city.country in country_names:
            by_country[city.country].append(city)
    towns: dict[str, tuple[Town, ...]] = {}
    for country, members in sorted(by_country.items()):
        candidates = _without_suburbs(_unmistakable(members))
        everywhere = [_town(city, country_names[country]) for city in candidates]
        in_deltas = [town for town in everywhere[LARGEST_TOWNS:] if "delta" in town.site.traits]
        chosen = (*everywhere[:LARGEST_TOWNS], *in_deltas[:DELTA_TOWNS])
        if chosen:
            towns[country] = chosen
    return towns


def _without_suburbs(ordered: list[City]) -> list[City]:
    """Keep cities, given largest first, that are not close to a much larger one."""
    kept: list[City] = []
    for city in ordered[:_CANDIDATES]:
        if not any(
            larger.population >= _SUBURB_RATIO * city.population and _kilometres(larger, city) < _SUBURB_KM
            for larger in kept
        ):
            kept.append(city)
    return kept


def _kilometres(one: City, other: City) -> float:
    """Distance on a flat map, good enough within a region."""
    north = (one.latitude - other.latitude) * 111.2
    east = (one.longitude - other.longitude) * 111.2 * math.cos(math.radians(one.latitude))
    return math.hypot(north, east)


def _unmistakable(cities: list[City]) -> list[City]:
    """Cities whose usual name is no name of another city of the same country, largest first."""
    bearers: dict[str, str] = {}
    shared: set[str] = set()
    for city in cities:
        for name in map(normalised, (city.name, *city.names)):
            if bearers.setdefault(name, city.id) != city.id:
                shared.add(name)
    return [
        city
        for city in sorted(cities, key=lambda city: (-city.population, city.id))
        if city.district_of is None
        and city.population >= _FEWEST_PEOPLE
        and city.name.split()[0] not in _ARTICLES
        and normalised(city.name) not in shared
    ]


def _town(city: City, country_name: str) -> Town:
    traits = frozenset(trait.trait for trait in city.traits if trait.value)
    site = Site(city.country, city.latitude, traits)
    return Town(city.id, city.name, city.country, country_name, city.population, site)
