"""BM25 over the texts of all expertises: weights made by bm25s, kept as memory-mapped arrays, read with numpy alone."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from graph.index.arrays import open_array, save_array

_VOCABULARY = "words.json"


@dataclass(frozen=True)
class WordIndex:
    """Sparse weights by word: those of word w are `weights[starts[w]:starts[w + 1]]`, of the rows beside them.

    Asking needs no import of bm25s, which costs a fifth of a second.
    """

    vocabulary: tuple[str, ...]
    starts: NDArray[np.int64]
    rows: NDArray[np.int32]
    weights: NDArray[np.float32]
    row_count: int

    @cached_property
    def _position(self) -> dict[str, int]:
        return {word: position for position, word in enumerate(self.vocabulary)}

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

    def kept(self, keep: NDArray[np.bool_]) -> WordIndex:
        """Return the index of the rows to keep; a word that only dropped rows had is gone.

        Weights stay as they were: the drop changes the rarity of words only slightly, and the next build renews them.
        """
        stays = keep[self.rows]
        new_row = np.cumsum(keep, dtype=np.int64).astype(np.int32) - 1
        word_of = np.repeat(np.arange(len(self.vocabulary)), np.diff(self.starts))[stays]
        counts = np.bincount(word_of, minlength=len(self.vocabulary))
        used = np.flatnonzero(counts)
        return WordIndex(
            tuple(self.vocabulary[position] for position in used),
            np.concatenate([[0], np.cumsum(counts[used])]).astype(np.int64),
            new_row[self.rows[stays]],
            self.weights[stays],
            int(keep.sum()),
        )

    def save(self, directory: Path) -> None:
        """Write the index into a directory."""
        save_array(directory, "words.starts", self.starts)
        save_array(directory, "words.rows", self.rows)
        save_array(directory, "words.weights", self.weights)
        (directory / _VOCABULARY).write_text(json.dumps(self.vocabulary, ensure_ascii=False), encoding="utf-8")

    @classmethod
    def open(cls, directory: Path, row_count: int) -> WordIndex:
        """Open what `save` wrote."""
        return cls(
            tuple(json.loads((directory / _VOCABULARY).read_text(encoding="utf-8"))),
            open_array(directory, "words.starts"),
            open_array(directory, "words.rows"),
            open_array(directory, "words.weights"),
            row_count,
        )


class WordCounter:
    """Collects the words of each row, then makes the index (Lucene's BM25, k1 1.5, b 0.75)."""

    def __init__(self) -> None:
        """Begin with no rows."""
        self._vocabulary: dict[str, int] = {}
        self._rows: list[list[int]] = []

    def add(self, words: Sequence[str]) -> None:
        """Add the next row."""
        known = self._vocabulary
        self._rows.append([known.setdefault(word, len(known)) for word in words])

    def index(self) -> WordIndex:
        """Make the index of all rows added."""
        if not self._vocabulary:
            return WordIndex((), np.zeros(1, np.int64), np.zeros(0, np.int32), np.zeros(0, np.float32), len(self._rows))
        import bm25s  # late: only a build needs it

        maker = bm25s.BM25(method="lucene")
        maker.index((self._rows, self._vocabulary), create_empty_token=False, show_progress=False)
        made = maker.scores
        return WordIndex(
            tuple(self._vocabulary),
            np.asarray(made["indptr"], np.int64),
            np.asarray(made["indices"], np.int32),
            np.asarray(made["data"], np.float32),
            len(self._rows),
        )
