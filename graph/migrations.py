"""The numbered steps that bring a graph of an earlier schema version forward, as data.

Who changes `graph.schema` so that engines define something new, or so that stored data is to be read otherwise, adds
one step at the end. Labels, relationship types, keys and indexes come from `graph.schema` by themselves; a step states
the data to be changed. A step that was released stays as it is: some graph has yet to go through it.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Change:
    """Data to be changed, in batches, by Cypher that both engines run.

    `left` returns as `left` how much is still to be changed; `change` changes at most `$batch` of that. Both hold
    however often they run and whoever runs them too: a step may be cut off, and two processes may take it at once.
    """

    what: str
    left: str
    change: str


@dataclass(frozen=True, slots=True)
class Migration:
    """What a schema version brought, and the data to be changed to reach it from the version before."""

    version: int
    what: str
    changes: tuple[Change, ...] = ()


_PLACES_UNKNOWN = "MATCH (n:Network {id: 'network'}) WHERE n.places IS NULL"

MIGRATIONS: tuple[Migration, ...] = (
    Migration(1, "the first schema"),
    Migration(
        2,
        "leases; vectors that processes share; when places were written",
        (
            Change(
                # Version 1 did not tell when: an index that is behind the graph has to read its places anew.
                "Dating the places",
                f"{_PLACES_UNKNOWN} RETURN count(n) AS left",
                f"{_PLACES_UNKNOWN} WITH n LIMIT $batch SET n.places = coalesce(n.generation, 0)",
            ),
        ),
    ),
)
