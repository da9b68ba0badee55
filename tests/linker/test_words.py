"""Single words that speak for a hazard: how they are cut in each writing, and how they are weighed."""

import numpy as np
import pytest

from nlp.linking.scoring import logistic, words_logits
from nlp.linking.words import WordIndex, stems


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("embankment", "embankments"),
        ("inondation", "inondations"),
        ("sequía", "sequías"),
        ("ERUPTION", "eruptions"),
    ],
)
def test_forms_of_a_word_have_one_stem(one: str, other: str) -> None:
    assert stems(one).keys() == stems(other).keys()


def test_small_words_and_figures_are_left_out() -> None:
    assert stems("the of de la für 2019 a 7") == {}
    assert list(stems("The dike of the city").values()) == ["dike", "city"]


def test_writings_without_spaces_between_words_are_read_in_pairs() -> None:
    assert list(stems("山体滑坡")) == ["山体", "体滑", "滑坡"]
    assert list(stems("xâm nhập mặn, sông")) == ["xâm nhập", "nhập mặn"]


def test_rare_words_weigh_more_and_the_strongest_are_shown() -> None:
    index = WordIndex({"a": {"water": 1, "glacier": 1}, "b": {"water": 1, "desert": 1}, "c": {"water": 1}})
    scores = index.of(["Water below the glacier", "nothing known", ""])
    assert scores[0].argmax() == 0
    assert 0 < scores[0, 1] < scores[0, 2] < scores[0, 0]  # of two with the same words the shorter description counts
    assert not scores[1:].any()
    assert index.showing("Water below the Glacier", 0, 1) == ("Glacier",)
    assert index.showing("Water below the Glacier", 1, 3) == ("Water",)


def test_more_words_say_ever_less_more() -> None:
    scores = np.array([[0, 0, 4], [0, 0, 8], [0, 0, 12]], dtype=np.float32)
    said = words_logits(scores, np.zeros(3, dtype=np.bool_))[:, 2]
    assert said[0] < said[1] < said[2]
    assert said[1] - said[0] > said[2] - said[1]
    assert (words_logits(scores, np.ones(3, dtype=np.bool_))[:, 2] > said).all()
    assert logistic(np.zeros(1, dtype=np.float32)) == pytest.approx(0.5)
