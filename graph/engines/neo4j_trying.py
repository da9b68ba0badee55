"""Trying again: soon where two writers met, patiently where the server is away, and never where it cannot help."""

from __future__ import annotations

import random
import time
from collections.abc import Callable
from typing import TypeVar

from graph.engines.neo4j_errors import DRIVER_ERRORS, Failure, failure_of
from graph.engines.patience import lose_patience, patience

T = TypeVar("T")

_MEETINGS = 12
"""How often a write gives way to others before its caller is told."""
_LONGEST_PAUSE = 2.0
WAITING = "Waiting for the graph, which does not answer"


def until_it_works(attempt: Callable[[], T]) -> T:
    """Return what `attempt` returns, tried again as long as that may help; else its last error is raised.

    An attempt must do nothing twice: it begins by looking whether an earlier one was done after all.
    """
    failed, meetings, away_since, told = 0, 0, 0.0, False
    while True:
        try:
            result = attempt()
        except DRIVER_ERRORS as error:
            failed += 1
            kind = failure_of(error)
            if kind is Failure.MET:
                meetings += 1
            elif kind is Failure.AWAY:
                away_since = away_since or time.monotonic()
            if _too_long(away_since):
                lose_patience()
                raise
            if kind is Failure.FINAL or meetings > _MEETINGS:
                raise
            if kind is Failure.AWAY and not told:
                patience().tell(WAITING, 0, 1)
                told = True
            time.sleep(_pause(failed))
        else:
            if told:
                patience().tell(WAITING, 1, 1)
            return result


def _too_long(away_since: float) -> bool:
    return bool(away_since) and time.monotonic() - away_since > patience().seconds


def _pause(failed: int) -> float:
    """Seconds before the next attempt: longer each time, and of chance, so that two who met do not meet again."""
    return min(_LONGEST_PAUSE, 0.05 * 2.0 ** min(failed, 6)) * random.uniform(0.5, 1.0)
