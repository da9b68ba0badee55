from __future__ import annotations

import pytest

from graph.index.tokens import meaningful, words


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Tidal Gates, raised 2014–2018", ["tidal", "gate", "raised", "2014", "2018"]),
        ("cities and floods", ["city", "and", "flood"]),
        ("pass the bus, analysis of gas", ["pass", "the", "bus", "analysis", "of", "gas"]),
        ("Überschwemmung ÜBERSCHWEMMUNG", ["uberschwemmung"] * 2),
        ("lũ lụt ở đồng bằng", ["lu", "lut", "o", "dong", "bang"]),
        ("沿海洪水", ["沿海", "海洪", "洪水"]),
        ("水", ["水"]),
        ("2019年の洪水", ["2019", "年の", "の洪", "洪水"]),
        ("العَوَاصِف", ["العواصف"]),
        ("", []),
        ("… — !", []),
    ],
)
def test_words_are_normalised(text, found):
    assert words(text) == found


def test_a_word_of_marks_is_one_word():
    assert len(words("बाढ़ का पानी")) == 3


def test_function_words_and_repeats_carry_no_meaning():
    assert meaningful(words("Who has worked on the sluices of old sluices in 3 towns")) == [
        "sluice",
        "old",
        "3",
        "town",
    ]
