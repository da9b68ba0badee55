"""Which cities are megacities, by the United Nations' World Urbanization Prospects."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from ingest.sources.geonames import LargestPlaces, Place
from ingest.tables import rows

SOURCE = "UN World Urbanization Prospects 2018"


def find_megacities(places: Sequence[Place], city_of_district: Mapping[str, str]) -> dict[str, str]:
    """Return the ground for each place (id) that gives its name to a megacity or is a district of one that does."""
    largest = LargestPlaces(place for place in places if place.id not in city_of_district)
    found: dict[str, str] = {}
    for row in rows("megacities.csv"):
        ground = f"agglomeration {row['agglomeration']}: {int(row['thousands']):,} thousand people in 2018 ({SOURCE})"
        for name in row["cities"].split(";"):
            found[largest.named(name, row["country"], "megacities.csv").id] = ground
    for place in places:
        city = city_of_district.get(place.id)
        if city in found:
            found[place.id] = f"district of a city in the {found[city]}"
    return found
