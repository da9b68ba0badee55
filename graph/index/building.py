"""Building the search index: people in, one pass; a new version of the directory out, put in force whole."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Sequence, Sized
from itertools import islice
from pathlib import Path
from typing import BinaryIO

import numpy as np
from numpy.typing import NDArray

from graph.errors import WrongInput
from graph.index.directory import new_version
from graph.index.gathering import Gathered
from graph.index.ports import Embedder, Progress
from graph.index.records import RECORDS, record_line
from graph.index.reference import Reference
from graph.index.reference_file import save_reference
from graph.index.searching import FORMAT, VECTORS, SearchIndex
from graph.index.tokens import words
from graph.index.words import WordCounter
from graph.model.stored import StoredPerson

_PEOPLE_TOGETHER = 500
_PAIRS = 4_000
CLOSE = 0.5
"""Texts at or above this cosine are close in meaning, unless unrelated texts of the network come near it too."""


def build(
    directory: Path,
    people: Iterable[StoredPerson],
    reference: Reference,
    embedder: Embedder,
    generation: int,
    progress: Progress | None = None,
    total: int = 0,
) -> SearchIndex:
    """Build the index of these people and put it in force in `directory`; return it opened.

    `progress` is called with the number of people done and `total`, which is counted where `people` can be.
    Vectors of texts that the index in force already has, made by the same embedder, are used again.

    Raises:
        WrongInput: a person stands twice, or refers to a hazard, measure or city that is not in `reference`.
    """
    reuse = _Vectors.of_current(directory, embedder)
    total = len(people) if isinstance(people, Sized) else total
    gathered, counter = Gathered(reference), WordCounter()
    with new_version(directory) as version:
        with (version / RECORDS).open("wb") as records, (version / VECTORS).open("wb") as vectors:
            stream, done = iter(people), 0
            while together := list(islice(stream, _PEOPLE_TOGETHER)):
                texts: list[str] = []
                for person in together:
                    line = record_line(person)
                    records.write(line)
                    gathered.add(person, len(line), [text_hash(e.text) for e in person.alumnus.expertises])
                    for expertise in person.alumnus.expertises:
                        texts.append(expertise.text)
                        counter.add(words(f"{expertise.text} {expertise.project or ''}"))
                _write_vectors(vectors, texts, embedder, reuse)
                done += len(together)
                if progress is not None:
                    progress(done, total)
        rows, columns = gathered.columns()
        rows.save(version)
        columns.save(version)
        counter.index().save(version)
        save_reference(version, reference, gathered.cities)
        shape = (len(rows.person), embedder.dimensions)
        content = {
            "format": FORMAT,
            "generation": generation,
            "embedder": embedder.name,
            "dimensions": embedder.dimensions,
            "closeness": closeness(_mapped(version / VECTORS, shape), rows.person),
            "keys": gathered.keys,
            "languages": gathered.languages,
        }
        (version / "index.json").write_text(json.dumps(content, ensure_ascii=False), encoding="utf-8")
    return SearchIndex.open(directory)


def text_hash(text: str) -> int:
    """Return a number of 64 bits that tells a text from others."""
    return int.from_bytes(hashlib.blake2b(text.encode(), digest_size=8).digest(), "big")


def closeness(vectors: NDArray[np.float32], person: NDArray[np.int32]) -> float:
    """Return the cosine from which texts are close in meaning: two deviations above unrelated ones, at least CLOSE.

    Unrelated are texts of different people, drawn with a fixed seed: embedders differ in how near all texts lie.
    """
    if len(vectors) < 2:
        return CLOSE
    drawn = np.random.default_rng(0).integers(0, len(vectors), (2, _PAIRS))
    left, right = drawn[:, person[drawn[0]] != person[drawn[1]]]
    if len(left) < _PAIRS // 4:
        return CLOSE
    cosines = np.einsum("nd,nd->n", vectors[left], vectors[right])
    return float(min(0.95, max(CLOSE, cosines.mean() + 2 * cosines.std())))


class _Vectors:
    """The vectors of an index in force, by text."""

    def __init__(self, hashes: NDArray[np.uint64], vectors: NDArray[np.float32]) -> None:
        self._order = np.argsort(hashes)
        self._sorted = hashes[self._order]
        self._vectors = vectors

    @classmethod
    def of_current(cls, directory: Path, embedder: Embedder) -> _Vectors | None:
        """Return those of the index in force, or None where it is missing, broken, or made by another embedder."""
        index = SearchIndex.open_if_usable(directory)
        if index is None or index.embedder != embedder.name or not len(index.vectors):
            return None
        return cls(index.rows.text_hash, index.vectors)

    def fill(self, hashes: NDArray[np.uint64], into: NDArray[np.float32]) -> NDArray[np.bool_]:
        """Fill in the rows whose text is known; return which those are."""
        place = np.minimum(np.searchsorted(self._sorted, hashes), len(self._sorted) - 1)
        known: NDArray[np.bool_] = self._sorted[place] == hashes
        into[known] = self._vectors[self._order[place[known]]]
        return known


def _write_vectors(file: BinaryIO, texts: Sequence[str], embedder: Embedder, reuse: _Vectors | None) -> None:
    made = np.zeros((len(texts), embedder.dimensions), np.float32)
    if reuse is None:
        known = np.zeros(len(texts), np.bool_)
    else:
        known = reuse.fill(np.array([text_hash(text) for text in texts], np.uint64), made)
    missing = np.flatnonzero(~known)
    if len(missing):
        vectors = embedder.embed([texts[place] for place in missing.tolist()])
        if vectors.shape != (len(missing), embedder.dimensions):
            raise WrongInput(
                f"The embedder {embedder.name} gave vectors of shape {vectors.shape} for {len(missing)} texts.",
                f"It must give one row of {embedder.dimensions} numbers for each text.",
            )
        made[missing] = vectors
    file.write(made.tobytes())


def _mapped(path: Path, shape: tuple[int, int]) -> NDArray[np.float32]:
    if not shape[0]:
        return np.zeros(shape, np.float32)
    return np.memmap(path, np.float32, "r", shape=shape).view(np.ndarray)
