"""How the answers of this process stand to the graph: when that was last confirmed, and how many texts they lack."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime

from graph.errors import Unavailable

CONFIRMED_SECONDS = 5.0
"""How long answers may come from the index after the graph was last compared with it."""


@dataclass(frozen=True, slots=True)
class Told:
    """What every answer says: how many texts it lacks and, where the graph may be gone, as of when it holds."""

    behind: int = 0
    as_of: str | None = None


@dataclass(frozen=True, slots=True)
class _Confirmed:
    at: float | None
    when: str
    behind: int
    why: Unavailable | None = None


class Standing:
    """Confirmed again and again by whoever follows the graph, asked by every answer; thread-safe.

    Where nobody follows the graph, an answer holds as long as the command that compared them at its beginning; an
    embedded graph has no other writer. `goes_on` lets answers be given without the graph; then each says as of when.
    """

    def __init__(self, goes_on: bool = False, clock: Callable[[], float] = time.monotonic) -> None:
        self.followed = False
        self._goes_on = goes_on
        self._clock = clock
        self._confirmed: _Confirmed | None = None

    def confirm(self, behind: int) -> None:
        """Say that the index was compared with the graph just now and lacks this many texts."""
        self._confirmed = _Confirmed(self._clock(), datetime.now(UTC).isoformat(timespec="seconds"), behind)

    def lapse(self, when: str) -> None:
        """Say that the graph does not answer, and when the index was last compared with it (ISO 8601)."""
        self._confirmed = _Confirmed(None, when, 0)

    def refuse(self, why: Unavailable) -> None:
        """Say why answers must not come from the graph as it now is: those who ask are told at once."""
        when = self._confirmed.when if self._confirmed else datetime.now(UTC).isoformat(timespec="seconds")
        self._confirmed = _Confirmed(None, when, 0, why)

    @property
    def holds(self) -> bool:
        """True where the index was compared with the graph within the last seconds, or nobody need follow it."""
        confirmed = self._confirmed
        if confirmed is None:
            return True
        if confirmed.at is None:
            return False
        return not self.followed or self._clock() - confirmed.at <= CONFIRMED_SECONDS

    def told(self) -> Told:
        """What an answer says now. Raises `Unavailable` where it may no longer hold and is not to be given."""
        confirmed = self._confirmed
        if confirmed is None:
            return Told()
        if self._goes_on:
            return Told(confirmed.behind, confirmed.when)
        if not self.holds:
            raise confirmed.why or Unavailable(
                f"The graph does not answer; the index was last compared with it at {confirmed.when}.",
                "Try again; or set C2C_ANSWER_WITHOUT_GRAPH=yes to be answered as of then.",
            )
        return Told(confirmed.behind)

    def require_graph(self) -> None:
        """Raise `Unavailable` at once, instead of waiting for it, while the graph is known not to answer."""
        confirmed = self._confirmed
        if confirmed is not None and not self.holds:
            raise confirmed.why or Unavailable("The graph does not answer just now.", "Try again in a few seconds.")
