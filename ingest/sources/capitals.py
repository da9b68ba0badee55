"""Which cities are capitals: the names that GeoNames gives its countries, matched with its places."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from ingest.sources.geonames import Land, Place
from ingest.sources.names import normalised
from ingest.tables import rows


def find_capitals(
    places: Iterable[Place], countries: Sequence[Land], city_of_district: Mapping[str, str]
) -> dict[str, str]:
    """Return the ground for each place (id) that is a capital.

    In each country the place whose name is the capital's, else one that has it among its other names; of several the
    one with most people. A capital of fewer than 15,000 people that the source leaves out has no place to be found.
    """
    by_country: dict[str, list[Place]] = defaultdict(list)
    for place in places:
        if place.id not in city_of_district:
            by_country[place.country].append(place)
    found: dict[str, str] = {}
    for country in countries:
        if country.capital and (city := _named(by_country[country.code], country.capital)):
            found[city.id] = f"capital of {country.name} in GeoNames"
    for row in rows("capitals.csv"):
        if city := _named(by_country[row["country"]], row["city"]):
            found[city.id] = row["ground"]
    return found


def _named(places: Iterable[Place], name: str) -> Place | None:
    """Return the place of that name with most people; its own name goes before its other names."""
    wanted = normalised(name)
    called = [
        (normalised(place.name) == wanted, place.population, place)
        for place in places
        if wanted == normalised(place.name) or any(wanted == normalised(other) for other in place.names)
    ]
    return max(called, key=lambda match: match[:2])[2] if called else None
