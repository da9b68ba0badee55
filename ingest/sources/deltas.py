"""Which river delta a place lies in, by a reference table of outlines."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from ingest.sources.geonames import kilometres_between
from ingest.tables import rows

Point = tuple[float, float]
"""Latitude and longitude in degrees."""


@dataclass(frozen=True, slots=True)
class Delta:
    """A river delta: its name, its outline (corners in order), and where the outline comes from."""

    name: str
    outline: tuple[Point, ...]
    source: str

    def holds(self, latitude: float, longitude: float) -> bool:
        """Whether a place lies inside the outline (a ray to the east crosses it an odd number of times)."""
        inside = False
        for (south, west), (north, east) in zip(self.outline, self.outline[1:] + self.outline[:1], strict=True):
            if (south > latitude) != (north > latitude):
                crossing = west + (latitude - south) / (north - south) * (east - west)
                inside ^= longitude < crossing
        return inside

    def distance(self, latitude: float, longitude: float) -> float:
        """Kilometres to the nearest corner or middle of a side of the outline; 0 inside."""
        if self.holds(latitude, longitude):
            return 0.0
        sides = zip(self.outline, self.outline[1:] + self.outline[:1], strict=True)
        middles = [((a[0] + b[0]) / 2, (a[1] + b[1]) / 2) for a, b in sides]
        return min(kilometres_between(latitude, longitude, *point) for point in (*self.outline, *middles))


class Deltas:
    """The reference table, with look-ups that first compare boxes of whole degrees."""

    def __init__(self, deltas: Sequence[Delta]) -> None:
        self.deltas = tuple(deltas)
        self._by_square: dict[tuple[int, int], list[Delta]] = {}
        self._near: dict[tuple[int, int], list[Delta]] = {}
        for delta in deltas:
            for square in _squares(delta, around=0):
                self._by_square.setdefault(square, []).append(delta)
            for square in _squares(delta, around=2):
                self._near.setdefault(square, []).append(delta)

    def at(self, latitude: float, longitude: float) -> Delta | None:
        """Return the delta that a place lies in; None where no outline holds it."""
        square = (int(latitude // 1), int(longitude // 1))
        return next((delta for delta in self._by_square.get(square, ()) if delta.holds(latitude, longitude)), None)

    def any_within(self, latitude: float, longitude: float, kilometres: float) -> bool:
        """Whether an outline lies within a distance of at most 100 km; looks two degrees around."""
        near = self._near.get((int(latitude // 1), int(longitude // 1)), ())
        return any(delta.distance(latitude, longitude) <= kilometres for delta in near)


def read_deltas() -> Deltas:
    """Read the reference table."""
    return Deltas([Delta(row["name"], _outline(row["outline"]), row["source"]) for row in rows("deltas.csv")])


def _outline(text: str) -> tuple[Point, ...]:
    corners = (corner.split() for corner in text.split(";"))
    return tuple((float(latitude), float(longitude)) for latitude, longitude in corners)


def _squares(delta: Delta, around: int) -> list[tuple[int, int]]:
    latitudes = [int(latitude // 1) for latitude, _ in delta.outline]
    longitudes = [int(longitude // 1) for _, longitude in delta.outline]
    return [
        (latitude, longitude)
        for latitude in range(min(latitudes) - around, max(latitudes) + around + 1)
        for longitude in range(min(longitudes) - around, max(longitudes) + around + 1)
    ]
