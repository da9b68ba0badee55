"""Vectors of an embedder that is slow: made by one process at a time, which has the lease, read by the others."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING

from graph.store.vectors import VectorStore, rounded

if TYPE_CHECKING:
    from api.wiring import Network
    from graph.model.stored import StoredPerson
    from graph.store.lease import Lease
    from nlp.embedders.remembering import RememberingEmbedder

TEXTS_AT_ONCE = 64
"""Texts embedded before somebody who is gone is looked for: a second of the slowest embedder."""


class Vectors:
    """Sees to it that people's texts are embedded once in all processes.

    Of the packaged static embedder nothing is shared: it makes a vector sooner than the graph gives one. `waiting`
    are people whose texts another process is embedding; `waits` is true while there are any.
    """

    def __init__(self, network: Network, lease: Lease, between: Callable[[], None]) -> None:
        self._network = network
        self._lease = lease
        self._between = between
        self._store = VectorStore(network.waiting_engine)
        self.waiting: frozenset[str] = frozenset()

    @property
    def waits(self) -> bool:
        """True while texts wait for another process."""
        return bool(self.waiting)

    def ready(self, people: Sequence[StoredPerson]) -> list[StoredPerson]:
        """Return the people whose texts this process can embed at once: it has their vectors, or made them now."""
        embedder = self._network.remembering
        self.waiting = frozenset()
        if embedder is None:
            return list(people)
        missing = self._missing(people, embedder)
        shared = self._store.read(embedder.name, missing)
        embedder.remember({missing[key]: vector for key, vector in shared.items()})
        missing = {key: text for key, text in missing.items() if key not in shared}
        for some in _parts(list(missing.items())):
            if not self._lease.take():
                break
            made = embedder.embed([text for _, text in some])
            vectors = {key: rounded(vector) for (key, _), vector in zip(some, made, strict=True)}
            embedder.remember({text: vectors[key] for key, text in some})
            self._store.put(embedder.name, dict(some), vectors)
            self._between()
        left = self._missing(people, embedder)
        owners = {key: person.alumnus.key for person in people for key in person.links}
        self.waiting = frozenset(owners[key] for key in left)
        if missing and not left:
            self._lease.release()
        return [person for person in people if person.alumnus.key not in self.waiting]

    def _missing(self, people: Sequence[StoredPerson], embedder: RememberingEmbedder) -> dict[str, str]:
        """The texts that have no vector here, by expertise."""
        texts = {each.key: each.text for person in people for each in person.alumnus.expertises}
        known = embedder.knows(list(texts.values()))
        return {key: text for key, text in texts.items() if text not in known}


def _parts(texts: Sequence[tuple[str, str]]) -> Iterator[Sequence[tuple[str, str]]]:
    for first in range(0, len(texts), TEXTS_AT_ONCE):
        yield texts[first : first + TEXTS_AT_ONCE]
