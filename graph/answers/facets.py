"""How many whole people have each value: the total there would be if that value were asked for too."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import numpy as np
from numpy.typing import NDArray

from graph.answers.finding import Whole
from graph.answers.grouping import Grouped
from graph.index.arrays import Bits, counts
from graph.index.searching import SearchIndex
from graph.model.answers import FacetValue
from graph.model.languages import language_name
from graph.model.people import EXPERTISE_KINDS

Facets = dict[str, tuple[FacetValue, ...]]


def facets(index: SearchIndex, whole: Whole) -> Facets:
    """Count whole people by country, region, language, hazard, measure, trait and kind, the most first.

    Country, region and trait are those of where an expertise that meets the conditions was gained; a language is
    one that the person works in.
    """
    grouped = Grouped.of(index, whole.rows)
    rows, reference, places = whole.rows, index.reference, index.places
    country, city = index.rows.country[rows], index.rows.city[rows]
    kinds = (np.uint64(1) << index.rows.kind[rows].astype(np.uint64))[np.newaxis]
    traits = places.has[:, city] | places.country_has[:, country]
    spoken = counts(index.people.languages[:, whole.people])
    return {
        "country": _by_country(index, grouped, country),
        "region": _values(
            _people(grouped, places.regions[:, country]), [(r.code, r.name) for r in reference.regions.values()]
        ),
        "language": _values(spoken, [(tag, language_name(tag)) for tag in index.languages]),
        "hazard": _values(
            _people(grouped, index.rows.hazards[:, rows]), [(h.id, h.name) for h in reference.hazards.values()]
        ),
        "measure": _values(
            _people(grouped, index.rows.measures[:, rows]), [(m.id, m.name) for m in reference.measures.values()]
        ),
        "trait": _values(_people(grouped, traits), list(reference.traits.items())),
        "kind": _values(_people(grouped, kinds), [(kind, kind) for kind in EXPERTISE_KINDS]),
    }


def _people(grouped: Grouped, sets_by_row: Bits) -> NDArray[np.int64]:
    return counts(grouped.any_of(sets_by_row))


def _by_country(index: SearchIndex, grouped: Grouped, country: NDArray[np.int16]) -> tuple[FacetValue, ...]:
    codes = list(index.reference.countries.values())
    person = index.rows.person[grouped.rows].astype(np.int64)
    known = country >= 0
    pairs = np.unique(person[known] * (len(codes) + 1) + country[known])
    counted = np.bincount(pairs % (len(codes) + 1), minlength=len(codes))
    return _values(counted, [(each.code, each.name) for each in codes])


def _values(counted: NDArray[np.int64], named: Sequence[tuple[str, str]]) -> tuple[FacetValue, ...]:
    found: Iterable[FacetValue] = (
        FacetValue(id_, name, count)
        for (id_, name), count in zip(named, counted[: len(named)].tolist(), strict=True)
        if count
    )
    return tuple(sorted(found, key=lambda value: (-value.count, value.id)))
