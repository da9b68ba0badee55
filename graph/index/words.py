"""BM25 over the texts of all expertises: counts and weights as memory-mapped arrays, made and read with numpy alone."""

from __future__ import annotations

import json
from array import array
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Self

import numpy as np
from numpy.typing import NDArray

from graph.index.arrays import open_array, save_array

_VOCABULARY = "words.json"
_ARRAYS = ("starts", "rows", "times", "weights")
SATURATION, LENGTH_SHARE = 1.5, 0.75
"""Lucene's BM25: k1 and b."""


@dataclass(frozen=True, slots=True)
class Occurrences:
    """Which word stands how often in which row: `word`, `row` and `times` have one place for each word of each row."""

    vocabulary: Sequence[str]
    word: NDArray[np.int64]
    row: NDArray[np.int64]
    times: NDArray[np.int32]

    def moved(self, places: NDArray[np.int64]) -> Occurrences:
        """Give each row its new place; -1 leaves it out."""
        row = places[self.row]
        stays = row >= 0
        return Occurrences(self.vocabulary, self.word[stays], row[stays], self.times[stays])

    @classmethod
    def together(cls, parts: Sequence[Occurrences]) -> Occurrences:
        """Join the words of parts that have no row in common; the vocabulary is what is used, in alphabetical order."""
        used = [np.unique(part.word) for part in parts]
        vocabulary = sorted({part.vocabulary[at] for part, own in zip(parts, used, strict=True) for at in own.tolist()})
        position = {word: place for place, word in enumerate(vocabulary)}
        words = []
        for part, own in zip(parts, used, strict=True):
            new = np.zeros(len(part.vocabulary), np.int64)
            new[own] = [position[part.vocabulary[at]] for at in own.tolist()]
            words.append(new[part.word])
        rows, times = [part.row for part in parts], [part.times for part in parts]
        return cls(vocabulary, np.concatenate(words), np.concatenate(rows), np.concatenate(times))


@dataclass(frozen=True)
class WordIndex:
    """Sparse weights by word: those of word w are `weights[starts[w]:starts[w + 1]]`, of the rows beside them."""

    vocabulary: tuple[str, ...]
    starts: NDArray[np.int64]
    rows: NDArray[np.int32]
    times: NDArray[np.int32]
    weights: NDArray[np.float32]
    row_count: int

    @classmethod
    def of(cls, found: Occurrences, row_count: int) -> Self:
        """Weigh the words of all rows (Robertson and Zaragoza 2009, as Lucene reckons it)."""
        order = np.lexsort((found.row, found.word))
        word, row, times = found.word[order], found.row[order], found.times[order]
        frequency = np.bincount(word, minlength=len(found.vocabulary))
        lengths = np.bincount(row, times, row_count)
        rarity = np.log(1 + (row_count - frequency + 0.5) / (frequency + 0.5))
        mean = lengths.sum() / row_count if len(row) else 1.0
        level = SATURATION * (1 - LENGTH_SHARE + LENGTH_SHARE * lengths / mean)
        return cls(
            tuple(found.vocabulary),
            np.concatenate([[0], np.cumsum(frequency)]).astype(np.int64),
            row.astype(np.int32),
            times.astype(np.int32),
            (rarity[word] * times / (times + level[row])).astype(np.float32),
            row_count,
        )

    @cached_property
    def _position(self) -> dict[str, int]:
        return {word: position for position, word in enumerate(self.vocabulary)}

    @property
    def occurrences(self) -> Occurrences:
        """What the weights were made of."""
        word = np.repeat(np.arange(len(self.vocabulary)), np.diff(self.starts))
        return Occurrences(self.vocabulary, word, self.rows.astype(np.int64), self.times)

    def frequency(self, word: str) -> int:
        """Return in how many rows the word stands."""
        position = self._position.get(word)
        return 0 if position is None else int(self.starts[position + 1] - self.starts[position])

    def scores(self, words: Iterable[str]) -> NDArray[np.float32]:
        """Return the BM25 score of every row, shape (rows,); zero where no word is shared."""
        total = np.zeros(self.row_count, np.float32)
        for word in dict.fromkeys(words):
            position = self._position.get(word)
            if position is not None:
                place = slice(int(self.starts[position]), int(self.starts[position + 1]))
                # A row stands once under a word, so plain indexing adds without losing any.
                total[self.rows[place]] += self.weights[place]
        return total

    def save(self, directory: Path) -> None:
        """Write the index into a directory."""
        for name in _ARRAYS:
            save_array(directory, f"words.{name}", getattr(self, name))
        (directory / _VOCABULARY).write_text(json.dumps(self.vocabulary, ensure_ascii=False), encoding="utf-8")

    @classmethod
    def open(cls, directory: Path, row_count: int) -> WordIndex:
        """Open what `save` wrote."""
        vocabulary = tuple(json.loads((directory / _VOCABULARY).read_text(encoding="utf-8")))
        arrays = {name: open_array(directory, f"words.{name}") for name in _ARRAYS}
        return cls(vocabulary=vocabulary, row_count=row_count, **arrays)


class WordCounter:
    """Collects the words of one row after the other."""

    def __init__(self) -> None:
        """Begin with no rows."""
        self._vocabulary: dict[str, int] = {}
        self._words = array("q")
        self._lengths = array("q")

    def add(self, words: Sequence[str]) -> None:
        """Add the next row."""
        known = self._vocabulary
        self._words.extend([known.setdefault(word, len(known)) for word in words])
        self._lengths.append(len(words))

    def occurrences(self) -> Occurrences:
        """Return the words of all rows added."""
        word = np.array(self._words, np.int64)
        row = np.repeat(np.arange(len(self._lengths)), np.array(self._lengths, np.int64))
        width = max(1, len(self._lengths))
        pairs, times = np.unique(word * width + row, return_counts=True)
        return Occurrences(list(self._vocabulary), pairs // width, pairs % width, times.astype(np.int32))
