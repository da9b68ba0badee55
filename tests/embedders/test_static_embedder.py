"""The default embedder: what it promises of its vectors, its files and its teacher."""

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import pytest

from graph.errors import Unavailable, WrongInput
from nlp.embedders import choose, static
from nlp.embedders.distilling import levelled, likeness, quantised, rarity
from nlp.embedders.static import StaticEmbedder
from nlp.embedders.teaching import Lesson, taught
from nlp.embedders.tokenizing import DIRECTORY, checked

PROBES = (DIRECTORY / "probes.txt").read_text(encoding="utf-8").splitlines()


@pytest.fixture(scope="module")
def embedder() -> StaticEmbedder:
    return StaticEmbedder()


def test_rows_are_unit_vectors_in_the_order_of_the_texts(embedder: StaticEmbedder) -> None:
    texts = ["The dike broke.", "", "La digue a cédé.", " \n", "البحر"]
    vectors = embedder.embed(texts)
    assert vectors.shape == (5, embedder.dimensions)
    assert vectors.dtype == np.float32
    assert np.linalg.norm(vectors, axis=1) == pytest.approx([1, 0, 1, 0, 1], abs=1e-5)
    assert np.array_equal(vectors[2], embedder.embed(["La digue a cédé."])[0])


def test_no_text_gives_no_row(embedder: StaticEmbedder) -> None:
    assert embedder.embed([]).shape == (0, embedder.dimensions)
    assert not embedder.embed(["", " "]).any()


def test_batches_do_not_change_a_vector(embedder: StaticEmbedder, monkeypatch: pytest.MonkeyPatch) -> None:
    together = embedder.embed(PROBES)
    monkeypatch.setattr(static, "AT_ONCE", 7)
    assert np.allclose(embedder.embed(PROBES), together, atol=1e-6)


def test_what_means_the_same_lies_nearer_than_what_does_not(embedder: StaticEmbedder) -> None:
    asked, alike, other = embedder.embed(
        [
            "The river burst its banks and the town stood under water.",
            "High water on the river flooded the whole town.",
            "We bought new computers for the office.",
        ]
    )
    assert asked @ alike > asked @ other + 0.2


def test_threads_share_it(embedder: StaticEmbedder) -> None:
    alone = embedder.embed(PROBES)
    with ThreadPoolExecutor(4) as pool:
        for vectors in pool.map(embedder.embed, [PROBES] * 12):
            assert np.array_equal(vectors, alone)


def test_a_long_or_strange_text_is_embedded(embedder: StaticEmbedder) -> None:
    vectors = embedder.embed(["flood " * 20_000, "x" * 100_000, "\x00\u202e\ufffd", "<b>flood</b>"])
    assert np.isfinite(vectors).all()
    assert vectors[0] @ embedder.embed(["flood"])[0] == pytest.approx(1, abs=1e-3)


def test_the_files_are_small_and_named_by_their_content(embedder: StaticEmbedder) -> None:
    assert sum(file.stat().st_size for file in DIRECTORY.iterdir()) < 10_000_000
    assert embedder.name == f"static-minilm-256@{static.WEIGHTS_SHA256[:8]}"
    assert static.WEIGHTS_SHA256 in (DIRECTORY / "MODEL_CARD.md").read_text(encoding="utf-8")


def test_a_changed_or_missing_file_is_not_opened(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    content = bytearray(static.WEIGHTS.read_bytes())
    content[-5000] ^= 1
    changed = tmp_path / "weights.npz"
    changed.write_bytes(content)
    monkeypatch.setattr(static, "WEIGHTS", changed)
    with pytest.raises(Unavailable, match=r"weights\.npz was changed.*Install"):
        StaticEmbedder()
    with pytest.raises(Unavailable, match="cannot be read"):
        checked(tmp_path / "nothing.npz", "")


def test_an_unknown_embedder_lists_the_choices() -> None:
    with pytest.raises(WrongInput, match="static, minilm") as raised:
        choose("word2vec")
    assert "word2vec" in raised.value.detail
    assert isinstance(choose("static"), StaticEmbedder)


def test_quantised_rows_come_back_within_half_a_step() -> None:
    vectors = np.random.default_rng(3).normal(size=(50, 8)).astype(np.float32)
    vectors[4] = 0
    steps, scales = quantised(vectors)
    assert steps.dtype == np.int8
    assert np.abs(steps * scales[:, None] - vectors).max() <= scales.max() / 2 + 1e-6
    assert not steps[4].any()


def test_frequent_pieces_weigh_less_and_special_ones_nothing() -> None:
    weights = rarity()
    the, flood = 1996, 5763
    assert weights[the] < weights[flood] / 5
    assert not weights[:104].any()


def test_teaching_turns_phrases_towards_the_teacher() -> None:
    random = np.random.default_rng(5)
    vectors = random.normal(size=(40, 6)).astype(np.float32)
    weights = random.uniform(0.1, 3, size=(40, 1))
    phrases = random.integers(0, 40, size=(800, 12)).astype(np.int32)
    phrases[:, 5:] = -1
    teacher = (vectors * weights)[phrases[:, :5]].sum(axis=1).astype(np.float32)

    def agreement(pieces: np.ndarray) -> float:
        said = pieces[phrases[:, :5]].sum(axis=1)
        return float(((said * teacher).sum(1) / np.linalg.norm(said, axis=1) / np.linalg.norm(teacher, axis=1)).mean())

    learned = taught(vectors, Lesson(phrases, teacher))
    assert agreement(learned) > agreement(vectors) + 0.5 * (1 - agreement(vectors))


def test_likeness_is_one_for_the_same_similarities() -> None:
    vectors = levelled(np.random.default_rng(7).normal(size=(3_000, 4)).astype(np.float32))[:20]
    turned = vectors @ np.linalg.qr(np.random.default_rng(8).normal(size=(4, 4)))[0].astype(np.float32)
    assert likeness(vectors, turned) == pytest.approx((1, 1), abs=1e-4)
