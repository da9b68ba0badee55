"""Which engine an address means."""

from __future__ import annotations

from pathlib import Path

import pytest

from graph.engines.choose import open_engine
from graph.engines.embedded import EmbeddedEngine
from graph.errors import Unavailable, WrongInput


def test_a_path_opens_the_embedded_engine_there(tmp_path: Path) -> None:
    engine = open_engine(f"embedded:{tmp_path / 'graph'}")
    try:
        assert isinstance(engine, EmbeddedEngine)
        assert (tmp_path / "graph").is_dir()
    finally:
        engine.close()


@pytest.mark.parametrize("url", ["", "embedded", "embedded:", "neo4j:", "neo4j://", "postgres://host", "/some/path"])
def test_another_form_is_refused_with_the_right_ones(url: str) -> None:
    with pytest.raises(WrongInput) as refused:
        open_engine(url)
    assert "embedded:PATH" in refused.value.mend


@pytest.mark.parametrize("scheme", ["neo4j", "bolt"])
def test_a_server_that_does_not_answer_is_unavailable(scheme: str) -> None:
    with pytest.raises(Unavailable) as refused:
        open_engine(f"{scheme}://127.0.0.1:1", "neo4j", "made-up-password")
    assert "127.0.0.1:1" in refused.value.detail
    assert refused.value.__cause__ is not None
