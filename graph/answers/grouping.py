"""Rows gathered into people, as array operations: the rows of a person stand together in the index."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from graph.index.searching import SearchIndex


@dataclass(frozen=True, slots=True)
class Grouped:
    """Some rows, ascending, with the people they belong to and where the rows of each begin."""

    rows: NDArray[np.int64]
    people: NDArray[np.int64]
    starts: NDArray[np.int64]

    @classmethod
    def of(cls, index: SearchIndex, rows: NDArray[np.int64]) -> Grouped:
        """Group ascending rows."""
        person = index.rows.person[rows]
        starts = np.flatnonzero(np.diff(person, prepend=-1))
        return cls(rows, person[starts].astype(np.int64), starts)

    def greatest(self, values: NDArray[Any]) -> NDArray[Any]:
        """Return the greatest value of each person; values are those of the rows, in their order."""
        return np.maximum.reduceat(values, self.starts) if len(self.starts) else values[:0]

    def any_of(self, bits: NDArray[Any]) -> NDArray[Any]:
        """Return the union of the sets of each person; shape (words, rows) to (words, people)."""
        return np.bitwise_or.reduceat(bits, self.starts, axis=-1) if len(self.starts) else bits[..., :0]

    def sizes(self) -> NDArray[np.int64]:
        """Return how many rows each person has here."""
        return np.diff(self.starts, append=len(self.rows))

    def of_person(self, place: int) -> slice:
        """Return where the rows of the person at a place stand in `rows`."""
        end = self.starts[place + 1] if place + 1 < len(self.starts) else len(self.rows)
        return slice(int(self.starts[place]), int(end))
