"""Distil the static model from MiniLM: `python -m nlp.embedders.distilling [DIRECTORY]`, half a minute on one core.

Each word piece is embedded once by the teacher, alone. The vectors are turned to their principal axes, of which the
first is left out (it says little but "a lone word"), and the rest are levelled a little; frequent pieces weigh less
(smooth inverse frequency, Arora et al. 2017, over Zipf's law, as model2vec does it). Stored as int8 with a scale a row.
No text is needed, and none of the package's code but its weights.
"""

from __future__ import annotations

import hashlib
import sys
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from nlp.embedders.minilm import MiniLMEmbedder, run, session
from nlp.embedders.static import DIMENSIONS, StaticEmbedder
from nlp.embedders.tokenizing import CLASSIFY, DIRECTORY, PIECES, SEPARATE

FIRST_WORD = 1996
"""Piece number of "the": from here on the vocabulary is ordered by frequency, before it stand characters and marks."""
RANK_OF_CHARACTERS = 200
SMOOTHING = 2e-4
LEFT_OUT = 1
LEVELLING = 0.25

Vectors = NDArray[np.float32]


def piece_vectors() -> Vectors:
    """Embed every word piece alone, as [CLS] piece [SEP]; shape (30522, 384)."""
    teacher = session()
    vectors = np.empty((PIECES, MiniLMEmbedder.dimensions), dtype=np.float32)
    for first in range(0, PIECES, 256):
        pieces = np.arange(first, min(first + 256, PIECES), dtype=np.int64)
        alone = np.stack([np.full_like(pieces, CLASSIFY), pieces, np.full_like(pieces, SEPARATE)], axis=1)
        vectors[pieces] = run(teacher, alone, np.ones_like(alone))
    return vectors


def principal(vectors: Vectors) -> Vectors:
    """Keep 256 principal axes after the first, each divided by its singular value to the power of `LEVELLING`."""
    _, strengths, axes = np.linalg.svd(vectors - vectors.mean(axis=0), full_matrices=False)
    kept = slice(LEFT_OUT, LEFT_OUT + DIMENSIONS)
    turned: Vectors = (vectors - vectors.mean(axis=0)) @ axes[kept].T / strengths[kept] ** LEVELLING
    return turned


def frequency_weights() -> Vectors:
    """Smooth inverse frequency of each piece, its frequency taken from its rank by Zipf's law; 0 for special pieces."""
    numbers = np.arange(PIECES)
    ranks = np.where(numbers >= FIRST_WORD, numbers - FIRST_WORD + 1, RANK_OF_CHARACTERS)
    frequencies = 1 / (ranks + 1)
    weights = SMOOTHING / (SMOOTHING + frequencies / frequencies.sum())
    weights[: CLASSIFY + 3] = 0  # [PAD], unused, [UNK], [CLS], [SEP], [MASK]
    return weights.astype(np.float32)


def quantised(vectors: Vectors) -> tuple[NDArray[np.int8], Vectors]:
    """Round each row to int8; the row times its scale gives it back within half a step."""
    scales = np.abs(vectors).max(axis=1) / 127
    steps = np.divide(vectors, scales[:, None], out=np.zeros_like(vectors), where=scales[:, None] > 0)
    return np.rint(steps).astype(np.int8), scales.astype(np.float32)


def likeness(one: Vectors, other: Vectors) -> tuple[float, float]:
    """Pearson and Spearman correlation of two embeddings' cosine similarities over all pairs of texts."""
    pairs = np.triu_indices(len(one), 1)
    first, second = (one @ one.T)[pairs], (other @ other.T)[pairs]
    ranks = [np.argsort(np.argsort(values)) for values in (first, second)]
    return float(np.corrcoef(first, second)[0, 1]), float(np.corrcoef(*ranks)[0, 1])


def main(directory: Path = DIRECTORY) -> None:
    """Write `weights.npz` and print its SHA-256, which `nlp.embedders.static` must name to open it."""
    weighted = principal(piece_vectors()) * frequency_weights()[:, None]
    vectors, scales = quantised(weighted.astype(np.float32))
    path = directory / "weights.npz"
    np.savez(path, vectors=vectors, scales=scales)
    digest = hashlib.sha256(path.read_bytes()).hexdigest()
    print(f"{path}: {path.stat().st_size:,} bytes, SHA-256 {digest}")


def report() -> None:
    """Print how like its teacher the released model is, over `static/probes.txt`."""
    probes = (DIRECTORY / "probes.txt").read_text(encoding="utf-8").splitlines()
    pearson, spearman = likeness(StaticEmbedder().embed(probes), MiniLMEmbedder().embed(probes))
    print(f"likeness to MiniLM over {len(probes)} sentences: Pearson {pearson:.3f}, Spearman {spearman:.3f}")


if __name__ == "__main__":
    if sys.argv[1:] == ["report"]:
        report()
    else:
        main(*map(Path, sys.argv[1:]))
