"""Cities and countries as people write them in a row; what a name does not tell is refused with the ways out."""

from __future__ import annotations

import difflib
from collections.abc import Sequence
from functools import cached_property

from graph.model.places import City
from ingest.alumni.values import Doubt
from ingest.sources.cities_by_name import CityNames, country_code
from ingest.sources.names import normalised

_SEVERAL_COUNTRIES = {"congo": "CG (Brazzaville) or CD (Kinshasa)", "korea": "KR (South) or KP (North)"}
_FORMER = frozenset(
    normalised(name)
    for name in (
        "USSR", "Soviet Union", "Union of Soviet Socialist Republics", "СССР", "UdSSR", "URSS", "Yugoslavia",
        "Czechoslovakia", "Serbia and Montenegro", "Netherlands Antilles", "GDR", "DDR",
    )
)  # fmt: skip
_FAR_LARGER = 10
"""In a stated country, a city this many times as large as the next of the name is meant; a load says so."""


class FormerCountry(Doubt):
    """The name of a state that is no more: known, and without a code of today."""


class PlaceReader:
    """Reads countries and cities, each distinct text once; `notices` says which larger city was taken for a name."""

    def __init__(self, cities: Sequence[City]) -> None:
        self._cities = cities
        self._by_id = {city.id: city for city in cities}
        self._own_names = sorted({city.name for city in cities})
        self._read: dict[tuple[str, str | None], City | Doubt] = {}
        self._countries: dict[str, str | Doubt] = {}
        self.notices: dict[tuple[str, str | None], str] = {}

    @cached_property
    def _names(self) -> CityNames:
        """Made when the first name is looked up, which takes longer than reading a small file."""
        return CityNames(self._cities)

    def country(self, text: str) -> str:
        """The ISO 3166 alpha-2 code of a country in any language; raises Doubt, FormerCountry for one of the past."""
        if text not in self._countries:
            self._countries[text] = self._find_country(text)
        found = self._countries[text]
        if isinstance(found, Doubt):
            raise type(found)(found.reason, found.mend)
        return found

    def city(self, text: str, country: str | None) -> City:
        """The city of a name, of "Rotterdam, Netherlands" or of a GeoNames number; raises Doubt with the ways out."""
        key = (text, country)
        if key not in self._read:
            try:
                self._read[key] = self._find_city(text, country)
            except Doubt as doubt:
                self._read[key] = doubt
        found = self._read[key]
        if isinstance(found, Doubt):
            raise type(found)(found.reason, found.mend)
        return found

    def _find_country(self, text: str) -> str | Doubt:
        name = normalised(text)
        if name in _SEVERAL_COUNTRIES:
            return Doubt("names several countries", f"Write {_SEVERAL_COUNTRIES[name]}.")
        if name in _FORMER:
            return FormerCountry(
                "is a country that is no more; it is left unknown", "Write the country of today where you know it."
            )
        return country_code(text) or Doubt(
            "is no country that is known", "Write its name in any language or its ISO 3166 code, such as VN."
        )

    def _find_city(self, text: str, country: str | None) -> City:
        if text.isdecimal():
            return self._numbered(text, country)
        found = _without_their_districts(self._names.resolve(text, country))
        if not found and "," in text:
            name, _, behind = text.rpartition(",")
            stated = self.country(behind.strip())
            if country in (None, stated):
                return self.city(name.strip(), stated)
        if not found:
            raise self._unknown(text, country)
        return found[0] if len(found) == 1 else self._meant(text, country, found)

    def _numbered(self, text: str, country: str | None) -> City:
        city = self._by_id.get(text)
        if city is None or country not in (None, city.country):
            raise Doubt("is no GeoNames number of a city of more than 15,000 people there", "Write the city's name.")
        return city

    def _meant(self, text: str, country: str | None, found: Sequence[City]) -> City:
        """The one city of several that is meant beyond doubt: the largest, and alone in having the name as its own."""
        named = [city for city in found if normalised(city.name) == normalised(text)]
        if len(named) == 1 and named[0] is found[0]:
            return found[0]
        if country is not None and found[0].population >= _FAR_LARGER * found[1].population:
            self.notices[text, country] = f"was taken as {_shown(found[0])}; also so called: {_listed(found[1:])}"
            return found[0]
        way_out = f'Write its country ("{text}, …") or its' if country is None else "Write its"
        raise Doubt(f"is the name of several cities: {_listed(found)}", f"{way_out} GeoNames number instead.")

    def _unknown(self, text: str, country: str | None) -> Doubt:
        elsewhere = self._names.resolve(text) if country else []
        if elsewhere:
            return Doubt(f"is no city of {country}, but of: {_listed(elsewhere)}", "Mend the city or its country.")
        names = self._own_names
        if country:
            names = sorted({city.name for city in self._by_id.values() if city.country == country})
        near = difflib.get_close_matches(text.title(), names, n=3, cutoff=0.6)
        hint = f"Nearest: {', '.join(near)}. " if near else ""
        return Doubt(
            "is no city of more than 15,000 people that is known",
            f"{hint}Mend the name, name the nearest larger city, or leave it empty and give the country.",
        )


def _without_their_districts(found: Sequence[City]) -> list[City]:
    ids = {city.id for city in found}
    return [city for city in found if city.district_of not in ids]


def _listed(cities: Sequence[City]) -> str:
    more = f" and {len(cities) - 4} more" if len(cities) > 4 else ""
    return ", ".join(_shown(city) for city in cities[:4]) + more


def _shown(city: City) -> str:
    return f"{city.name}, {city.country} ({city.id}; {city.population:,} people)"
