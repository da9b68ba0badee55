"""What a reader may ask of the made-up texts: pure functions over texts, used while writing and in the tests."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ingest.synthetic.truth import Truth

_NUMBER = re.compile(r"\d+(?:[.,   ]\d+)*\s?%?")
_SENTENCE_END = re.compile(r"(?<=[.!?؟])\s+|(?<=[。！？])")
_SPACE = re.compile(r"\s+")
_CJK = re.compile(r"[一-鿿]")
_EDGES = " .,;:!?。，；：！？؟،؛-–()[]'\"«»“”"


CHARACTERS_A_CHINESE_WORD = 1.7


def skeletons(text: str, names: Iterable[str]) -> list[str]:
    """Return what is left of each sentence of the text when the names and all numbers are taken out.

    The result is lower case with single spaces, without punctuation at its ends; a sentence of which nothing is left
    is not returned.
    """
    for name in sorted((name for name in names if name), key=len, reverse=True):
        text = text.replace(name, " ")
    text = _NUMBER.sub(" ", text)
    sentences = (_SPACE.sub(" ", part).strip(_EDGES).lower() for part in _SENTENCE_END.split(text))
    return [sentence for sentence in sentences if sentence]


def word_count(text: str) -> int:
    """Return the number of words; Chinese, which writes no spaces, counts 1.7 characters a word."""
    characters = len(_CJK.findall(text))
    return round(characters / CHARACTERS_A_CHINESE_WORD) + len(_CJK.sub(" ", text).split())


@dataclass(frozen=True, slots=True)
class Figures:
    """What can be counted in a network's texts; shares are between 0 and 1."""

    texts: int
    repeated_texts: int
    languages: dict[str, float]
    skeleton_maximum: int
    hazards: int
    names_hazard: float
    two_hazards: float
    no_hazard: float
    fewest_words: int
    most_words: int


def figures(truths: Sequence[Truth]) -> Figures:
    """Count in a network's texts what a reader may ask of them."""
    total = len(truths)
    lengths = [word_count(truth.text) for truth in truths]
    return Figures(
        texts=total,
        repeated_texts=len(repeated(truth.text for truth in truths)),
        languages=shares(truth.language for truth in truths),
        skeleton_maximum=skeleton_maximum((truth.text, truth.names) for truth in truths),
        hazards=len({hazard for truth in truths for hazard in truth.hazards}),
        names_hazard=sum(truth.names_hazard for truth in truths) / total,
        two_hazards=sum(len(truth.hazards) > 1 for truth in truths) / total,
        no_hazard=sum(not truth.hazards for truth in truths) / total,
        fewest_words=min(lengths),
        most_words=max(lengths),
    )


def skeleton_maximum(texts: Iterable[tuple[str, Iterable[str]]]) -> int:
    """Return how often the commonest sentence skeleton occurs in the texts, each given with its names."""
    counts = Counter(skeleton for text, names in texts for skeleton in skeletons(text, names))
    return max(counts.values(), default=0)


def shares(values: Iterable[str]) -> dict[str, float]:
    """Return the share of each value, commonest first."""
    counts = Counter(values)
    total = sum(counts.values())
    return {value: count / total for value, count in counts.most_common()}


def repeated(texts: Iterable[str]) -> list[str]:
    """Return the texts that occur more than once."""
    return [text for text, count in Counter(texts).items() if count > 1]
