"""The second half of distilling: piece vectors learn from the teacher how pieces weigh in company.

Alone, every piece seems equally important. So the teacher embeds phrases of pieces drawn at random by Zipf's law, which
need no corpus and carry nobody's text, and the vectors are moved until the mean over a phrase points where the teacher
points (AdaGrad with one rate a piece, on one minus the cosine).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from nlp.embedders.minilm import MiniLMEmbedder, run, session
from nlp.embedders.tokenizing import CLASSIFY, PIECES, SEPARATE

Vectors = NDArray[np.float32]

SEED = 1
PHRASES = 60_000
LONGEST_PHRASE = 12
TOGETHER = 64
ROUNDS = 8
BATCH = 512
RATE = 0.05


@dataclass(frozen=True, slots=True)
class Lesson:
    """A phrase as piece numbers, shape (phrases, 12), filled up with -1; and the teacher's vector of each."""

    phrases: NDArray[np.int32]
    vectors: Vectors


def lesson(frequencies: NDArray[np.float64]) -> Lesson:
    """Draw phrases of 3 to 12 pieces by the given frequencies (any sum) and let the teacher embed them."""
    teacher, random = session(), np.random.default_rng(SEED)
    chances = frequencies / frequencies.sum()
    phrases = np.full((PHRASES, LONGEST_PHRASE), -1, dtype=np.int32)
    vectors = np.empty((PHRASES, MiniLMEmbedder.dimensions), dtype=np.float32)
    for first in range(0, PHRASES, TOGETHER):
        rows = slice(first, min(first + TOGETHER, PHRASES))
        count = rows.stop - rows.start
        drawn = random.choice(PIECES, (count, int(random.integers(3, LONGEST_PHRASE + 1))), p=chances)
        around = [np.full((count, 1), piece) for piece in (CLASSIFY, SEPARATE)]
        framed = np.concatenate([around[0], drawn, around[1]], axis=1).astype(np.int64)
        phrases[rows, : drawn.shape[1]] = drawn
        vectors[rows] = run(teacher, framed, np.ones_like(framed))
    return Lesson(phrases, vectors)


def taught(vectors: Vectors, taken: Lesson) -> Vectors:
    """Return the piece vectors moved towards what the lesson says; `taken.vectors` are of the same axes."""
    moved = vectors.copy()
    squares = np.full((len(vectors), 1), 1e-8, dtype=np.float32)
    targets = unit(taken.vectors)
    random = np.random.default_rng(SEED)
    for _ in range(ROUNDS):
        for rows in batches(random.permutation(len(targets))):
            pieces, slopes = slopes_of(moved, taken.phrases[rows], targets[rows])
            squares[pieces] += (slopes**2).mean(axis=1, keepdims=True)
            moved[pieces] -= RATE * slopes / np.sqrt(squares[pieces])
    return moved


def slopes_of(vectors: Vectors, phrases: NDArray[np.int32], targets: Vectors) -> tuple[NDArray[np.int32], Vectors]:
    """Return the pieces that occur, each once, and the slope of one minus the cosine for each."""
    real = phrases >= 0
    lengths = real.sum(axis=1, keepdims=True)
    means = np.where(real[:, :, None], vectors[phrases], 0).sum(axis=1) / lengths
    norms = np.linalg.norm(means, axis=1, keepdims=True) + 1e-6
    directions = means / norms
    cosines = (directions * targets).sum(axis=1, keepdims=True)
    by_phrase = (cosines * directions - targets) / norms / lengths
    by_occurrence = np.repeat(by_phrase, real.sum(axis=1), axis=0)
    occurring = phrases[real]
    order = np.argsort(occurring, kind="stable")
    pieces, firsts = np.unique(occurring[order], return_index=True)
    return pieces, np.add.reduceat(by_occurrence[order], firsts, axis=0).astype(np.float32)


def batches(order: NDArray[np.intp]) -> Iterator[NDArray[np.intp]]:
    """Cut the order of a round into batches."""
    return (order[first : first + BATCH] for first in range(0, len(order), BATCH))


def unit(vectors: Vectors) -> Vectors:
    """Bring every row to length 1."""
    lengths: Vectors = np.linalg.norm(vectors, axis=1, keepdims=True)
    return vectors / lengths
