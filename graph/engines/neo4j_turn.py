"""Taking turns at writing, and telling whether a batch whose commit was not answered was written.

One node outside the schema, `(:Writing {id: "turn"})`, is locked by every write of City2City from its beginning to its
commit. So writers of several processes take turns: none sees a relationship missing that another is about to create,
and no two of them can deadlock. The node also remembers, in the same transaction as the batch itself, the last batch
of each of the last writers. An attempt that finds its batch there has nothing to do: it had been written, and only
the answer was lost. Whoever still writes the batch holds the lock, so the look waits for how that ends.
"""

from __future__ import annotations

import secrets
import threading
from typing import Any, NamedTuple

LABEL = "Writing"
DEFINITION = f"CREATE CONSTRAINT {LABEL}_id IF NOT EXISTS FOR (n:`{LABEL}`) REQUIRE n.id IS UNIQUE"

_WRITERS = 64
"""Writers whose last batch is remembered: as many may write between a lost commit and the look for it."""

_TAKE = (
    f"MERGE (turn:`{LABEL}` {{id: 'turn'}}) SET turn.at = timestamp() "  # takes the lock before `last` is read
    "WITH turn, coalesce(turn.last, []) AS last "
    "SET turn.last = [entry IN last WHERE NOT entry STARTS WITH $writer][$from..] + $batch "
    "RETURN $batch IN last AS written, coalesce(last[-1] STARTS WITH $writer, false) AS undisturbed"
)


class Turn(NamedTuple):
    """What a writer learns with its turn."""

    written: bool
    """True where the batch was committed by an earlier attempt."""
    undisturbed: bool
    """True where no other writer had a turn since this one's last."""


class Writers(threading.local):
    """Who writes: each thread is a writer of its own, since one thread has one batch under way."""

    def __init__(self) -> None:
        self.name = secrets.token_hex(5)

    def new_batch(self) -> str:
        """A name for a batch that no other has; it begins with the writer's."""
        return f"{self.name}:{secrets.token_hex(4)}"


def take(transaction: Any, batch: str) -> Turn:
    """Wait for the turn to write, and keep it until this transaction ends."""
    writer = batch.partition(":")[0]
    taken = transaction.run(_TAKE, {"writer": writer, "batch": batch, "from": -(_WRITERS - 1)}).single()
    return Turn(bool(taken["written"]), bool(taken["undisturbed"]))
