"""Expertise to the hazards it applies to and the measures it used: names, words and meaning together.

A name found in the text decides; words that show a hazard without naming it add up; so does how much nearer the text
lies in meaning to this hazard than to the others, in the embedder's language. What a text denies shows nothing. One
threshold decides, so that a text about no hazard links to nothing.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from graph.model.links import Link, Linked
from nlp.language import detect
from nlp.linking import scoring
from nlp.linking.evidence import Evidence, EvidenceReader
from nlp.linking.meaning import Meaning, hazard_descriptions, measure_descriptions
from nlp.linking.scoring import Numbers
from nlp.linking.words import WordIndex, described_hazards
from nlp.ports import Embedder
from nlp.vocabulary import Vocabulary

VERSION = "3"
EMBEDDED_LANGUAGES = ("en", None)
"""Languages in which meaning counts: the packaged embedders know English. None is a text too short to tell."""
AT_ONCE = 2_048
MOST_WORDS = 3


@dataclass(frozen=True, slots=True)
class Read:
    """A text with all that speaks for its links; `words` and `meaning` are logits by hazard, `nearness` by measure."""

    evidence: Evidence
    language: str | None
    words: Numbers
    meaning: Numbers
    nearness: Numbers


class HazardLinker:
    """Links texts by a vocabulary and an embedder; thread-safe."""

    def __init__(self, vocabulary: Vocabulary, embedder: Embedder) -> None:
        self.name = f"names-words-meaning-{VERSION}/{embedder.name}"
        self._embedder = embedder
        self._reader = EvidenceReader(vocabulary)
        self._words = WordIndex(described_hazards(vocabulary))
        self._hazard_meaning = Meaning(hazard_descriptions(vocabulary), embedder)
        self._measure_meaning = Meaning(measure_descriptions(vocabulary), embedder)
        self._hazards, self._measures = self._hazard_meaning.targets, self._measure_meaning.targets
        self._places = {id: place for place, id in enumerate(self._hazards)}
        self._measure_places = {id: place for place, id in enumerate(self._measures)}
        self._broader = vocabulary.broader_by_id
        self._reduces = {
            id: [self._places[reduced.hazard] for reduced in measure.reduces]
            for id, measure in vocabulary.measures.items()
        }

    def link(self, texts: Sequence[str], languages: Sequence[str | None] | None = None) -> list[Linked]:
        """Link each text; only links at or above the threshold, best first.

        A hazard that the text does not name is left out beside a narrower one that the text is linked to.
        A language given as None is detected.
        """
        return list(self._linked(texts, languages, scoring.THRESHOLD))

    def rank(self, texts: Sequence[str], languages: Sequence[str | None] | None = None) -> list[Linked]:
        """Every hazard for each text, best first, without a threshold; measures as in `link`."""
        return list(self._linked(texts, languages, 0.0))

    def _linked(
        self, texts: Sequence[str], languages: Sequence[str | None] | None, threshold: float
    ) -> Iterator[Linked]:
        for first in range(0, len(texts), AT_ONCE):
            some = texts[first : first + AT_ONCE]
            stated = languages[first : first + AT_ONCE] if languages is not None else [None] * len(some)
            reads = self._read_together(some, stated)
            hazards, measures = self._hazard_scores(reads), self._measure_scores(reads)
            best_hazards = best_first(hazards, threshold)
            best_measures = best_first(measures, scoring.MEASURE_THRESHOLD)
            for at, read in enumerate(reads):
                links = self._hazard_links(read, hazards[at], best_hazards[at], threshold)
                used = self._measure_links(read, measures[at], best_measures[at], links)
                yield Linked(links, used, read.language, self.name)

    def _read_together(self, texts: Sequence[str], stated: Sequence[str | None]) -> list[Read]:
        languages = [language or detect(text) for text, language in zip(texts, stated, strict=True)]
        evidence = [self._reader.read(text) for text in texts]
        foreign = np.array([language not in EMBEDDED_LANGUAGES for language in languages], dtype=np.bool_)
        words = scoring.words_logits(self._words.of([shown.rest for shown in evidence]), foreign)
        # Where the embedder does not know the language, nothing is near: those texts are not embedded at all.
        meaning = np.zeros((len(texts), len(self._hazard_meaning.targets)), np.float32)
        nearness = np.zeros((len(texts), len(self._measure_meaning.targets)), np.float32)
        own = np.flatnonzero(~foreign)
        if len(own):
            vectors = self._embedder.embed([evidence[place].said for place in own])
            meaning[own] = scoring.MEANING * scoring.above_the_usual(self._hazard_meaning.of(vectors))
            nearness[own] = scoring.above_the_usual(self._measure_meaning.of(vectors))
        return list(map(Read, evidence, languages, words, meaning, nearness))

    def _hazard_scores(self, reads: Sequence[Read]) -> Numbers:
        """Score of each hazard for each text, shape (texts, hazards)."""
        logits = scoring.BIAS + np.stack([read.words for read in reads]) + np.stack([read.meaning for read in reads])
        for own, read in zip(logits, reads, strict=True):
            self._add_evidence(own, read.evidence)
        return scoring.logistic(logits)

    def _add_evidence(self, logits: Numbers, evidence: Evidence) -> None:
        for hazard in evidence.names:
            logits[self._places[hazard]] += scoring.NAME
        for hazard, terms in evidence.terms.items():
            logits[self._places[hazard]] += scoring.TERM + scoring.FURTHER_TERM * (len(terms) - 1)
        for hazard in evidence.groups:
            logits[self._places[hazard]] += scoring.GROUP
        for measure in evidence.measures:
            reduced = self._reduces[measure]
            logits[reduced] += scoring.MEASURE / len(reduced)
        for hazard in evidence.denied:
            logits[self._places[hazard]] = scoring.NEVER

    def _measure_scores(self, reads: Sequence[Read]) -> Numbers:
        """Score of each measure for each text, shape (texts, measures)."""
        logits = scoring.MEASURE_BIAS + scoring.MEASURE_MEANING * np.stack([read.nearness for read in reads])
        for own, read in zip(logits, reads, strict=True):
            for measure in read.evidence.measures:
                own[self._measure_places[measure]] += scoring.MEASURE_NAME
        return scoring.logistic(logits)

    def _hazard_links(self, read: Read, scores: Numbers, best: Sequence[int], threshold: float) -> tuple[Link, ...]:
        if threshold:
            best = self._without_unnamed_broader(best, read.evidence)
        return tuple(self._link(read, place, float(scores[place])) for place in best)

    def _without_unnamed_broader(self, places: Sequence[int], evidence: Evidence) -> list[int]:
        linked = [self._hazards[place] for place in places]
        said_closer = {broader for hazard in linked for broader in self._broader[hazard] if broader != hazard}
        unnamed = said_closer - evidence.names.keys()
        return [place for place in places if self._hazards[place] not in unnamed]

    def _link(self, read: Read, place: int, score: float) -> Link:
        hazard, evidence = self._hazards[place], read.evidence
        names = evidence.names.get(hazard, ())
        listed = dict.fromkeys((*names, *evidence.terms.get(hazard, ()), *evidence.groups.get(hazard, ())))
        by_words = len(listed) > len(names) or read.words[place] >= scoring.SHOWN
        ways = {"name": bool(names), "words": by_words, "meaning": read.meaning[place] >= scoring.SHOWN}
        shown = tuple(listed) or self._telling(read, place, score)
        return Link(hazard, round(score, 4), shown, "+".join(way for way in ways if ways[way]), self.name)

    def _telling(self, read: Read, place: int, score: float) -> tuple[str, ...]:
        """Words of the text that speak for a hazard that no listed word shows; none for what is no link."""
        if score < scoring.THRESHOLD:
            return ()
        shown = self._words.showing(read.evidence.rest, place, MOST_WORDS)
        return shown or self._hazard_meaning.nearest_words(read.evidence.said, place, MOST_WORDS)

    def _measure_links(
        self, read: Read, scores: Numbers, best: Sequence[int], hazards: Sequence[Link]
    ) -> tuple[Link, ...]:
        """Measures that the text names, and those it only means where they reduce a hazard that it is linked to."""
        named = read.evidence.measures
        linked = {self._places[link.id] for link in hazards if link.score >= scoring.THRESHOLD}
        return tuple(
            self._measure_link(read, place, float(scores[place]))
            for place in best
            if (measure := self._measures[place]) in named or not linked.isdisjoint(self._reduces[measure])
        )

    def _measure_link(self, read: Read, place: int, score: float) -> Link:
        measure = self._measures[place]
        words = read.evidence.measures.get(measure, ())
        near = scoring.MEASURE_MEANING * float(read.nearness[place]) >= scoring.SHOWN
        ways = {"name": bool(words), "meaning": near}
        shown = words or self._measure_meaning.nearest_words(read.evidence.said, place, MOST_WORDS)
        return Link(measure, round(score, 4), shown, "+".join(way for way in ways if ways[way]), self.name)


def best_first(scores: Numbers, threshold: float) -> list[list[int]]:
    """Return for each row of scores the places that reach a threshold, best first."""
    row, place = np.nonzero(scores >= threshold)
    ordered = place[np.lexsort((place, -scores[row, place], row))].tolist()
    ends = np.cumsum(np.bincount(row, minlength=len(scores))).tolist()
    return [ordered[start:end] for start, end in pairwise([0, *ends])]
