"""Distil the static model from MiniLM: `python -m nlp.embedders.distilling [DIRECTORY]`, five minutes on one core.

Each word piece is embedded once by the teacher, alone (Model2Vec, Tulkens and van Dongen 2024). The vectors are turned
to their principal axes, of which the first is left out: it says little but "a lone word". Frequent pieces weigh less
(smooth inverse frequency, Arora et al. 2017, over Zipf's law). Half of the result is what `nlp.embedders.teaching`
makes of that. The axes are levelled a little at the end, and stored as int8 with a scale a row.
`python -m nlp.embedders.distilling report` measures the model that is there.
"""

from __future__ import annotations

import hashlib
import sys
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from nlp.embedders.minilm import MiniLMEmbedder, run, session
from nlp.embedders.static import DIMENSIONS, StaticEmbedder
from nlp.embedders.teaching import Lesson, Vectors, lesson, taught
from nlp.embedders.tokenizing import CLASSIFY, DIRECTORY, PIECES, SEPARATE

FIRST_CHARACTER, FIRST_WORD = 999, 1996
"""Piece numbers of "!" and "the": from there on the vocabulary is ordered by frequency, before it stand characters."""
RANK_OF_CHARACTERS = 200
SMOOTHING = 2e-4
LEFT_OUT = 1
LEVELLING = 0.25
SHARE_TAUGHT = 0.5


def piece_vectors() -> Vectors:
    """Embed every word piece alone, as [CLS] piece [SEP]; shape (30522, 384)."""
    teacher = session()
    vectors = np.empty((PIECES, MiniLMEmbedder.dimensions), dtype=np.float32)
    for first in range(0, PIECES, 256):
        pieces = np.arange(first, min(first + 256, PIECES), dtype=np.int64)
        alone = np.stack([np.full_like(pieces, CLASSIFY), pieces, np.full_like(pieces, SEPARATE)], axis=1)
        vectors[pieces] = run(teacher, alone, np.ones_like(alone))
    return vectors


def ranks() -> NDArray[np.float64]:
    """Rank of each piece by frequency, as its place in the vocabulary tells; of all characters and marks the same."""
    ordered = np.arange(PIECES, dtype=np.float64) - FIRST_WORD + 2
    ordered[:FIRST_WORD] = RANK_OF_CHARACTERS
    return ordered


def rarity() -> Vectors:
    """Smooth inverse frequency of each piece; 0 for special and unused ones."""
    frequencies = 1 / ranks()
    weights = SMOOTHING / (SMOOTHING + frequencies / frequencies.sum())
    weights[:FIRST_CHARACTER] = 0
    return np.asarray(weights, dtype=np.float32)


def phrase_frequencies() -> NDArray[np.float64]:
    """How often a piece is drawn for phrases: flatter than Zipf's law, so that rare pieces are met too."""
    frequencies = np.maximum(ranks(), RANK_OF_CHARACTERS) ** -0.7
    frequencies[:FIRST_WORD] *= 0.3
    frequencies[:FIRST_CHARACTER] = 0
    return frequencies


def distilled(alone: Vectors, company: Lesson) -> Vectors:
    """Return the 256 numbers of each piece from the teacher's vectors of lone pieces and of phrases."""
    centre = alone.mean(axis=0)
    _, strengths, axes = np.linalg.svd(alone - centre, full_matrices=False)
    kept = slice(LEFT_OUT, LEFT_OUT + DIMENSIONS)
    weighted = ((alone - centre) @ axes[kept].T * rarity()[:, None]).astype(np.float32)
    phrases = Lesson(company.phrases, (company.vectors - centre) @ axes[kept].T)
    both = (1 - SHARE_TAUGHT) * levelled(weighted) + SHARE_TAUGHT * levelled(taught(weighted, phrases))
    both[:FIRST_CHARACTER] = 0
    return (both / strengths[kept] ** LEVELLING).astype(np.float32)


def levelled(vectors: Vectors) -> Vectors:
    """Scale all vectors alike, so that a word's is of length 1 on average."""
    scaled: Vectors = vectors / np.linalg.norm(vectors[FIRST_WORD:], axis=1).mean()
    return scaled


def quantised(vectors: Vectors) -> tuple[NDArray[np.int8], Vectors]:
    """Round each row to int8; the row times its scale gives it back within half a step."""
    scales = np.abs(vectors).max(axis=1) / 127
    steps = np.divide(vectors, scales[:, None], out=np.zeros_like(vectors), where=scales[:, None] > 0)
    return np.rint(steps).astype(np.int8), scales.astype(np.float32)


def likeness(one: Vectors, other: Vectors) -> tuple[float, float]:
    """Pearson and Spearman correlation of two embeddings' cosine similarities over all pairs of texts."""
    pairs = np.triu_indices(len(one), 1)
    first, second = (one @ one.T)[pairs], (other @ other.T)[pairs]
    by_rank = [np.argsort(np.argsort(values)).astype(np.float32) for values in (first, second)]
    return float(np.corrcoef(first, second)[0, 1]), float(np.corrcoef(by_rank[0], by_rank[1])[0, 1])


def main(directory: Path = DIRECTORY) -> None:
    """Write `weights.npz` and print its SHA-256, which `nlp.embedders.static` must name to open it."""
    vectors, scales = quantised(distilled(piece_vectors(), lesson(phrase_frequencies())))
    path = directory / "weights.npz"
    np.savez(path, vectors=vectors, scales=scales)
    digest = hashlib.sha256(path.read_bytes()).hexdigest()
    print(f"{path}: {path.stat().st_size:,} bytes, SHA-256 {digest}")


def report() -> None:
    """Print how like its teacher the model that is there is, over `static/probes.txt`."""
    probes = (DIRECTORY / "probes.txt").read_text(encoding="utf-8").splitlines()
    pearson, spearman = likeness(StaticEmbedder().embed(probes), MiniLMEmbedder().embed(probes))
    print(f"likeness to MiniLM over {len(probes)} sentences: Pearson {pearson:.3f}, Spearman {spearman:.3f}")


if __name__ == "__main__":
    if sys.argv[1:] == ["report"]:
        report()
    else:
        main(*map(Path, sys.argv[1:]))
