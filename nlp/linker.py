"""Expertise to the hazards it applies to and the measures it used: names, words and meaning together.

A name found in the text weighs most, then words that show a hazard without naming it, then how much nearer the text
lies in meaning to this hazard than to the others. What stands in a negated clause shows nothing. The logistic function
turns the sum into a score between 0 and 1; one threshold decides, so that a text about no hazard links to nothing.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from graph.model.links import Link, Linked
from nlp.language import detect
from nlp.linking.evidence import Evidence, EvidenceReader
from nlp.linking.meaning import Meaning, hazard_descriptions, measure_descriptions
from nlp.ports import Embedder
from nlp.vocabulary import Vocabulary

Numbers = NDArray[np.float32]

VERSION = "1"
NAME, TERM, FURTHER_TERM, MEANING, BIAS = 6.4, 1.5, 0.7, 14.0, -5.6
MEASURE_NAME, MEASURE_MEANING, MEASURE_BIAS = 5.0, 10.0, -4.4
THRESHOLD = 0.5
SHOWN_BY_MEANING = 0.5
"""Logits that meaning must add on its own to be named as a way in which a link was found."""
AT_ONCE = 2_048


class HazardLinker:
    """Links texts by a vocabulary and an embedder; thread-safe."""

    def __init__(self, vocabulary: Vocabulary, embedder: Embedder) -> None:
        self._embedder = embedder
        self._reader = EvidenceReader(vocabulary)
        self._hazards = Meaning(hazard_descriptions(vocabulary), embedder)
        self._measures = Meaning(measure_descriptions(vocabulary), embedder)
        self.name = f"names-words-meaning-{VERSION}/{embedder.name}"

    def link(self, texts: Sequence[str], languages: Sequence[str | None] | None = None) -> list[Linked]:
        """Link each text; only links at or above the threshold, best first."""
        return self._linked(texts, languages, THRESHOLD)

    def rank(self, texts: Sequence[str], languages: Sequence[str | None] | None = None) -> list[Linked]:
        """Every hazard for each text, best first, without a threshold; measures as in `link`."""
        return self._linked(texts, languages, 0.0)

    def _linked(self, texts: Sequence[str], languages: Sequence[str | None] | None, threshold: float) -> list[Linked]:
        found: list[Linked] = []
        for first in range(0, len(texts), AT_ONCE):
            some = texts[first : first + AT_ONCE]
            stated = languages[first : first + AT_ONCE] if languages else [None] * len(some)
            found.extend(self._linked_together(some, stated, threshold))
        return found

    def _linked_together(self, texts: Sequence[str], languages: Sequence[str | None], threshold: float) -> list[Linked]:
        evidence = [self._reader.read(text) for text in texts]
        vectors = self._embedder.embed(texts)
        hazard_meaning = _above_the_usual(self._hazards.of(vectors))
        measure_meaning = _above_the_usual(self._measures.of(vectors))
        return [
            Linked(
                hazards=self._hazard_links(shown, hazard_meaning[place], threshold),
                measures=self._measure_links(shown, measure_meaning[place]),
                language=language or detect(text),
            )
            for place, (text, language, shown) in enumerate(zip(texts, languages, evidence, strict=True))
        ]

    def _hazard_links(self, shown: Evidence, meaning: Numbers, threshold: float) -> tuple[Link, ...]:
        logits = BIAS + MEANING * meaning
        if shown.denied:
            # Who says what they have not done speaks of it all the same: meaning cannot tell the difference.
            logits = np.minimum(logits, BIAS)
        for place, hazard in enumerate(self._hazards.targets):
            if hazard in shown.names:
                logits[place] += NAME
            if hazard in shown.terms:
                logits[place] += TERM + FURTHER_TERM * (len(shown.terms[hazard]) - 1)
        return self._best(self._hazards.targets, logits, threshold, shown, meaning)

    def _measure_links(self, shown: Evidence, meaning: Numbers) -> tuple[Link, ...]:
        logits = MEASURE_BIAS + MEASURE_MEANING * meaning
        for place, measure in enumerate(self._measures.targets):
            if measure in shown.measures:
                logits[place] += MEASURE_NAME
        scores = _logistic(logits)
        order = np.argsort(-scores, kind="stable")
        return tuple(
            Link(
                self._measures.targets[place],
                round(float(scores[place]), 4),
                shown.measures.get(self._measures.targets[place], ()),
                "name" if self._measures.targets[place] in shown.measures else "meaning",
                self.name,
            )
            for place in order
            if scores[place] >= THRESHOLD
        )

    def _best(
        self, targets: Sequence[str], logits: Numbers, threshold: float, shown: Evidence, meaning: Numbers
    ) -> tuple[Link, ...]:
        scores = _logistic(logits)
        order = np.argsort(-scores, kind="stable")
        return tuple(
            self._link(targets[place], float(scores[place]), shown, float(meaning[place]))
            for place in order
            if scores[place] >= threshold
        )

    def _link(self, target: str, score: float, shown: Evidence, meaning: float) -> Link:
        names, terms = shown.names.get(target, ()), shown.terms.get(target, ())
        ways = [
            way
            for way, holds in (
                ("name", bool(names)),
                ("words", bool(terms)),
                ("meaning", meaning * MEANING >= SHOWN_BY_MEANING),
            )
            if holds
        ]
        return Link(target, round(score, 4), (*names, *terms), "+".join(ways) or "meaning", self.name)


def _above_the_usual(similarities: Numbers) -> Numbers:
    """Return by how much each similarity exceeds the text's median one: what sets this target apart."""
    median = np.median(similarities, axis=1, keepdims=True)
    return np.maximum(similarities - median, 0)


def _logistic(logits: Numbers) -> Numbers:
    return np.asarray(1 / (1 + np.exp(-logits)), np.float32)
