"""How long an answer may take: looked at between the steps of the work, so that nothing goes on once it is refused."""

from __future__ import annotations

import math
from dataclasses import dataclass
from time import perf_counter
from typing import Self

from graph.errors import LimitReached


@dataclass(frozen=True, slots=True)
class Deadline:
    """A moment of `time.perf_counter()` until which the work may take, and the seconds that were given for it."""

    ends: float
    seconds: float

    @classmethod
    def after(cls, seconds: float, began: float | None = None) -> Self:
        """Return the deadline so many seconds after `began`, else after now."""
        return cls((perf_counter() if began is None else began) + seconds, seconds)

    def look(self) -> None:
        """Raise LimitReached where the time is over."""
        if perf_counter() > self.ends:
            raise LimitReached(
                f"The question took more than the {self.seconds:g} seconds that one may take, and was given up.",
                "Ask with fewer words and conditions, or give questions more time by C2C_ASK_SECONDS.",
            )


NO_DEADLINE = Deadline(math.inf, math.inf)
