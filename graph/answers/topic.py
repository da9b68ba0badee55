"""What a question is about beside its conditions: its meaning as a vector, and the words to look for."""

from __future__ import annotations

from functools import cached_property
from itertools import chain, islice

import numpy as np
from numpy.typing import NDArray

from graph.answers.likeness import likeness
from graph.answers.meeting import Mask
from graph.answers.scoring import Floats, cosines
from graph.errors import Unavailable
from graph.index.ports import Embedder
from graph.index.searching import SearchIndex
from graph.index.tokens import meaningful, words
from graph.model.questions import Understood

_COMMON = 0.05
_ALWAYS_RARE = 10
_MOST_WORDS = 1_000
"""Words looked for at the most: the longest question has no more."""


class Topic:
    """The topic of one question, against one index.

    Looked for are the meaningful words left over by the reader, and the hazards and measures as they were said.
    A word is meaningful unless it is a function word or stands in more than one text in twenty.
    """

    def __init__(self, index: SearchIndex, question: str, understood: Understood, embedder: Embedder) -> None:
        """Take the question apart; the vector is made when first needed.

        Raises:
            Unavailable: the index was built with another embedder.
        """
        if embedder.name != index.embedder:
            raise Unavailable(
                f"The search index was built with the embedder {index.embedder}, not with {embedder.name}.",
                "Choose that embedder again, or build the index again by loading any file.",
            )
        self._index = index
        self._embedder = embedder
        terms = [term for term in (*understood.hazards, *understood.measures) if not term.negated]
        self.like = tuple(term.id for term in understood.like if not term.negated)
        self._said = question.strip() or " ".join([*(term.words or term.name for term in terms), understood.rest])
        self._rest = [word for word in meaningful(words(understood.rest)) if self._is_rare(word)]
        said = (word for term in terms for word in words(term.words or term.name))
        self._looked_for = list(islice(chain(self._rest, said), _MOST_WORDS))

    @property
    def has_words(self) -> bool:
        """Tell whether a meaningful word was left over."""
        return bool(self._rest)

    @cached_property
    def vector(self) -> Floats:
        """The meaning of the question, of length 1, or 0 where nothing was said."""
        return np.asarray(self._embedder.embed([self._said])[0], np.float32)

    @cached_property
    def word_scores(self) -> Floats:
        """The BM25 score of every row for the words looked for."""
        return self._index.words.scores(self._looked_for)

    @cached_property
    def likeness(self) -> Floats:
        """How like the cities that the question names each expertise's city is, 0 to 1, shape (rows,)."""
        return likeness(self._index, self.like)

    def looks_for_words(self) -> bool:
        """Tell whether any word is looked for."""
        return bool(self._looked_for)

    def meaning(self, rows: NDArray[np.int64]) -> Floats:
        """Return the cosine of the question with some rows."""
        return cosines(self._index.vectors, rows, self.vector)

    def rows(self) -> Mask:
        """Return which rows are on the topic: they share a word left over, or are close in meaning.

        Where a city like another is all that was asked for, they were gained in one that shares a trait of it.
        """
        return self._on_topic

    @cached_property
    def _on_topic(self) -> Mask:
        if self.like and not self._rest:
            return self.likeness > 0
        close = self.meaning(np.arange(len(self._index.vectors))) >= self._index.closeness
        return close | (self._index.words.scores(self._rest) > 0)

    def _is_rare(self, word: str) -> bool:
        common = max(_ALWAYS_RARE, _COMMON * len(self._index.vectors))
        return self._index.words.frequency(word) <= common
