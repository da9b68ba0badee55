"""From evidence to a score between 0 and 1: a logistic function over five kinds of evidence, the same for all hazards.

The weights were fitted to the tuning part of `tests/linker/statements.jsonl` and rounded by hand; a name was given
more, so that it decides alone. They are no probabilities yet.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Numbers = NDArray[np.float32]

NAME, TERM, FURTHER_TERM, GROUP, MEASURE, WORDS, MEANING, BIAS = 7.0, 2.1, 1.0, 1.2, 1.0, 8.0, 8.0, -6.6
WORDS_ALONE = 12.0
"""Weight of words where meaning cannot count, as in a language that the embedder does not know: set between 8 and 14
by what share of the links of such texts, in the demo network and the statements, was right (0.90 to 0.62)."""
HALF_OF_WORDS = 8.0
"""BM25 above the text's median at which words say half of what they can."""
MEASURE_NAME, MEASURE_MEANING, MEASURE_BIAS = 7.0, 10.0, -4.6
THRESHOLD = 0.5
"""Least score of a link, one for all hazards and languages."""
MEASURE_THRESHOLD = 0.5
SHOWN = 0.5
"""Logits that a kind of evidence must add to be named as a way in which a link was found."""
NEVER = -20.0
"""Logit of what a text denies."""


def above_the_usual(values: Numbers) -> Numbers:
    """By how much each value of a row exceeds the row's median: what sets this target apart from the others."""
    above: Numbers = np.maximum(values - np.median(values, axis=1, keepdims=True), 0)
    return above


def words_logits(scores: Numbers, alone: NDArray[np.bool_]) -> Numbers:
    """Logits of BM25 scores, shape (texts, targets): ever less for ever more; `alone` where meaning does not count."""
    above = above_the_usual(scores)
    weights = np.where(alone, WORDS_ALONE, WORDS)[:, None]
    return np.asarray(weights * above / (above + HALF_OF_WORDS), dtype=np.float32)


def logistic(logits: Numbers) -> Numbers:
    """Turn logits into scores between 0 and 1."""
    return np.asarray(1 / (1 + np.exp(-logits)), dtype=np.float32)
