"""Cities that learn from each other: a first version by shared exposure, traits, and what people learned there.

The score of a candidate is a weighted sum of five likenesses between 0 and 1: exposure (the sum of the lower levels
over the sum of the higher ones), traits (the same over traits that both are known to have, rare ones counting more),
experience (how much of what the city is exposed to people worked on in the candidate), size and region.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from graph.answers.peer_arrays import PeerArrays
from graph.answers.peer_reasons import peer_reasons
from graph.answers.people_there import people_there
from graph.index.searching import SearchIndex
from graph.model.answers import Peer
from graph.model.places import City, Exposure

WEIGHTS = {"exposure": 0.4, "traits": 0.3, "experience": 0.2, "size": 0.06, "region": 0.04}
SMALLEST = 100_000
"""Inhabitants from which a city is a candidate without anybody on the ground."""
COUNTRY_LIMIT = 2
"""Cities of one country among the peers, so that a country's many like cities do not crowd out the world."""
_PEOPLE_SHOWN = 5


class PeerIndex:
    """Candidates prepared once for one index: arrays of exposure, traits, experience and size."""

    def __init__(
        self, cities: Iterable[City], country_exposure: Mapping[str, Sequence[Exposure]], index: SearchIndex
    ) -> None:
        """Prepare the candidates: no district, and of SMALLEST inhabitants or with people on the ground.

        `country_exposure` holds that of each country by code.
        """
        self.index = index
        self._country_exposure = country_exposure
        with_people = _cities_with_people(index)
        candidates = [
            city
            for city in cities
            if city.district_of is None and (city.population >= SMALLEST or city.id in with_people)
        ]
        self.arrays = PeerArrays.of(candidates, country_exposure, index)

    def peers(self, city: City, limit: int = 10) -> list[Peer]:
        """Return the cities most like this one, best first, without itself and its districts."""
        arrays, index = self.arrays, self.index
        asking = PeerArrays.alone([city], self._country_exposure, index)
        parts = arrays.likeness(asking)
        score = np.round(sum(WEIGHTS[name] * values for name, values in parts.items()), 6)
        own = {city.id, city.district_of}
        allowed = np.array([candidate.id not in own for candidate in arrays.cities], np.bool_)
        order = np.lexsort((arrays.id_rank, -arrays.population, -score))
        best = self._from_many_countries(order[allowed[order]], max(0, limit))
        return [self._peer(asking, place, float(score[place])) for place in best.tolist()]

    def _from_many_countries(self, order: NDArray[np.int64], limit: int) -> NDArray[np.int64]:
        """Return the first of the order, no more than COUNTRY_LIMIT of one country: who learns, learns from others."""
        taken: Counter[str] = Counter()
        chosen: list[int] = []
        for place in order.tolist():
            if len(chosen) == limit:
                break
            country = self.arrays.cities[place].country
            if taken[country] < COUNTRY_LIMIT:
                taken[country] += 1
                chosen.append(place)
        return np.asarray(chosen, np.int64)

    def _peer(self, asking: PeerArrays, place: int, score: float) -> Peer:
        city = self.arrays.cities[place]
        count, people = people_there(self.index, city.id, _PEOPLE_SHOWN)
        return Peer(
            id=city.id,
            name=city.name,
            country=city.country,
            score=min(1.0, score),
            reasons=peer_reasons(self.index.reference, asking, self.arrays, place),
            people_there=count,
            people=people,
        )


def peers(
    city: City,
    candidates: Iterable[City],
    country_exposure: Mapping[str, Sequence[Exposure]],
    index: SearchIndex,
    limit: int = 10,
) -> list[Peer]:
    """Return the peers of one city; whoever asks more than once prepares a PeerIndex."""
    return PeerIndex(candidates, country_exposure, index).peers(city, limit)


def _cities_with_people(index: SearchIndex) -> set[str]:
    cities = list(index.reference.cities.values())
    columns = (index.rows.city, index.people.home_city, index.people.work_city)
    positions = {position for column in columns for position in np.unique(column).tolist() if position >= 0}
    return {cities[position].district_of or cities[position].id for position in positions}
