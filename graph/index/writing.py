"""Writing a version of the index from parts, and putting it in force."""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from graph.index.directory import new_version
from graph.index.parts import Joined, Part, joined
from graph.index.records import RECORDS
from graph.index.reference import Reference
from graph.index.reference_file import save_city_traits, save_reference
from graph.index.searching import FORMAT, VECTORS, SearchIndex
from graph.index.vectors import closeness
from graph.index.words import WordIndex


@dataclass(frozen=True, slots=True)
class Made:
    """Of what and by what a version is made: the graph's generation, the embedder, and what people refer to.

    `city_traits` says of every city of the graph, also of those that nobody refers to, which traits it has.
    """

    generation: int
    embedder: str
    dimensions: int
    reference: Reference
    city_traits: Mapping[str, Sequence[str]]


def put_in_force(root: Path, made: Made, parts: Sequence[Part], left_out: Sequence[Collection[str]]) -> SearchIndex:
    """Write a version of the people of all parts but those left out of each; put it in force; return it opened."""
    everyone = joined(parts, left_out, made.reference.cities)
    with new_version(root) as version:
        everyone.rows.save(version)
        everyone.people.save(version)
        WordIndex.of(everyone.words, len(everyone.rows.person)).save(version)
        save_reference(version, made.reference, everyone.cities)
        save_city_traits(version, made.city_traits)
        with (version / RECORDS).open("wb") as records:
            records.writelines(parts[number].line(place) for number, place in everyone.people_from)
        vectors = _write_vectors(version / VECTORS, parts, everyone, made.dimensions)
        content = {
            "format": FORMAT,
            "generation": made.generation,
            "embedder": made.embedder,
            "dimensions": made.dimensions,
            "closeness": closeness(vectors, everyone.rows.person),
            "keys": everyone.keys,
            "languages": everyone.languages,
        }
        (version / "index.json").write_text(json.dumps(content, ensure_ascii=False), encoding="utf-8")
        del vectors
    return SearchIndex.open(root)


def _write_vectors(path: Path, parts: Sequence[Part], everyone: Joined, dimensions: int) -> NDArray[np.float32]:
    shape = (len(everyone.rows.person), dimensions)
    if not shape[0]:
        path.touch()
        return np.zeros(shape, np.float32)
    written = np.memmap(path, np.float32, "w+", shape=shape)
    for part, places in zip(parts, everyone.row_places, strict=True):
        first = 0
        for block in part.vectors:
            new = places[first : first + len(block)]
            written[new[new >= 0]] = block[new >= 0]
            first += len(block)
    written.flush()
    return written.view(np.ndarray)
