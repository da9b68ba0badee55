"""Which traits a city has, each with its ground. A trait is yes, no, or unknown, and unknown is no record."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from graph.model.places import CityTrait, Trait
from ingest.sources.capitals import find_capitals
from ingest.sources.coast import FARTHEST_KM, Coast
from ingest.sources.deltas import read_deltas
from ingest.sources.geonames import Land, Place
from ingest.sources.megacities import find_megacities
from ingest.tables import rows

COASTAL_KM, INLAND_KM = 10, 30
FAR_FROM_SEA_KM, FAR_FROM_DELTA_KM = FARTHEST_KM, 100
FAR_INLAND = f"{FAR_FROM_SEA_KM:.0f} km or more from the sea, and {FAR_FROM_DELTA_KM} km from any delta of the table"
SECONDARY_FROM, SECONDARY_TO = 100_000, 5_000_000

TRAIT_RULES = (
    Trait("delta", "delta", "The city lies inside the outline of a river delta in the reference table.", False),
    Trait("coastal", "coastal", "The sea is within 10 km; beyond 30 km it is not; in between is unknown.", False),
    Trait(
        "island",
        "island",
        "The city stands on land smaller than Australia with sea all around; a strait narrower than about one "
        "kilometre does not make an island, but for the few that the table of islands names.",
        True,
    ),
    Trait(
        "small-island-state",
        "small island state",
        "The country is on the United Nations' list of small island developing States.",
        True,
    ),
    Trait(
        "megacity",
        "megacity",
        "The city, or the city that it is a district of, gives its name to an agglomeration of 10 million and more.",
        True,
    ),
    Trait(
        "secondary-city",
        "secondary city",
        "100,000 to 5 million people, not the capital, no megacity, and no district of another city.",
        True,
    ),
    Trait("capital", "capital", "The city is the capital of its country or territory.", True),
)
"""The traits that cities carry today."""


class TraitReader:
    """Concludes traits from the reference tables, which it reads once."""

    def __init__(self, places: Sequence[Place], countries: Sequence[Land], city_of_district: Mapping[str, str]) -> None:
        self._coast = Coast()
        self._deltas = read_deltas()
        self._no_delta = {(row["country"], row["city"]): row["ground"] for row in rows("no_deltas.csv")}
        self._island_states = {row["country"]: row["name"] for row in rows("small_island_states.csv")}
        self._megacities = find_megacities(places, city_of_district)
        self._capitals = find_capitals(places, countries, city_of_district)
        self._city_of_district = city_of_district

    def of(self, place: Place) -> tuple[CityTrait, ...]:
        """Return what is known of a place, in the order of `TRAIT_RULES`."""
        return tuple(self._known(place))

    def _known(self, place: Place) -> Iterator[CityTrait]:
        yield from self._delta(place)
        yield from self._coastal(place)
        yield from self._island(place)
        if state := self._island_states.get(place.country):
            yield CityTrait("small-island-state", True, f"{state} is on the UN list of small island developing States")
        if ground := self._megacities.get(place.id):
            yield CityTrait("megacity", True, ground)
        yield from self._secondary(place)
        if ground := self._capitals.get(place.id):
            yield CityTrait("capital", True, ground)

    def _delta(self, place: Place) -> Iterator[CityTrait]:
        if delta := self._deltas.at(place.latitude, place.longitude):
            yield CityTrait("delta", True, f"inside the outline of the {delta.name} ({delta.source})")
        elif ground := self._no_delta.get((place.country, place.name)):
            yield CityTrait("delta", False, ground)
        elif self._is_far_inland(place):
            yield CityTrait("delta", False, FAR_INLAND)

    def _is_far_inland(self, place: Place) -> bool:
        shore = self._coast.of(place)
        return (
            shore is not None
            and shore.sea_km >= FAR_FROM_SEA_KM
            and not self._deltas.any_within(place.latitude, place.longitude, FAR_FROM_DELTA_KM)
        )

    def _coastal(self, place: Place) -> Iterator[CityTrait]:
        shore = self._coast.of(place)
        if shore is None or COASTAL_KM < shore.sea_km <= INLAND_KM:
            return
        near = shore.sea_km <= COASTAL_KM
        distance = f"{FARTHEST_KM:.0f} km or more" if shore.sea_km >= FARTHEST_KM else f"{shore.sea_km:.0f} km"
        yield CityTrait("coastal", near, f"the sea is {distance} away by global-land-mask")

    def _island(self, place: Place) -> Iterator[CityTrait]:
        shore = self._coast.of(place)
        if shore is not None and shore.on_island:
            name = f"{shore.landmass}, " if shore.landmass else ""
            yield CityTrait("island", True, f"on {name}land of about {shore.landmass_km2:,.0f} km2 with sea all around")

    def _secondary(self, place: Place) -> Iterator[CityTrait]:
        is_other = place.id in self._city_of_district or place.id in self._capitals or place.id in self._megacities
        if not is_other and SECONDARY_FROM <= place.population <= SECONDARY_TO:
            yield CityTrait("secondary-city", True, f"{place.population:,} people in GeoNames, and not the capital")
