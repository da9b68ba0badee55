"""City names found in text, in every script: a sorted array of hashed names on disk, memory-mapped.

A question is cut into runs of words (of characters, in scripts without spaces), each run is hashed and looked up.
Nothing is built at opening and only the pages that are touched are read. Measured over 34,006 cities with some 240,000
distinct names: opened in 3 ms, 12 MB; an Aho-Corasick automaton over the same names took 1.2 s to load, and 68 MB.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from graph.errors import Unavailable
from graph.model.places import City
from nlp.normalising import fold
from nlp.question import gazetteer_building as building
from nlp.question.keys import deletions, key, one_edit_apart, runs, spelled
from nlp.question.name_list import NameList

SHORTEST_MISSPELLED = 6
"""Letters below which a word is never read as a misspelled name."""


@dataclass(frozen=True, slots=True)
class KnownCity:
    """A city of the gazetteer; `own_name` says whether the words found are its name rather than another name of it."""

    id: str
    name: str
    country: str
    population: int
    district_of: str | None
    own_name: bool


@dataclass(frozen=True, slots=True)
class CityMatch:
    """Where a name stands in the normalised text, and the cities that bear it, most people first."""

    start: int
    end: int
    cities: tuple[KnownCity, ...]


class Gazetteer:
    """The names of all cities. Safe to share between threads: nothing changes after opening."""

    def __init__(self, directory: Path) -> None:
        """Map the arrays of a directory that `build` has written; use `open`."""
        folder = directory / _current(directory)
        self._arrays = {name: _mapped(folder / f"{name}.npy") for name in building.ARRAYS}
        self._keys = self._arrays["keys"]

    @classmethod
    def build(cls, cities: Iterable[City], directory: Path) -> Gazetteer:
        """Write these cities into the directory and open it; whoever still reads an older gazetteer there is safe."""
        building.write(cities, directory)
        return cls(directory)

    @classmethod
    def open(cls, directory: Path) -> Gazetteer:
        """Open what `build` wrote. Raises Unavailable where there is none, or one of another version."""
        return cls(directory)

    def __len__(self) -> int:
        """How many cities it holds."""
        return len(self._arrays["populations"])

    def find(self, normalised: str) -> list[CityMatch]:
        """Every run of words that is a city's name, overlapping ones too, in order of their start."""
        spans = list(runs(normalised))
        if not spans:
            return []
        wanted = np.array([key(name) for _, _, name in spans], dtype=np.uint64)
        places = np.searchsorted(self._keys, wanted)
        places[places == len(self._keys)] = 0
        hits = np.flatnonzero(self._keys[places] == wanted)
        found: dict[tuple[int, int], CityMatch] = {}
        for hit in hits:
            start, end, _ = spans[hit]
            found.setdefault((start, end), CityMatch(start, end, self._bearers(int(places[hit]))))
        return sorted(found.values(), key=lambda match: (match.start, match.end))

    def misspelled(self, name: str) -> tuple[KnownCity, ...]:
        """The one city, with its namesakes, that a normalised name within one edit may mean; none where two compete."""
        name = spelled(name)
        if len(name) < SHORTEST_MISSPELLED or not name.isascii() or self._position(name) is not None:
            return ()
        keys = self._arrays["misspelled_keys"]
        wanted = np.array([key(variant) for variant in deletions(name)], dtype=np.uint64)
        candidates: dict[int, str] = {}
        for first, last in zip(
            np.searchsorted(keys, wanted, "left"), np.searchsorted(keys, wanted, "right"), strict=True
        ):
            for spelling in self._arrays["misspelled_names"][first:last]:
                text = self._text("spellings", int(spelling))
                if one_edit_apart(name, text):
                    candidates[int(self._arrays["spelling_rows"][spelling])] = text
        if not candidates:
            return ()
        best, *others = sorted(candidates)
        populations = self._arrays["populations"]
        if any(int(populations[other]) * 10 > int(populations[best]) for other in others):
            return ()
        position = self._position(candidates[best])
        return () if position is None else self._bearers(position)

    def named(self, name: str) -> tuple[KnownCity, ...]:
        """Every city that bears a name as it is typed, as its own or as another name, most people first."""
        position = self._position(spelled(fold(name)))
        return () if position is None else self._bearers(position)

    def city(self, id: str) -> KnownCity | None:
        """The city with this GeoNames id, or None."""
        row = self._row_of_id.get(id.encode("utf-8", "surrogatepass"))
        return None if row is None else self._city(row, True)

    def listed(self, limit: int, offset: int, search: str = "", country: str = "") -> tuple[int, list[KnownCity]]:
        """How many cities there are, and one page of them, most people first.

        `search` keeps those that bear that name, in any script, or whose own name has it in it; `country` (ISO 3166)
        those of one country.
        """
        rows = self._searched(search) if search.strip() else np.arange(len(self))
        if country:
            rows = rows[self._arrays["countries"][rows] == country.encode()]
        return len(rows), [self._city(int(row), True) for row in rows[offset : offset + limit]]

    def _searched(self, search: str) -> NDArray[np.int64]:
        position = self._position(spelled(fold(search)))
        first, last = self._arrays["key_starts"][position : position + 2] if position is not None else (0, 0)
        return np.union1d(self._own_names.rows_with(spelled(fold(search))), self._arrays["key_rows"][first:last])

    @cached_property
    def _row_of_id(self) -> dict[bytes, int]:
        return {id: row for row, id in enumerate(self._arrays["ids"].tolist())}

    @cached_property
    def _own_names(self) -> NameList:
        return NameList(spelled(fold(self._text("names", row))) for row in range(len(self)))

    def _position(self, name: str) -> int | None:
        """Where a spelled name stands among the keys; None where no city bears it."""
        wanted = np.uint64(key(name))
        position = int(np.searchsorted(self._keys, wanted))
        return position if position < len(self._keys) and self._keys[position] == wanted else None

    def _bearers(self, position: int) -> tuple[KnownCity, ...]:
        first, last = (int(value) for value in self._arrays["key_starts"][position : position + 2])
        rows = self._arrays["key_rows"][first:last]
        own = self._arrays["key_own"][first:last]
        return tuple(self._city(int(row), bool(flag)) for row, flag in zip(rows, own, strict=True))

    def _city(self, row: int, own_name: bool) -> KnownCity:
        district = int(self._arrays["districts"][row])
        return KnownCity(
            id=self._id(row),
            name=self._text("names", row),
            country=bytes(self._arrays["countries"][row]).decode(),
            population=int(self._arrays["populations"][row]),
            district_of=self._id(district) if district >= 0 else None,
            own_name=own_name,
        )

    def _id(self, row: int) -> str:
        return bytes(self._arrays["ids"][row]).decode()

    def _text(self, which: str, row: int) -> str:
        first, last = self._arrays[f"{which}_starts"][row : row + 2]
        return self._arrays[which][int(first) : int(last)].tobytes().decode()


def _current(directory: Path) -> str:
    try:
        described = json.loads((directory / building.DESCRIPTION).read_text("utf-8"))
        if described["version"] == building.VERSION and isinstance(described["folder"], str):
            return described["folder"]
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise Unavailable(f"There is no gazetteer of cities in {directory}.", "Load the cities again.") from error
    raise Unavailable(f"The gazetteer of cities in {directory} is of another version.", "Load the cities again.")


def _mapped(path: Path) -> NDArray[Any]:
    try:
        array: NDArray[Any] = np.asarray(np.load(path, mmap_mode="r", allow_pickle=False))
    except (OSError, ValueError) as error:
        raise Unavailable(f"The gazetteer's file {path.name} cannot be read.", "Load the cities again.") from error
    return array
