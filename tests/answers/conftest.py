from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from nlp.embedders.static import StaticEmbedder
from tests.answers.made_up import Asker, Person, network


@pytest.fixture(scope="session")
def embedder() -> StaticEmbedder:
    return StaticEmbedder()


@pytest.fixture
def asking(tmp_path: Path, embedder: StaticEmbedder) -> Callable[..., Asker]:
    def prepared(*people: Person) -> Asker:
        return Asker(network(tmp_path / "index", embedder, people), embedder)

    return prepared
