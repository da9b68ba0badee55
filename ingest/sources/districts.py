"""Districts that GeoNames lists beside their cities."""

from __future__ import annotations

from collections.abc import Sequence

from ingest.sources.geonames import Place


def find_districts(places: Sequence[Place]) -> dict[str, str]:
    """Return the city (id) of each place (id) that is a district."""
    return {}
