from __future__ import annotations

import math

import numpy as np
import pytest

from graph.index.words import WordCounter, WordIndex

TEXTS = ["dike dike breach", "dike", "mangrove planting", "", "breach of the old dike wall by water"]


@pytest.fixture
def index():
    counter = WordCounter()
    for text in TEXTS:
        counter.add(text.split())
    return counter.index()


def bm25(word: str, row: int) -> float:
    """Lucene's BM25 by its formula (k1 1.5, b 0.75)."""
    split = [text.split() for text in TEXTS]
    frequency = sum(word in text for text in split)
    rarity = math.log(1 + (len(split) - frequency + 0.5) / (frequency + 0.5))
    mean = sum(map(len, split)) / len(split)
    times = split[row].count(word)
    return rarity * times / (times + 1.5 * (0.25 + 0.75 * len(split[row]) / mean))


def test_scores_are_bm25(index):
    found = index.scores(["dike", "breach", "dike", "unheard"])
    for row in range(len(TEXTS)):
        assert found[row] == pytest.approx(bm25("dike", row) + bm25("breach", row), abs=1e-5)


def test_frequency_counts_rows(index):
    assert [index.frequency(word) for word in ("dike", "mangrove", "unheard")] == [3, 1, 0]


def test_it_is_read_as_it_was_written(index, tmp_path):
    index.save(tmp_path)
    assert WordIndex.open(tmp_path, len(TEXTS)).scores(["breach"]).tolist() == index.scores(["breach"]).tolist()


def test_rows_taken_out_take_their_words_with_them(index):
    kept = index.kept(np.array([True, False, False, True, True]))
    assert "mangrove" not in kept.vocabulary
    assert kept.scores(["dike"]).tolist() == index.scores(["dike"])[[0, 3, 4]].tolist()
    assert (kept.frequency("dike"), kept.row_count) == (2, 3)


def test_texts_without_words_make_an_index_without_words(tmp_path):
    counter = WordCounter()
    counter.add([])
    counter.index().save(tmp_path)
    assert WordIndex.open(tmp_path, 1).scores(["dike"]).tolist() == [0]
