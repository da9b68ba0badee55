"""What the index asks of the floor above: an embedder, and somebody to tell how far a build is."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Protocol

import numpy as np
from numpy.typing import NDArray


class Embedder(Protocol):
    """Texts to unit vectors. `name` carries a version: vectors of different names never meet."""

    @property
    def name(self) -> str:
        """Name and version."""

    @property
    def dimensions(self) -> int:
        """Length of each vector."""

    def embed(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Return one row of length 1 for each text, shape (len(texts), dimensions); an empty text is a zero row."""


Progress = Callable[[int, int], None]
"""Called with the number of people done so far and the number of all, 0 where that is not known."""
