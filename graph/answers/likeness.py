""" "In a city like Rotterdam": how many of the traits of the cities named each expertise's city shares.

Likeness helps to rank and is no condition: nobody is left out for having worked in a city that is unlike.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from graph.answers.scoring import Floats
from graph.index.arrays import as_bits, pack
from graph.index.searching import SearchIndex


def likeness(index: SearchIndex, cities: Sequence[str]) -> Floats:
    """Return for each row the share of the cities' traits that its city is known to have, 0 to 1; shape (rows,)."""
    places = index.places
    shares = np.zeros(len(index.reference.cities) + 1, np.float32)
    for city in cities:
        positions = {places.trait_position(trait) for trait in index.city_traits.get(city, ())} - {None}
        if positions:
            wanted = pack([as_bits(position for position in positions if position is not None)], len(places.trait_ids))
            shared = np.bitwise_count(places.has & wanted).sum(axis=0)
            shares += (shared / (len(positions) * len(cities))).astype(np.float32)
    return shares[index.rows.city]
