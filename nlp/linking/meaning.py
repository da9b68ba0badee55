"""How near a text lies in meaning to what a hazard or a measure is described by."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from nlp.linking.words import stems
from nlp.ports import Embedder
from nlp.vocabulary import Vocabulary

Similarities = NDArray[np.float32]

NEAREST = 3
"""Of the descriptions of one hazard the nearest three count: one alone is chance, all blur."""


class Meaning:
    """Similarity of texts to targets, each described by several phrases."""

    def __init__(self, descriptions: Mapping[str, Sequence[str]], embedder: Embedder) -> None:
        self.targets = tuple(descriptions)
        self._embedder = embedder
        phrases = [phrase for own in descriptions.values() for phrase in own]
        self._vectors = embedder.embed(phrases)
        ends = np.cumsum([len(own) for own in descriptions.values()])
        self._slices = [slice(end - len(own), end) for end, own in zip(ends, descriptions.values(), strict=True)]

    def of(self, vectors: NDArray[np.float32]) -> Similarities:
        """Return the mean cosine to the nearest descriptions, shape (texts, targets)."""
        cosines = vectors @ self._vectors.T
        found = np.empty((len(vectors), len(self.targets)), np.float32)
        for target, own in enumerate(self._slices):
            block = cosines[:, own]
            nearest = min(NEAREST, block.shape[1])
            found[:, target] = np.partition(block, -nearest, axis=1)[:, -nearest:].mean(axis=1)
        return found

    def nearest_words(self, text: str, target: int, most: int) -> tuple[str, ...]:
        """Return the words of a text that lie nearest to a target each by itself, nearest first."""
        words = list(stems(text).values())
        if not words:
            return ()
        nearness = self.of(self._embedder.embed(words))[:, target]
        return tuple(words[place] for place in np.argsort(-nearness, kind="stable")[:most])


def hazard_descriptions(vocabulary: Vocabulary) -> dict[str, list[str]]:
    """Return what describes each hazard: its definition, names and terms in English."""
    names, terms = vocabulary.hazard_names["en"], vocabulary.hazard_terms["en"]
    return {
        identifier: [hazard.definition, *names[identifier], *terms.get(identifier, ())]
        for identifier, hazard in vocabulary.hazards.items()
    }


def measure_descriptions(vocabulary: Vocabulary) -> dict[str, list[str]]:
    """Return what describes each measure: its definition and names in English."""
    names = vocabulary.measure_names["en"]
    return {identifier: [measure.definition, *names[identifier]] for identifier, measure in vocabulary.measures.items()}
