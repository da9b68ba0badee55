"""The search index opened: columns, vectors, words and records of one version, memory-mapped and never changed."""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from graph.errors import City2CityError, Unavailable
from graph.index.columns import People, Rows
from graph.index.directory import current_version
from graph.index.records import RecordFile
from graph.index.reference import Reference
from graph.index.reference_file import open_city_traits, open_reference
from graph.index.tables import PlaceTables
from graph.index.words import WordIndex

FORMAT = 2
"""Version of what lies in the directory; an index of another version is built again."""
VECTORS = "vectors.f32"
_ATTEMPTS = 5


class SearchIndex:
    """One version of the index. Safe to share between threads; a newer version on disk does not disturb it.

    `generation` is the graph's when it was built, `embedder` the name of what made `vectors`, shape (rows, dimensions).
    `reference` holds what people refer to; the order of its mappings is the order of positions in the columns.
    `closeness` is the cosine from which texts count as close in meaning.
    """

    def __init__(self, root: Path, version: Path) -> None:
        """Map one version; `SearchIndex.open` finds the one in force."""
        content: dict[str, Any] = json.loads((version / "index.json").read_text(encoding="utf-8"))
        if content["format"] != FORMAT:
            raise Unavailable(
                f"The search index in {root} has format {content['format']}, this program reads format {FORMAT}.",
                "Build it again: load any file, or run c2c compact.",
            )
        self.root = root
        self.version = version
        self.generation: int = content["generation"]
        self.embedder: str = content["embedder"]
        self.dimensions: int = content["dimensions"]
        self.closeness: float = content["closeness"]
        self.keys: list[str] = content["keys"]
        self.languages: list[str] = content["languages"]
        self.reference: Reference = open_reference(version)
        self.rows: Rows = Rows.open(version)
        self.people: People = People.open(version)
        self.words: WordIndex = WordIndex.open(version, len(self.rows.person))
        self.records = RecordFile(version, self.people.record_bytes)
        self.vectors: NDArray[np.float32] = self._vectors(version)
        self.places = PlaceTables(self.reference)
        self.first_row: NDArray[np.int64] = np.concatenate([[0], np.cumsum(self.people.expertises, dtype=np.int64)])

    @classmethod
    def open(cls, root: Path) -> SearchIndex:
        """Open the version in force.

        Raises:
            Unavailable: nothing was built there, or by a program that writes another format.
        """
        for _ in range(_ATTEMPTS):
            version = current_version(root)
            try:
                return cls(root, version)
            except FileNotFoundError:
                continue  # a writer put a newer version in force and removed this one meanwhile
        raise Unavailable(f"The search index in {root} is not whole.", "Build it again: load any file.")

    @classmethod
    def open_if_usable(cls, root: Path) -> SearchIndex | None:
        """Open the version in force, or return None where there is none that this program can read."""
        try:
            return cls.open(root)
        except (City2CityError, ValueError, KeyError, OSError):
            return None

    def is_current(self) -> bool:
        """Tell whether this is still the version in force."""
        try:
            return current_version(self.root) == self.version
        except Unavailable:
            return False

    def without(self, people: Collection[str], generation: int | None = None) -> SearchIndex:
        """Put a version in force that lacks these people for good, and return it opened.

        See `graph.index.removal`.
        """
        from graph.index.removal import without  # late: it builds on this class

        return without(self, people, generation)

    def person_of(self, key: str) -> int | None:
        """Return the position of the person with this key."""
        return self._person_by_key.get(key)

    @cached_property
    def people_by_key(self) -> NDArray[np.int64]:
        """Positions of people in the order of their keys."""
        return np.argsort(self.people.key_rank, kind="stable")

    @cached_property
    def city_traits(self) -> Mapping[str, list[str]]:
        """Which traits each city is known to have, of all cities that the build was given."""
        return open_city_traits(self.version)

    def hazard_strength(self, hazard: str, rows: NDArray[np.int64]) -> NDArray[np.float32]:
        """Return the score of the strongest link of each row to a hazard or a kind of it, 0 where there is none."""
        return np.asarray(self.rows.hazard_strength[self.hazard_position[hazard]][rows] / 255, np.float32)

    def measure_strength(self, measure: str, rows: NDArray[np.int64]) -> NDArray[np.float32]:
        """Return the score of the link of each row to a measure, 0 where there is none."""
        return np.asarray(self.rows.measure_strength[self.measure_position[measure]][rows] / 255, np.float32)

    @cached_property
    def hazard_position(self) -> Mapping[str, int]:
        """Positions of hazards by id."""
        return {hazard: position for position, hazard in enumerate(self.reference.hazards)}

    @cached_property
    def measure_position(self) -> Mapping[str, int]:
        """Positions of measures by id."""
        return {measure: position for position, measure in enumerate(self.reference.measures)}

    @cached_property
    def city_ids(self) -> list[str]:
        """Ids of cities by position."""
        return list(self.reference.cities)

    @cached_property
    def _person_by_key(self) -> dict[str, int]:
        return {key: position for position, key in enumerate(self.keys)}

    def _vectors(self, version: Path) -> NDArray[np.float32]:
        shape = (len(self.rows.person), self.dimensions)
        if not shape[0]:
            return np.zeros(shape, np.float32)
        return np.memmap(version / VECTORS, np.float32, "r", shape=shape).view(np.ndarray)
