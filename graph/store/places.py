"""Places in the graph: regions, countries, cities with their traits, and what each is exposed to."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence

from graph.engines.collecting import resting_collector
from graph.engines.port import Engine, Write
from graph.index.reference import Reference
from graph.model.places import City, Country, Exposure, Region, Trait
from graph.store.elements import (
    all_nodes,
    all_relationships,
    nodes,
    relationships,
    relationships_of,
    row_of,
    stale,
    text_of,
)
from graph.store.hazards import HazardStore
from graph.store.place_rows import (
    CITY_EXPOSED,
    CITY_IN,
    COUNTRY_EXPOSED,
    COUNTRY_IN,
    DISTRICT_OF,
    HAS_TRAIT,
    LACKS_TRAIT,
    OF_ALL,
    OF_CITY,
    REGION_IN,
    CityJoins,
    by_start,
    city_of,
    exposures_of,
    node_rows,
    relationship_rows,
    trait_of,
)

_LIGHT = (CITY_IN, HAS_TRAIT, LACKS_TRAIT, DISTRICT_OF)

_ALL_LIGHT = (
    "MATCH (c:City) RETURN {id: c.id, name: c.name, population: c.population, latitude: c.latitude, "
    "longitude: c.longitude} AS city ORDER BY c.id"
)
_NAMED = (
    "MATCH (c:City) WHERE toLower(c.name) = $name OR any(other IN c.names WHERE toLower(other) = $name) "
    "RETURN c.id AS id"
)


class PlaceStore:
    """Places by their codes: regions M49, countries ISO 3166 alpha-2, cities GeoNames."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def put(
        self,
        regions: Sequence[Region],
        countries: Sequence[Country],
        traits: Sequence[Trait],
        cities: Sequence[City],
        country_exposure: Mapping[str, Sequence[Exposure]],
    ) -> None:
        """Write all places; what is the same is left as it is, and traits and exposures no longer stated go.

        Cities that are no longer named stay: people may refer to them. Hazards must be there before. Raises
        `WrongInput` where a place lies in, or is exposed to, what is not there.
        """
        with resting_collector():
            self._put(regions, countries, traits, cities, country_exposure)

    def _put(
        self,
        regions: Sequence[Region],
        countries: Sequence[Country],
        traits: Sequence[Trait],
        cities: Sequence[City],
        country_exposure: Mapping[str, Sequence[Exposure]],
    ) -> None:
        wanted = relationship_rows(regions, countries, traits, cities, country_exposure)
        named = {
            "City": {city.id for city in cities},
            "Country": {country.code for country in countries},
            "Region": {region.code for region in regions},
        }
        removals = [
            statement
            for kind in OF_ALL
            for statement in stale(
                kind,
                (found for found in all_relationships(self._engine, kind) if found.start in named[kind.start]),
                wanted[kind],
            )
        ]
        self._engine.bulk(
            Write(
                statements=removals,
                nodes=node_rows(regions, countries, traits, cities),
                relationships=list(wanted.values()),
            )
        )

    def city(self, id_: str) -> City | None:
        """A city with its names, traits and own exposure, or None."""
        return self.cities_by_id([id_]).get(id_)

    def find(self, name: str) -> list[City]:
        """The cities that have this name, or have it among their other names, whatever the case; largest first."""
        rows = self._engine.read(_NAMED, {"name": name.strip().lower()})
        return _largest_first(self.cities_by_id([text_of(row, "id") for row in rows]).values())

    def all_cities(self, exposure: bool = False) -> list[City]:
        """Every city by id, with traits, without other names; own exposure where it is asked for."""
        kinds = (*_LIGHT, CITY_EXPOSED) if exposure else _LIGHT
        with resting_collector():
            rows = [row_of(row, "city") for row in self._engine.read(_ALL_LIGHT)]
            joins = CityJoins.of({kind: all_relationships(self._engine, kind) for kind in kinds}, self.traits())
            return [city_of(row, joins) for row in rows]

    def cities_by_id(self, ids: Collection[str]) -> dict[str, City]:
        """The cities with these ids, each with names, traits and own exposure; ids that are not there are left out."""
        rows = nodes(self._engine, "City", set(ids))
        joins = CityJoins.of(relationships_of(self._engine, OF_CITY, rows), self.traits())
        return {id_: city_of(row, joins) for id_, row in rows.items()}

    def country_exposure(self, code: str) -> tuple[Exposure, ...]:
        """What a country as a whole is exposed to; never a city's own."""
        return exposures_of(relationships(self._engine, COUNTRY_EXPOSED, [code]))

    def country_exposures(self) -> dict[str, tuple[Exposure, ...]]:
        """What each country as a whole is exposed to, by code."""
        found = by_start(all_relationships(self._engine, COUNTRY_EXPOSED))
        return {code: exposures_of(of_one) for code, of_one in found.items()}

    def traits(self) -> dict[str, Trait]:
        """All traits by id."""
        return {text_of(row, "id"): trait_of(row) for row in all_nodes(self._engine, "Trait")}

    def regions(self) -> dict[str, Region]:
        """All regions by code."""
        within = {found.start: found.end for found in all_relationships(self._engine, REGION_IN)}
        rows = all_nodes(self._engine, "Region")
        return {
            code: Region(code, text_of(row, "name"), within.get(code)) for row in rows if (code := text_of(row, "id"))
        }

    def countries(self) -> dict[str, Country]:
        """All countries by code."""
        region = {found.start: found.end for found in all_relationships(self._engine, COUNTRY_IN)}
        rows = all_nodes(self._engine, "Country")
        return {
            code: Country(code, text_of(row, "name"), region.get(code)) for row in rows if (code := text_of(row, "id"))
        }

    def region(self, code: str) -> Region | None:
        """A region, or None."""
        return self.regions().get(code)

    def country(self, code: str) -> Country | None:
        """A country, or None."""
        return self.countries().get(code)

    def reference(self, city_ids: Collection[str] | None = None) -> Reference:
        """All that an index needs of what people refer to.

        Its cities are those named, or all of them, without other names and exposure.
        """
        hazards = HazardStore(self._engine)
        wanted = None if city_ids is None else set(city_ids)
        return Reference(
            hazards={hazard.id: hazard for hazard in hazards.hazards()},
            measures={measure.id: measure for measure in hazards.measures()},
            traits={trait.id: trait.name for trait in self.traits().values()},
            regions=self.regions(),
            countries=self.countries(),
            cities={city.id: city for city in self.all_cities() if wanted is None or city.id in wanted},
        )


def _largest_first(cities: Iterable[City]) -> list[City]:
    return sorted(cities, key=lambda city: (-city.population, city.id))
