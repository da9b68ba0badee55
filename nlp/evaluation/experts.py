"""Rankings of people judged on a collection: words alone, meaning alone, both fused, and City2City's own.

All four read the same index of the same texts. The first three score texts and gather them into people by one of
`aggregation`'s ways, over the thousand best texts; City2City reads the topic as a question and answers it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from graph.answers.experts import ask
from graph.answers.scoring import reciprocal_rank
from graph.index.building import build
from graph.index.searching import SearchIndex
from graph.index.tokens import meaningful, words
from graph.model.questions import SLOTS, AskRequest, Understood
from nlp.evaluation.aggregation import AGGREGATES
from nlp.evaluation.collection import Collection, reference, stored_people
from nlp.evaluation.figures import Figure, difference_of, mean_of
from nlp.evaluation.questions import Reader
from nlp.evaluation.ties import expected_average_precision, expected_ndcg, expected_reciprocal_rank
from nlp.evaluation.trec import Judgements, Run
from nlp.ports import Embedder, Linker
from nlp.vocabulary import Vocabulary

METHODS = ("bm25", "embedding", "fusion", "city2city")
DEPTH = 1_000
"""Texts that count for a ranking, and people that it may hold."""


@dataclass(frozen=True, slots=True)
class RankingQuality:
    """How good one method's rankings are over the judged topics; the last is its MAP less City2City's, paired."""

    method: str
    topics: int
    average_precision: Figure
    reciprocal_rank: Figure
    ndcg_at_10: Figure
    against_city2city: Figure


class Ranker:
    """Ranks the people of a collection; its index lies in `directory`."""

    def __init__(
        self,
        collection: Collection,
        directory: Path,
        vocabulary: Vocabulary,
        reader: Reader,
        embedder: Embedder,
        linker: Linker,
    ) -> None:
        """Link every text and build the index."""
        people = stored_people(collection, linker)
        known = reference(vocabulary, list(collection.countries.values()))
        self._index: SearchIndex = build(directory / "index", people, known, embedder, generation=1)
        self._reader = reader
        self._embedder = embedder

    def run(
        self, method: str, topics: Mapping[str, str], aggregate: str = "combsum"
    ) -> dict[str, list[tuple[str, float]]]:
        """Rank people for every topic, best first, those that nothing speaks for left out."""
        if method == "city2city":
            return {topic: self._answered(text) for topic, text in topics.items()}
        score = _TEXT_SCORES[method]
        return {topic: self._gathered(score(self, text), aggregate) for topic, text in topics.items()}

    def _answered(self, text: str) -> list[tuple[str, float]]:
        read = _without_places(self._reader.read(text, date.today()))
        answer = ask(self._index, AskRequest(text, limit=DEPTH), read, self._embedder)
        # The order of people who score the same is meant: later evidence first.
        return [(person.id, person.score - rank * 1e-9) for rank, person in enumerate(answer.experts)]

    def _gathered(self, scores: NDArray[np.float64], aggregate: str) -> list[tuple[str, float]]:
        best = np.argsort(-scores, kind="stable")[:DEPTH]
        best = best[scores[best] > 0]
        person = self._index.rows.person[best].astype(np.int64)
        gathered = AGGREGATES[aggregate](scores[best], person, len(self._index.keys))
        order = np.argsort(-gathered, kind="stable")
        return [(self._index.keys[place], float(gathered[place])) for place in order.tolist() if gathered[place] > 0]

    def bm25(self, text: str) -> NDArray[np.float64]:
        """BM25 of every text for the meaningful words of a topic."""
        return self._index.words.scores(meaningful(words(text))).astype(np.float64)

    def meaning(self, text: str) -> NDArray[np.float64]:
        """Cosine of every text with a topic."""
        cosines: NDArray[np.float64] = (self._index.vectors @ self._embedder.embed([text])[0]).astype(np.float64)
        return cosines

    def fusion(self, text: str) -> NDArray[np.float64]:
        """Both by reciprocal rank (Cormack, Clarke and Büttcher 2009)."""
        both = (self.bm25(text), self.meaning(text))
        fused: NDArray[np.float64] = np.sum([reciprocal_rank(scores.astype(np.float32)) for scores in both], axis=0)
        return fused


def _without_places(read: Understood) -> Understood:
    """A collection says nothing of places and languages: their words are looked for like other words."""
    dropped = [slot for slot in SLOTS if slot not in ("hazards", "measures")]
    said = [term.words for slot in dropped for term in getattr(read, slot) if not term.negated]
    return Understood(hazards=read.hazards, measures=read.measures, years=read.years, rest=" ".join([read.rest, *said]))


_TEXT_SCORES: dict[str, Callable[[Ranker, str], NDArray[np.float64]]] = {
    "bm25": Ranker.bm25,
    "embedding": Ranker.meaning,
    "fusion": Ranker.fusion,
}


def judge_runs(runs: Mapping[str, Run], judgements: Judgements) -> list[RankingQuality]:
    """Judge runs by method over the topics that have somebody relevant."""
    topics = [topic for topic, grades in judgements.items() if any(grades.values())]
    precision = {method: _average_precisions(run, judgements, topics) for method, run in runs.items()}
    own = precision.get("city2city")
    return [
        RankingQuality(
            method,
            len(topics),
            mean_of(precision[method]),
            mean_of([expected_reciprocal_rank(_graded(run, judgements, topic)) for topic in topics]),
            mean_of([expected_ndcg(_graded(run, judgements, topic), _grades(judgements, topic)) for topic in topics]),
            Figure.unknown() if own is None or method == "city2city" else difference_of(precision[method], own),
        )
        for method, run in runs.items()
    ]


def _average_precisions(run: Run, judgements: Judgements, topics: Sequence[str]) -> list[float]:
    return [
        expected_average_precision(_graded(run, judgements, topic), sum(g > 0 for g in _grades(judgements, topic)))
        for topic in topics
    ]


def _graded(run: Run, judgements: Judgements, topic: str) -> list[tuple[float, int]]:
    grades = judgements[topic]
    return [(score, grades.get(person, 0)) for person, score in run.get(topic, ())]


def _grades(judgements: Judgements, topic: str) -> list[int]:
    return list(judgements[topic].values())
