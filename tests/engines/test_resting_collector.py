"""Python's collector at rest, for as long as anybody asks for it."""

from __future__ import annotations

import gc

import pytest

from graph.engines.collecting import resting_collector


def test_the_collector_works_again_after_the_last_and_after_an_error() -> None:
    assert gc.isenabled()
    with pytest.raises(ValueError, match="made up"), resting_collector():  # noqa: PT012
        with resting_collector():
            assert not gc.isenabled()
        assert not gc.isenabled()
        raise ValueError("made up")
    assert gc.isenabled()


def test_a_collector_that_was_off_stays_off() -> None:
    gc.disable()
    try:
        with resting_collector():
            pass
        assert not gc.isenabled()
    finally:
        gc.enable()
