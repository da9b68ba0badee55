from __future__ import annotations

import math

import numpy as np
import pytest

from graph.index.words import Occurrences, WordCounter, WordIndex

TEXTS = ["dike dike breach", "dike", "mangrove planting", "", "breach of the old dike wall by water"]


def index_of(texts: list[str]) -> WordIndex:
    return WordIndex.of(occurrences_of(texts), len(texts))


def occurrences_of(texts: list[str]) -> Occurrences:
    counter = WordCounter()
    for text in texts:
        counter.add(text.split())
    return Occurrences.together([counter.occurrences()])


@pytest.fixture
def index():
    return index_of(TEXTS)


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


def test_scores_are_those_of_bm25s(index):
    import bm25s

    words = sorted({word for text in TEXTS for word in text.split()})
    maker = bm25s.BM25(method="lucene")
    rows = [[words.index(word) for word in text.split()] for text in TEXTS]
    maker.index((rows, {word: at for at, word in enumerate(words)}), create_empty_token=False, show_progress=False)
    for word in words:
        assert index.scores([word]) == pytest.approx(maker.get_scores([word]), abs=1e-6)


def test_rows_moved_and_joined_weigh_as_if_they_had_always_stood_so(index):
    some = occurrences_of([*TEXTS[:2], "quixotrill weir"]).moved(np.array([4, 0, -1]))
    others = index.occurrences.moved(np.array([-1, -1, 1, 2, 3]))
    found = WordIndex.of(Occurrences.together([some, others]), 5)
    expected = index_of([TEXTS[1], *TEXTS[2:], TEXTS[0]])
    assert found.vocabulary == expected.vocabulary == tuple(sorted({word for text in TEXTS for word in text.split()}))
    for name in ("starts", "rows", "times", "weights"):
        assert np.array_equal(getattr(found, name), getattr(expected, name)), name


def test_texts_without_words_make_an_index_without_words(tmp_path):
    index_of([""]).save(tmp_path)
    assert WordIndex.open(tmp_path, 1).scores(["dike"]).tolist() == [0]
    assert WordIndex.of(occurrences_of([]), 0).scores(["dike"]).tolist() == []
