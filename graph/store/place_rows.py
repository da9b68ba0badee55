"""Places as rows of the graph, and cities as values made of rows."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import get_args

from graph.engines.port import NodeRows, RelationshipRows, Row
from graph.model.places import City, CityTrait, Country, Exposure, Grain, Region, Trait
from graph.store.elements import Found, Kind, maybe_text, maybe_year, number_of, text_of, texts_of

CITY_IN = Kind("IN", "City", "Country")
COUNTRY_IN = Kind("IN", "Country", "Region")
REGION_IN = Kind("IN", "Region", "Region")
HAS_TRAIT = Kind("HAS_TRAIT", "City", "Trait")
LACKS_TRAIT = Kind("LACKS_TRAIT", "City", "Trait")
DISTRICT_OF = Kind("DISTRICT_OF", "City", "City")
CITY_EXPOSED = Kind("EXPOSED_TO", "City", "Hazard")
COUNTRY_EXPOSED = Kind("EXPOSED_TO", "Country", "Hazard")

OF_CITY = (CITY_IN, HAS_TRAIT, LACKS_TRAIT, DISTRICT_OF, CITY_EXPOSED)
OF_ALL = (*OF_CITY, COUNTRY_IN, REGION_IN, COUNTRY_EXPOSED)

Joins = Mapping[str, Sequence[Found]]
"""Relationships of one kind by the id that they start at."""

_GRAINS: Mapping[str, Grain] = {grain: grain for grain in get_args(Grain)}


def node_rows(
    regions: Sequence[Region], countries: Sequence[Country], traits: Sequence[Trait], cities: Sequence[City]
) -> list[NodeRows]:
    """The nodes of all places and traits."""
    return [
        NodeRows("Region", [{"id": region.code, "name": region.name} for region in regions]),
        NodeRows("Country", [{"id": country.code, "name": country.name} for country in countries]),
        NodeRows(
            "Trait",
            [{"id": trait.id, "name": trait.name, "rule": trait.rule, "complete": trait.complete} for trait in traits],
        ),
        NodeRows("City", [_city_row(city) for city in cities]),
    ]


def relationship_rows(
    regions: Sequence[Region],
    countries: Sequence[Country],
    traits: Sequence[Trait],
    cities: Sequence[City],
    country_exposure: Mapping[str, Sequence[Exposure]],
) -> dict[Kind, RelationshipRows]:
    """What joins places with each other, with traits and with hazards, by kind.

    That a city lacks a trait is written only where its record does not follow from a complete trait.
    Of two exposures of one place to one hazard, the finer grain is written.
    """
    complete = {trait.id for trait in traits if trait.complete}
    rows: dict[Kind, Iterable[Row]] = {
        REGION_IN: ({"start": region.code, "end": region.within} for region in regions if region.within),
        COUNTRY_IN: ({"start": country.code, "end": country.region} for country in countries if country.region),
        CITY_IN: ({"start": city.id, "end": city.country} for city in cities),
        DISTRICT_OF: ({"start": city.id, "end": city.district_of} for city in cities if city.district_of),
        HAS_TRAIT: (_trait_row(city, trait) for city in cities for trait in city.traits if trait.value),
        LACKS_TRAIT: (
            _trait_row(city, trait)
            for city in cities
            for trait in city.traits
            if not trait.value and trait.trait not in complete
        ),
        CITY_EXPOSED: (row for city in cities for row in _exposure_rows(city.id, city.exposure)),
        COUNTRY_EXPOSED: (
            row for code, exposures in country_exposure.items() for row in _exposure_rows(code, exposures)
        ),
    }
    return {kind: kind.rows(of_kind) for kind, of_kind in rows.items()}


@dataclass(frozen=True, slots=True)
class CityJoins:
    """What cities are joined with, by id of the city; `closed` are the known noes of traits that are complete.

    Where a trait is complete, a city that is not recorded to have it lacks it; the ground names the trait's rule.
    """

    countries: Joins
    has: Joins
    lacks: Joins
    districts: Joins
    exposed: Joins
    closed: Mapping[str, CityTrait]

    @classmethod
    def of(cls, found: Mapping[Kind, Iterable[Found]], traits: Mapping[str, Trait]) -> CityJoins:
        """Sort relationships by the city that they start at."""
        closed = {
            trait.id: CityTrait(trait.id, False, f"not so by the rule: {trait.rule}")
            for trait in traits.values()
            if trait.complete
        }
        return cls(
            countries=by_start(found.get(CITY_IN, ())),
            has=by_start(found.get(HAS_TRAIT, ())),
            lacks=by_start(found.get(LACKS_TRAIT, ())),
            districts=by_start(found.get(DISTRICT_OF, ())),
            exposed=by_start(found.get(CITY_EXPOSED, ())),
            closed=closed,
        )


def city_of(row: Row, joins: CityJoins) -> City:
    """A city made of its properties and of what it is joined with."""
    id_ = text_of(row, "id")
    traits = dict(joins.closed)
    for each in joins.lacks.get(id_, ()):
        traits[each.end] = _trait(each, value=False)
    for each in joins.has.get(id_, ()):
        traits[each.end] = _trait(each, value=True)
    return City(
        id=id_,
        name=text_of(row, "name"),
        country=_end(joins.countries.get(id_, ())) or "",
        population=maybe_year(row, "population") or 0,
        latitude=number_of(row, "latitude"),
        longitude=number_of(row, "longitude"),
        names=texts_of(row, "names"),
        traits=tuple(traits[trait] for trait in sorted(traits)),
        exposure=exposures_of(joins.exposed.get(id_, ())),
        district_of=_end(joins.districts.get(id_, ())),
    )


def by_start(found: Iterable[Found]) -> dict[str, list[Found]]:
    """Relationships by the id that they start at."""
    sorted_: dict[str, list[Found]] = {}
    for each in found:
        sorted_.setdefault(each.start, []).append(each)
    return sorted_


def trait_of(row: Row) -> Trait:
    """A trait made of its properties."""
    return Trait(text_of(row, "id"), text_of(row, "name"), text_of(row, "rule"), bool(row.get("complete")))


def exposures_of(found: Iterable[Found]) -> tuple[Exposure, ...]:
    """Exposures made of relationships, by hazard."""
    exposures = [
        Exposure(
            hazard=each.end,
            level=maybe_text(each.properties, "level"),
            grain=_GRAINS[text_of(each.properties, "grain")],
            source=text_of(each.properties, "source"),
            year=maybe_year(each.properties, "year"),
        )
        for each in found
    ]
    return tuple(sorted(exposures, key=lambda exposure: exposure.hazard))


def _city_row(city: City) -> Row:
    return {
        "id": city.id,
        "name": city.name,
        "names": city.names,
        "population": city.population,
        "latitude": city.latitude,
        "longitude": city.longitude,
    }


def _trait_row(city: City, trait: CityTrait) -> Row:
    return {"start": city.id, "end": trait.trait, "ground": trait.ground}


def _exposure_rows(place: str, exposures: Sequence[Exposure]) -> Iterable[Row]:
    coarse_first = sorted(exposures, key=lambda exposure: ("derived", "country", "city").index(exposure.grain))
    for exposure in {each.hazard: each for each in coarse_first}.values():
        yield {
            "start": place,
            "end": exposure.hazard,
            "level": exposure.level,
            "grain": exposure.grain,
            "source": exposure.source,
            "year": exposure.year,
        }


def _trait(found: Found, *, value: bool) -> CityTrait:
    return CityTrait(found.end, value, text_of(found.properties, "ground"))


def _end(found: Sequence[Found]) -> str | None:
    return found[0].end if found else None
