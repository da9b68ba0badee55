"""The default embedder: a static model distilled from MiniLM by `nlp.embedders.distilling`.

A text is the weighted sum of the vectors of its word pieces. It reads ten thousand texts a second and needs no
runtime but numpy; order and negation are lost on it. English: of other languages it knows shared names only.
"""

from __future__ import annotations

from collections.abc import Sequence
from io import BytesIO

import numpy as np
from numpy.typing import NDArray

from nlp.embedders.tokenizing import DIRECTORY, checked, tokenizer

WEIGHTS = DIRECTORY / "weights.npz"
WEIGHTS_SHA256 = "b86ce0a04001fd61770325992b6c261e18a9d2ea1290b55c76910a1fac4dbf95"
DIMENSIONS = 256
AT_ONCE = 1024  # texts whose piece vectors are in memory together: about 30 MB


class StaticEmbedder:
    """The static model behind the port `nlp.ports.Embedder`. Safe to share between threads.

    Raises `Unavailable` where a file of the model is missing or changed.
    """

    name = f"static-minilm-{DIMENSIONS}@{WEIGHTS_SHA256[:8]}"
    dimensions = DIMENSIONS

    def __init__(self) -> None:
        self._tokenizer = tokenizer()
        with np.load(BytesIO(checked(WEIGHTS, WEIGHTS_SHA256)), allow_pickle=False) as stored:
            self._vectors: NDArray[np.int8] = stored["vectors"]
            self._scales: NDArray[np.float32] = stored["scales"]

    def embed(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Return one unit row for each text, shape (len(texts), 256); a text without a known piece is a zero row."""
        vectors = np.zeros((len(texts), DIMENSIONS), dtype=np.float32)
        for first in range(0, len(texts), AT_ONCE):
            batch = list(texts[first : first + AT_ONCE])
            vectors[first : first + AT_ONCE] = self._embed(batch)
        return vectors

    def _embed(self, texts: list[str]) -> NDArray[np.float32]:
        pieces = [encoding.ids for encoding in self._tokenizer.encode_batch_fast(texts, add_special_tokens=False)]
        lengths = np.fromiter(map(len, pieces), dtype=np.intp, count=len(pieces))
        all_pieces = np.fromiter((piece for ids in pieces for piece in ids), dtype=np.intp, count=int(lengths.sum()))
        summed = np.zeros((len(texts), DIMENSIONS), dtype=np.float32)
        if not len(all_pieces):
            return summed
        weighted = self._vectors[all_pieces] * self._scales[all_pieces, None]
        some = lengths > 0
        starts = np.cumsum(lengths) - lengths
        summed[some] = np.add.reduceat(weighted, starts[some], axis=0)
        norms = np.linalg.norm(summed, axis=1, keepdims=True)
        np.divide(summed, norms, out=summed, where=norms > 0)
        return summed
