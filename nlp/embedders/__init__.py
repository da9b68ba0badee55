"""Embedders behind the port `nlp.ports.Embedder`, chosen by name; each imports its runtime only when chosen."""

from __future__ import annotations

from graph.errors import WrongInput
from nlp.ports import Embedder

CHOICES = ("static", "minilm")


def choose(name: str) -> Embedder:
    """Open the embedder of that name.

    Raises:
        WrongInput: there is no embedder of that name.
        Unavailable: the extra that the embedder needs is not installed, or a file of it is damaged.
    """
    if name == "static":
        from nlp.embedders.static import StaticEmbedder

        return StaticEmbedder()
    if name == "minilm":
        from nlp.embedders.minilm import MiniLMEmbedder

        return MiniLMEmbedder()
    raise WrongInput(f"There is no embedder {name!r}.", f"Choose one of: {', '.join(CHOICES)}.")
