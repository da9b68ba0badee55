"""Taking people out of the index for good, without embedding or counting anything again."""

from __future__ import annotations

import json
from collections.abc import Collection
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from graph.index.arrays import holds
from graph.index.directory import new_version
from graph.index.records import RECORDS
from graph.index.reference_file import copy_reference
from graph.index.searching import FORMAT, VECTORS, SearchIndex

_ROWS_TOGETHER = 8_192


def without(index: SearchIndex, people: Collection[str], generation: int | None = None) -> SearchIndex:
    """Put a version in force that lacks these people, and return it opened.

    Nothing of their texts is left in the directory: not their records, vectors and words, nor a word that only they
    used; the old version is removed from disk, although whoever holds it mapped can read on. Keys that are not in the
    index are passed over. `generation` is the graph's after the removal; without it the number stays.
    """
    gone = set(people)
    stay = np.array([key not in gone for key in index.keys], np.bool_)
    keep = stay[index.rows.person]
    rows, columns = index.rows.kept(keep), index.people.kept(stay)
    np.subtract(np.cumsum(stay, dtype=np.int32)[rows.person], 1, out=rows.person)
    spoken = {place for place in range(len(index.languages)) if holds(columns.languages, place).any()}
    with new_version(index.root) as version:
        rows.save(version)
        columns.save(version)
        index.words.kept(keep).save(version)
        copy_reference(index.version, version)
        _copy_records(index, np.flatnonzero(stay), version)
        _copy_vectors(index.vectors, np.flatnonzero(keep), version)
        content = {
            "format": FORMAT,
            "generation": index.generation if generation is None else generation,
            "embedder": index.embedder,
            "dimensions": index.dimensions,
            "closeness": index.closeness,
            "keys": [key for key in index.keys if key not in gone],
            # A language nobody speaks any more keeps its position, not its name.
            "languages": [tag if place in spoken else "" for place, tag in enumerate(index.languages)],
        }
        (version / "index.json").write_text(json.dumps(content, ensure_ascii=False), encoding="utf-8")
    return SearchIndex.open(index.root)


def _copy_records(index: SearchIndex, people: NDArray[np.int64], version: Path) -> None:
    with (version / RECORDS).open("wb") as file:
        file.writelines(index.records.line(person) for person in people.tolist())


def _copy_vectors(vectors: NDArray[np.float32], rows: NDArray[np.int64], version: Path) -> None:
    with (version / VECTORS).open("wb") as file:
        for first in range(0, len(rows), _ROWS_TOGETHER):
            file.write(vectors[rows[first : first + _ROWS_TOGETHER]].tobytes())
