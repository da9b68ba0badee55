"""Names and closures that an index needs to mask rows and to show people: copied from the graph when it is built."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from graph.model.hazards import Hazard, Measure
from graph.model.places import City, Country, Region


@dataclass(frozen=True, slots=True)
class Reference:
    """What people refer to, by id. `cities` holds at least every city that a person refers to, with its traits."""

    hazards: Mapping[str, Hazard]
    measures: Mapping[str, Measure]
    traits: Mapping[str, str]
    regions: Mapping[str, Region]
    countries: Mapping[str, Country]
    cities: Mapping[str, City]
