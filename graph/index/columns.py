"""The columns of the index: one place for each expertise (row), one for each person; the last axis counts them.

A position that is not known is -1, a year that is not known 0.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any, Self

import numpy as np
from numpy.typing import NDArray

from graph.index.arrays import Bits, open_array, save_array

LASTING = 9999
"""The year that a position without an end reaches."""


class Columns:
    """Arrays of one length, saved and sliced together."""

    def save(self, directory: Path) -> None:
        """Write each column to a file of its own."""
        for name, array in self._arrays().items():
            save_array(directory, f"{type(self).__name__.lower()}.{name}", array)

    @classmethod
    def open(cls, directory: Path) -> Self:
        """Map the columns that `save` wrote."""
        names = [column.name for column in fields(cls)]  # type: ignore[arg-type]
        return cls(**{name: open_array(directory, f"{cls.__name__.lower()}.{name}") for name in names})

    @classmethod
    def scattered(cls, parts: Sequence[Self], places: Sequence[NDArray[np.int64]], size: int) -> Self:
        """Return columns of `size` places, filled from parts that say the new place of each of theirs, -1 for none."""
        made = {}
        for name, like in parts[0]._arrays().items():
            made[name] = np.zeros((*like.shape[:-1], size), like.dtype)
            for part, new in zip(parts, places, strict=True):
                stays = new >= 0
                made[name][..., new[stays]] = getattr(part, name)[..., stays]
        return cls(**made)

    def _arrays(self) -> dict[str, NDArray[Any]]:
        return {column.name: getattr(self, column.name) for column in fields(self)}  # type: ignore[arg-type]


@dataclass(frozen=True, slots=True)
class Rows(Columns):
    """One place an expertise; those of one person stand together, in the person's order.

    `begins` is the latest year in which it can have begun, `reaches` the earliest that it is known to reach.
    `hazards` and `measures` are sets of positions, hazards closed upward over kinds; `hazard_strength` and
    `measure_strength` hold the score of each link as 1 to 255, shape (hazards, rows), closed in the same way.
    `text_hash` tells by its text alone whether a vector can be used again.
    """

    person: NDArray[np.int32]
    city: NDArray[np.int32]
    country: NDArray[np.int16]
    begins: NDArray[np.int16]
    reaches: NDArray[np.int16]
    role: NDArray[np.int8]
    kind: NDArray[np.int8]
    weak: NDArray[np.bool_]
    text_hash: NDArray[np.uint64]
    hazards: Bits
    measures: Bits
    hazard_strength: NDArray[np.uint8]
    measure_strength: NDArray[np.uint8]


@dataclass(frozen=True, slots=True)
class People(Columns):
    """One place a person. `key_rank` orders them by key; `record_bytes` is the length of the record for display.

    `fingerprint` is a hash of the graph's fingerprint of the person: it tells whether somebody changed.
    """

    expertises: NDArray[np.int32]
    origin: NDArray[np.int16]
    home_city: NDArray[np.int32]
    home_country: NDArray[np.int16]
    work_city: NDArray[np.int32]
    role: NDArray[np.int8]
    organisation_kind: NDArray[np.int8]
    languages: Bits
    key_rank: NDArray[np.int32]
    record_bytes: NDArray[np.int64]
    fingerprint: NDArray[np.uint64]
