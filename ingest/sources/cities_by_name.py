"""Cities by the names that people write, and countries by their names in any language."""

from __future__ import annotations

import warnings
from collections import defaultdict
from collections.abc import Iterable, Sequence
from functools import cache

from graph.model.places import City
from ingest.sources.names import normalised
from ingest.sources.regions import region_of_country


class CityNames:
    """Finds the cities that bear a name, in any script; made once for many look-ups (about two seconds)."""

    def __init__(self, cities: Iterable[City]) -> None:
        by_name: dict[str, dict[str, City]] = defaultdict(dict)
        largest_first = sorted(cities, key=lambda city: -city.population)
        for city in largest_first:
            by_name[normalised(city.name)][city.id] = city
        for city in largest_first:
            for name in city.names:
                if key := normalised(name):
                    by_name[key].setdefault(city.id, city)
        self._by_name: dict[str, Sequence[City]] = {key: tuple(found.values()) for key, found in by_name.items()}

    def resolve(self, name: str, country: str | None = None) -> list[City]:
        """Return the cities of that name: first those of which it is the own name, then those that are called so too.

        Both groups are in order of population and hold districts. For "New Delhi" Delhi, so called too, comes second.
        A name matches whole, without regard to case, accents and punctuation. `country` (ISO 3166 alpha-2) leaves only
        that country's. An empty list means that no city is called so, more than one that the name alone does not tell.
        """
        found = self._by_name.get(normalised(name), ())
        return [city for city in found if country is None or city.country == country]


def country_code(text: str) -> str | None:
    """Return the ISO 3166 alpha-2 code of a country named in any language, or by its two- or three-letter code.

    A part of a country with a code of its own (Scotland) stands for the country. None where the text names no country,
    or one that no longer is (the Soviet Union): which of its successors is meant, the name cannot tell.
    """
    import countrynames

    # It would transliterate better with PyICU, which has no wheels; names in their own script are in its data.
    warnings.filterwarnings("ignore", message="Install 'pyicu'")

    code: str | None = countrynames.to_code(text)
    if code is None:
        return None
    code = code.partition("-")[0]
    return code if code in _known_codes() else None


@cache
def _known_codes() -> frozenset[str]:
    return frozenset(region_of_country())
