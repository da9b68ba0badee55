"""Fill `deltas.csv`: the rows that name a delta of Edmonds et al. get its outline; those drawn by hand stay.

Run as `python -m ingest.tables.make_deltas EDMONDS.csv` with the supplementary data of Edmonds, D. A. et al., Coastal
flooding will disproportionately impact people on river deltas, Nature Communications 11, 4741 (2020), CC BY 4.0, as a
file with the columns delta_id, mouth_lat, mouth_lon and the same for apex, side1, side2 and shore.
The outline of a delta is the convex hull of these five points.
"""

from __future__ import annotations

import csv
import sys
from pathlib import Path

from ingest.tables import TABLES, rows

POINTS = ("mouth", "apex", "side1", "side2", "shore")
COLUMNS = ("name", "edmonds", "source", "outline")
SOURCE = "Edmonds et al. 2020, delta {}, CC BY 4.0"

Point = tuple[float, float]


def turn(origin: Point, one: Point, other: Point) -> float:
    """Positive where the way from `origin` over `one` to `other` turns left."""
    return (one[0] - origin[0]) * (other[1] - origin[1]) - (one[1] - origin[1]) * (other[0] - origin[0])


def hull(points: list[Point]) -> list[Point]:
    """Return the corners of the convex hull in order (Andrew's monotone chain)."""

    def chain(ordered: list[Point]) -> list[Point]:
        corners: list[Point] = []
        for point in ordered:
            while len(corners) > 1 and turn(corners[-2], corners[-1], point) <= 0:
                corners.pop()
            corners.append(point)
        return corners[:-1]

    return chain(sorted(points)) + chain(sorted(points, reverse=True))


def main(edmonds: Path) -> None:
    """Rewrite the table."""
    with edmonds.open(encoding="utf-8", newline="") as file:
        by_number = {row["delta_id"]: row for row in csv.DictReader(file)}
    table = rows("deltas.csv")
    for row in table:
        if number := row["edmonds"]:
            delta = by_number[number]
            corners = hull([(float(delta[f"{point}_lat"]), float(delta[f"{point}_lon"])) for point in POINTS])
            row["outline"] = ";".join(f"{latitude:.3f} {longitude:.3f}" for latitude, longitude in corners)
            row["source"] = SOURCE.format(number)
    with (TABLES / "deltas.csv").open("w", encoding="utf-8", newline="") as file:
        file.write("# Outlines as latitude and longitude of their corners. By hand: see docs/places.md.\n")
        writer = csv.DictWriter(file, COLUMNS, lineterminator="\n")
        writer.writeheader()
        writer.writerows(table)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
