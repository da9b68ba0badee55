"""What the floors above `nlp` call: an embedder and a linker, whichever are chosen."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from graph.model.links import Linked


class Embedder(Protocol):
    """Texts to unit vectors. `name` carries a version: vectors of different names never meet."""

    name: str
    dimensions: int

    def embed(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Return one row of length 1 for each text, shape (len(texts), dimensions); an empty text is a zero row."""


class Linker(Protocol):
    """Texts to the hazards they apply to and the measures they used."""

    name: str

    def link(self, texts: Sequence[str], languages: Sequence[str | None] | None = None) -> list[Linked]:
        """Link each text; only links at or above the threshold, best first."""

    def rank(self, texts: Sequence[str], languages: Sequence[str | None] | None = None) -> list[Linked]:
        """Every hazard for each text, best first, without a threshold."""
