"""What places are exposed to: country levels from ThinkHazard!, and hazards that follow from a city's traits.

ThinkHazard! (Global Facility for Disaster Reduction and Recovery) classifies hazard levels under CC BY. A level stands
for the whole country and is never a city's own. Its urban flood is read as surface-water flooding: it rates flooding in
built-up land, which rain that drains cannot carry brings about, while river floods have a rating of their own.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from functools import cache

from graph.model.places import CityTrait, Exposure
from ingest.tables import rows

THINKHAZARD = "ThinkHazard! (GFDRR, CC BY), level of the whole country"

FOLLOWS: dict[str, dict[str, str]] = {
    "coastal": {
        "coastal-flooding": "low ground near the sea can be flooded by it",
        "storm-surge": "storms push the sea against the shore",
        "sea-level-rise": "the sea rises along every shore, at differing rates",
        "coastal-erosion": "waves and currents move the shore",
    },
    "delta": {
        "riverine-flooding": "river branches cross low land",
        "land-subsidence": "young, soft sediment sinks under its own weight, and faster where water is pumped",
        "saltwater-intrusion": "the sea reaches up branches and into the ground water",
        "sea-level-rise": "delta land lies close to the level of the sea",
    },
    "island": {
        "saltwater-intrusion": "fresh ground water floats on salt water from all sides",
    },
    "small-island-state": {
        "sea-level-rise": "people and services crowd along the shore",
    },
    "megacity": {
        "surface-water-flooding": "sealed ground sheds rain faster than drains can carry it",
        "heatwave": "buildings and paving hold heat through the night",
    },
}
"""Trait -> hazard -> why the hazard follows from the trait; no level can be told from a trait alone."""


def country_exposure() -> dict[str, tuple[Exposure, ...]]:
    """Return the hazard levels of each country by its code; a country or hazard without a level is left out."""
    found: dict[str, list[Exposure]] = defaultdict(list)
    for row in rows("country_hazards.csv"):
        found[row["country"]].append(Exposure(row["hazard"], row["level"], "country", THINKHAZARD, None))
    return {code: tuple(levels) for code, levels in found.items()}


def derived_exposure(traits: Iterable[CityTrait]) -> tuple[Exposure, ...]:
    """Return the hazards that follow from what a city is known to be, one exposure a hazard, naming every trait."""
    whys: dict[str, list[str]] = {}
    for trait in traits:
        if trait.value:
            for hazard, why in FOLLOWS.get(trait.trait, {}).items():
                whys.setdefault(hazard, []).append(f"{trait.trait}: {why}")
    return tuple(_derived(hazard, "; ".join(reasons)) for hazard, reasons in whys.items())


@cache
def _derived(hazard: str, reasons: str) -> Exposure:
    """Thousands of cities share one value."""
    return Exposure(hazard, None, "derived", f"follows from the trait {reasons}", None)
