from __future__ import annotations

import pytest

from nlp.embedders.static import StaticEmbedder


@pytest.fixture(scope="session")
def embedder() -> StaticEmbedder:
    return StaticEmbedder()
