"""The United Nations' M49 regions, and the innermost region of each country."""

from __future__ import annotations

from graph.model.places import Region
from ingest.tables import rows


def read_regions() -> tuple[Region, ...]:
    """Return the regions, each after the one that it lies in; 001 is the world."""
    return tuple(Region(row["code"], row["name"], row["within"] or None) for row in rows("m49_regions.csv"))


def region_of_country() -> dict[str, str]:
    """Return the M49 code of the innermost region by country code."""
    return {row["country"]: row["region"] for row in rows("m49_countries.csv")}
