"""How far each city is from the sea, and on which landmass it stands.

From `coast.csv.gz`, made by `ingest.tables.make_coast` out of a land mask with cells of about one kilometre, and
`islands.csv`, which names the islands that the mask cannot tell.
"""

from __future__ import annotations

from dataclasses import dataclass

from ingest.sources.geonames import Place
from ingest.tables import rows

FARTHEST_KM = 300.0
"""The table tells distances up to here; a city at this distance may lie any distance farther."""

AUSTRALIA_KM2 = 7_600_000
"""The mask's Australia, without Tasmania, has 7,607,678 km2: land of that size and more is a continent."""


@dataclass(frozen=True, slots=True)
class Shore:
    """A city's distance from the sea, the area of its landmass, and that landmass's name where a person gave one."""

    sea_km: float
    landmass_km2: float | None
    landmass: str | None = None

    @property
    def on_island(self) -> bool | None:
        """Whether the landmass is smaller than Australia; None where it is not known."""
        return None if self.landmass_km2 is None else self.landmass_km2 < AUSTRALIA_KM2


@dataclass(frozen=True, slots=True)
class _Island:
    name: str
    country: str
    south: float
    north: float
    west: float
    east: float
    km2: float

    def holds(self, place: Place) -> bool:
        return (
            place.country == self.country
            and self.south <= place.latitude <= self.north
            and self.west <= place.longitude <= self.east
        )


class Coast:
    """Looks up the shore of a place; a place that is not in the table has none."""

    def __init__(self) -> None:
        self._shores = {
            row["id"]: Shore(float(row["sea_km"]), float(row["landmass_km2"]) if row["landmass_km2"] else None)
            for row in rows("coast.csv.gz")
        }
        self._islands = [
            _Island(
                row["name"], row["country"], *(float(row[side]) for side in ("south", "north", "west", "east", "km2"))
            )
            for row in rows("islands.csv")
        ]

    def of(self, place: Place) -> Shore | None:
        """Return the shore of a place; None where it is not known."""
        shore = self._shores.get(place.id)
        if shore is None:
            return None
        island = next((island for island in self._islands if island.holds(place)), None)
        return Shore(shore.sea_km, island.km2, island.name) if island else shore
