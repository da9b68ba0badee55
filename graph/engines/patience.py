"""How long a caller waits for a graph that is away: a page of an answer hardly, a load of an hour two minutes."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass

Tell = Callable[[str, int, int], None]
"""Called with what is being waited for, and 0 of 1 when that begins, 1 of 1 when it ends."""

SECONDS = 3.0
"""Who asks is told soon that the graph is away, and can ask again."""

SECONDS_OF_A_LOAD = 120.0
"""A server that is stopped and started again is back within this time."""


def _nobody(_what: str, _done: int, _total: int) -> None:
    """Tell nobody."""


@dataclass(frozen=True, slots=True)
class Patience:
    """Seconds to wait for the graph to come back, and who is told of it."""

    seconds: float = SECONDS
    tell: Tell = _nobody


_patience: ContextVar[Patience] = ContextVar("patience", default=Patience())  # noqa: B039  it is frozen


def patience() -> Patience:
    """The patience that holds here."""
    return _patience.get()


def lose_patience() -> None:
    """Wait no longer than anybody does for the rest of this block: the graph stayed away for all of its time."""
    if patience().seconds > SECONDS:
        _patience.set(Patience())


@contextmanager
def waiting_for_the_graph(tell: Tell = _nobody, seconds: float = SECONDS_OF_A_LOAD) -> Iterator[None]:
    """Inside this block reads and writes of this thread wait so long for a graph that is away before they fail."""
    before = _patience.set(Patience(seconds, tell))
    try:
        yield
    finally:
        _patience.reset(before)
