"""What an index lacks of the graph: who came, changed or left since, told by fingerprints and by names."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from graph.index.gathering import short_hash
from graph.index.searching import SearchIndex


@dataclass(frozen=True, slots=True)
class Lag:
    """Keys of people: those to be read anew from the graph, and those to be taken out of the index."""

    changed: frozenset[str]
    gone: frozenset[str]

    def __bool__(self) -> bool:
        return bool(self.changed or self.gone)


def lag(index: SearchIndex, fingerprints: Mapping[str, str]) -> Lag:
    """Compare an index with the fingerprints of everyone in the graph, by key."""
    shown = dict(zip(index.keys, index.people.fingerprint.tolist(), strict=True))
    changed = {key for key, fingerprint in fingerprints.items() if shown.get(key) != short_hash(fingerprint)}
    return Lag(frozenset(changed), frozenset(shown.keys() - fingerprints.keys()))
