"""Districts that GeoNames lists beside their cities without saying so.

Two rules find them: a curated table of large cities (`districts.csv`), and names that say whose district a place is
("Berlin-Kreuzberg", "Zürich (Kreis 9)", "Lyon 02", "Downtown Halifax") beside a far larger city. Both look only within
one country. A district that no rule knows stays a city: a wrong district would hide a real one.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from ingest.sources.geonames import LargestPlaces, Place, kilometres_between
from ingest.tables import rows

NAMED_WITHIN_KM = 20
TIMES_LARGER = 3
SMALLEST_CITY_WITH_DISTRICTS = 100_000
LISTED_WITHIN_KM = 60


@dataclass(frozen=True, slots=True)
class _Row:
    """A row of the table, with the place that is its city."""

    city: Place
    admin1: str
    kilometres: float
    apart: frozenset[str]
    listed: frozenset[str]

    def holds(self, place: Place) -> bool:
        if place.id == self.city.id or place.country != self.city.country or place.name in self.apart:
            return False
        if place.population >= self.city.population or (self.admin1 and place.admin1 != self.admin1):
            return False
        distance = _distance(place, self.city)
        return distance <= (LISTED_WITHIN_KM if place.name in self.listed else self.kilometres)


def find_districts(places: Sequence[Place]) -> dict[str, str]:
    """Return the city (id) of each place (id) that is a district; a district of a district belongs to the city."""
    table = _table(places)
    by_country: dict[str, list[_Row]] = defaultdict(list)
    for row in table:
        by_country[row.city.country].append(row)
    apart = {(row.city.country, name) for row in table for name in row.apart}
    found = {
        place.id: row.city.id
        for place in places
        for row in by_country.get(place.country, ())
        if abs(place.latitude - row.city.latitude) < 1 and row.holds(place)
    }
    cities = {row.city.id for row in table}
    for district, city in _named_districts(places):
        if district.id not in cities and (district.country, district.name) not in apart:
            found.setdefault(district.id, city.id)
    return {district: _outermost(city, found) for district, city in found.items()}


def _outermost(city: str, found: dict[str, str]) -> str:
    while city in found:
        city = found[city]
    return city


def _table(places: Sequence[Place]) -> list[_Row]:
    largest = LargestPlaces(places)
    return [
        _Row(
            city=largest.named(row["city"], row["country"], "districts.csv"),
            admin1=row["admin1"],
            kilometres=float(row["km"]),
            apart=_names(row["except"]),
            listed=_names(row["districts"]),
        )
        for row in rows("districts.csv")
    ]


def _names(text: str) -> frozenset[str]:
    return frozenset(name for name in text.split(";") if name)


def _named_districts(places: Sequence[Place]) -> Iterator[tuple[Place, Place]]:
    """Yield (district, city) where one of the district's names says so."""
    nearby: dict[tuple[str, int, int], list[Place]] = defaultdict(list)
    for place in places:
        if place.population >= SMALLEST_CITY_WITH_DISTRICTS:
            for square in _squares_around(place):
                nearby[square].append(place)
    for place in places:
        names = "\n".join((place.name, *place.names))
        for city in nearby.get((place.country, int(place.latitude // 1), int(place.longitude // 1)), ()):
            far_larger = city.population >= TIMES_LARGER * place.population and city.id != place.id
            says_so = far_larger and city.name in names and _says_district_of(city.name).search(names)
            if says_so and _distance(place, city) <= NAMED_WITHIN_KM:
                yield place, city
                break


def _squares_around(place: Place) -> list[tuple[str, int, int]]:
    latitude, longitude = int(place.latitude // 1), int(place.longitude // 1)
    return [(place.country, latitude + up, longitude + across) for up in (-1, 0, 1) for across in (-1, 0, 1)]


@cache
def _says_district_of(city: str) -> re.Pattern[str]:
    """Return the pattern of names that say "district of this city"."""
    name = re.escape(city)
    kinds = (
        rf"^{name}[- ]?(?:\d|[IVXL]+\.)",
        rf"^{name}-\w",
        rf"^{name} \(",
        rf"\S \({name}\)$",
        rf"^Downtown {name}$",
        rf"^{name} (?:city cent|City Cent|CBD)",
        rf"^(?:Borough|London Borough) of .*{name}",
    )
    return re.compile("|".join(kinds), re.MULTILINE)


def _distance(place: Place, other: Place) -> float:
    return kilometres_between(place.latitude, place.longitude, other.latitude, other.longitude)
