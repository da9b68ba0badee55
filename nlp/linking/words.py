"""Which hazard the single words of a text speak for: BM25 (Robertson and Zaragoza 2009) over what describes each.

Words are cut to their first letters, which takes most endings off in most languages; Chinese is read in pairs of
characters and Vietnamese, whose words are written in syllables, in pairs of syllables. It finds what no listed name or
term spells out in full.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from nlp.language import SMALL_WORDS
from nlp.vocabulary import Vocabulary

Scores = NDArray[np.float32]

WORD = re.compile(r"[\u3400-\u9fff]+|[^\W\d_\u3400-\u9fff]+")
VIETNAMESE = re.compile("[đơưĐƠƯ\u1ea0-\u1ef9]")
STEM = 7
SATURATION, LENGTH_SHARE = 1.2, 0.5
IN_NAMES = 2.0
"""How many times a word of a name counts, against one of a term or of the definition."""
SAYS_NOTHING = frozenset(word for words in SMALL_WORDS.values() for word in words.split())


def stems(text: str) -> dict[str, str]:
    """Return the stems of a text, each with the first piece of the text that has it, small words left out."""
    found: dict[str, str] = {}
    if VIETNAMESE.search(text):
        for first, second in pairwise(WORD.finditer(text)):
            if text[first.end() : second.start()].isspace():
                found.setdefault(f"{first[0]} {second[0]}".casefold(), text[first.start() : second.end()])
        return found
    for word in WORD.findall(text):
        if "\u3400" <= word[0] <= "\u9fff":
            for pair in map("".join, pairwise(word)):
                found.setdefault(pair, pair)
        elif len(word) > 2 and (stem := stem_of(word)) is not None:
            found.setdefault(stem, word)
    return found


@lru_cache(maxsize=65_536)
def stem_of(word: str) -> str | None:
    """Return the stem of a word of letters; None for a small one, which says nothing."""
    small = word.casefold()
    return None if small in SAYS_NOTHING else cut(small)


def cut(word: str) -> str:
    """Cut a word to its first letters; of a short one only the plural ending goes."""
    return word[:STEM] if len(word) > STEM else word.removesuffix("s") if len(word) > 3 else word


class WordIndex:
    """BM25 weights of every stem for every target, as one matrix."""

    def __init__(self, described: Mapping[str, Mapping[str, float]]) -> None:
        """Index targets by how often each stem describes them."""
        self.targets = tuple(described)
        counts = [described[target] for target in self.targets]
        lengths = np.array([sum(count.values()) for count in counts])
        all_stems = sorted({stem for count in counts for stem in count})
        self._rows = {stem: row for row, stem in enumerate(all_stems)}
        frequency = np.zeros((len(all_stems), len(counts)))
        for target, count in enumerate(counts):
            for described_by, times in count.items():
                frequency[self._rows[described_by], target] = times
        occurring = (frequency > 0).sum(axis=1, keepdims=True)
        rarity = np.log(1 + (len(counts) - occurring + 0.5) / (occurring + 0.5))
        level = SATURATION * (1 - LENGTH_SHARE + LENGTH_SHARE * lengths / lengths.mean())
        self._weights = (rarity * frequency * (SATURATION + 1) / (frequency + level)).astype(np.float32)

    def of(self, texts: Sequence[str]) -> Scores:
        """Return the BM25 score of each target for each text, shape (texts, targets)."""
        scores = np.zeros((len(texts), len(self.targets)), dtype=np.float32)
        for place, text in enumerate(texts):
            rows = [row for stem in stems(text) if (row := self._rows.get(stem)) is not None]
            if rows:
                scores[place] = self._weights[rows].sum(axis=0)
        return scores

    def showing(self, text: str, target: int, most: int) -> tuple[str, ...]:
        """Return the words of the text that speak most for a target, strongest first."""
        weighed = [
            (float(self._weights[row, target]), word)
            for stem, word in stems(text).items()
            if (row := self._rows.get(stem)) is not None and self._weights[row, target] > 0
        ]
        return tuple(word for _, word in sorted(weighed, key=lambda pair: -pair[0])[:most])


def described_hazards(vocabulary: Vocabulary) -> dict[str, dict[str, float]]:
    """Return how often each stem stands in the names, terms and definition of each hazard."""
    described: dict[str, dict[str, float]] = {}
    for id, hazard in vocabulary.hazards.items():
        counts: defaultdict[str, float] = defaultdict(float)
        for weight, text in [(1.0, hazard.definition), *phrases_of(vocabulary, id)]:
            for stem in stems(text):
                counts[stem] += weight
        described[id] = dict(counts)
    return described


def phrases_of(vocabulary: Vocabulary, hazard: str) -> Iterator[tuple[float, str]]:
    """Yield the names and terms of a hazard in all languages, each with how many times its words count."""
    for weight, by_language in ((IN_NAMES, vocabulary.hazard_names), (1.0, vocabulary.hazard_terms)):
        for phrases in by_language.values():
            yield from ((weight, phrase) for phrase in phrases.get(hazard, ()))
