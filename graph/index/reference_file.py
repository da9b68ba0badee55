"""The reference beside an index: what its people refer to, by id, as one JSON file; all cities' traits as another."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

from graph.index.reference import Reference
from graph.model.hazards import Hazard, Measure, Reduces
from graph.model.places import City, CityTrait, Country, Region

_REFERENCE = "reference.json"
_CITY_TRAITS = "city_traits.json"


def save_reference(directory: Path, reference: Reference, cities: Iterable[str]) -> None:
    """Write the reference with the cities named, in that order, without their other names and exposure."""
    content = {
        "hazards": [asdict(hazard) for hazard in reference.hazards.values()],
        "measures": [asdict(measure) for measure in reference.measures.values()],
        "traits": dict(reference.traits),
        "regions": [asdict(region) for region in reference.regions.values()],
        "countries": [asdict(country) for country in reference.countries.values()],
        "cities": [_city_row(reference.cities[city]) for city in cities],
    }
    _write(directory / _REFERENCE, content)


def traits_had(cities: Iterable[City]) -> dict[str, list[str]]:
    """Return which traits each of these cities is known to have; cities without any are left out."""
    return {city.id: had for city in cities if (had := [trait.trait for trait in city.traits if trait.value])}


def save_city_traits(directory: Path, traits: Mapping[str, Sequence[str]]) -> None:
    """Write what `traits_had` gave."""
    _write(directory / _CITY_TRAITS, traits)


def open_reference(directory: Path) -> Reference:
    """Read what `save_reference` wrote; the order of every mapping is the order of positions in the columns."""
    content = json.loads((directory / _REFERENCE).read_text(encoding="utf-8"))
    return Reference(
        hazards={row["id"]: Hazard(**_tuples(row)) for row in content["hazards"]},
        measures={row["id"]: _measure(row) for row in content["measures"]},
        traits=content["traits"],
        regions={row["code"]: Region(**row) for row in content["regions"]},
        countries={row["code"]: Country(**row) for row in content["countries"]},
        cities={row[0]: _city(row) for row in content["cities"]},
    )


def open_city_traits(directory: Path) -> Mapping[str, list[str]]:
    """Read which traits each city is known to have, of all cities that the build was given."""
    traits: dict[str, list[str]] = json.loads((directory / _CITY_TRAITS).read_text(encoding="utf-8"))
    return traits


def region_chain(reference: Reference, country: str | None) -> tuple[str, ...]:
    """Return the M49 codes of the regions that a country lies in, innermost first."""
    known = reference.countries.get(country or "")
    code = known.region if known else None
    chain: list[str] = []
    while code is not None and code not in chain:
        chain.append(code)
        region = reference.regions.get(code)
        code = region.within if region else None
    return tuple(chain)


def kinds_upward(hazards: Mapping[str, Hazard], hazard: str) -> tuple[str, ...]:
    """Return a hazard and all that it is a kind of."""
    found = [hazard]
    for narrower in found:
        found.extend(broader for broader in hazards[narrower].kind_of if broader in hazards and broader not in found)
    return tuple(found)


def _city_row(city: City) -> list[object]:
    traits = [[trait.trait, trait.value, trait.ground] for trait in city.traits]
    return [city.id, city.name, city.country, city.population, city.latitude, city.longitude, traits, city.district_of]


def _city(row: list[Any]) -> City:
    traits = tuple(CityTrait(*trait) for trait in row[6])
    return City(row[0], row[1], row[2], row[3], row[4], row[5], traits=traits, district_of=row[7])


def _measure(row: dict[str, Any]) -> Measure:
    reduces = tuple(Reduces(**item) for item in row.pop("reduces"))
    return Measure(reduces=reduces, **_tuples(row))


def _tuples(row: dict[str, Any]) -> dict[str, Any]:
    return {name: tuple(value) if isinstance(value, list) else value for name, value in row.items()}


def _write(path: Path, content: object) -> None:
    path.write_text(json.dumps(content, ensure_ascii=False, separators=(",", ":")), encoding="utf-8")
