"""A text seen before is not embedded again, and what is forgotten leaves no byte."""

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from nlp.embedders.remembering import RememberingEmbedder
from nlp.embedders.static import StaticEmbedder


class Counting(StaticEmbedder):
    """The static embedder, noting what it is asked."""

    def __init__(self) -> None:
        super().__init__()
        self.asked: list[str] = []

    def embed(self, texts: Sequence[str]) -> NDArray[np.float32]:
        self.asked += texts
        return super().embed(texts)


@pytest.fixture
def embedder() -> Counting:
    return Counting()


def test_each_text_is_embedded_once_also_after_opening_again(embedder: Counting, tmp_path: Path) -> None:
    remembering = RememberingEmbedder(embedder, tmp_path / "vectors.sqlite")
    first = remembering.embed(["a dike", "a dune", "a dike"])
    assert embedder.asked == ["a dike", "a dune"]
    remembering.close()
    again = RememberingEmbedder(embedder, tmp_path / "vectors.sqlite")
    second = again.embed(["a dune", "a polder", "a dike"])
    assert embedder.asked == ["a dike", "a dune", "a polder"]
    assert np.array_equal(first[[1, 0]], second[[0, 2]])
    assert again.name == embedder.name
    assert again.embed([]).shape == (0, 256)
    again.close()


def test_another_embedder_does_not_meet_the_vectors(embedder: Counting, tmp_path: Path) -> None:
    RememberingEmbedder(embedder, tmp_path / "vectors.sqlite").embed(["a dike"])
    other = Counting()
    other.name = "another"
    RememberingEmbedder(other, tmp_path / "vectors.sqlite").embed(["a dike"])
    assert other.asked == ["a dike"]


def test_what_is_forgotten_is_in_no_byte_of_the_file(embedder: Counting, tmp_path: Path) -> None:
    remembering = RememberingEmbedder(embedder, tmp_path / "vectors.sqlite")
    kept, gone = remembering.embed(["a dike", "Made-up Person raised a dike"])

    def bytes_on_disk() -> bytes:
        return b"".join(file.read_bytes() for file in tmp_path.iterdir())

    assert gone[:16].tobytes() in bytes_on_disk()
    remembering.forget(["Made-up Person raised a dike"])
    assert gone[:16].tobytes() not in bytes_on_disk()
    assert b"Made-up" not in bytes_on_disk()
    assert kept[:16].tobytes() in bytes_on_disk()
    remembering.embed(["Made-up Person raised a dike"])
    assert len(embedder.asked) == 3
    remembering.close()
