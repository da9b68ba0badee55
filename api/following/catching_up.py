"""Bringing an index to what the graph holds: whoever is gone leaves first, and again between any two other steps."""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import islice
from typing import TYPE_CHECKING

from api.following.difference import Difference, difference
from api.following.linking import Linking
from api.following.memory import remember
from api.following.vectors import Vectors
from graph.errors import OtherVersion, WrongInput
from graph.store.glance import Glance, PersonSeen, look
from graph.store.migrating import require_current

if TYPE_CHECKING:
    from collections.abc import Callable

    from api.wiring import Network
    from graph.index.searching import SearchIndex
    from graph.model.stored import StoredPerson

PEOPLE_AT_ONCE = 1_000
"""People brought in by one step of a process that answers meanwhile: about a second's work."""

SECONDS_A_LOOK_IS_GOOD = 1.0

log = logging.getLogger("city2city")


class CatchUp:
    """One process's index and the graph that others write; `look` may be called while `run` is under way.

    `at_once` bounds the people of one step; None takes all of them in one.
    """

    def __init__(self, network: Network, at_once: int | None = PEOPLE_AT_ONCE) -> None:
        self._network = network
        self._at_once = at_once
        self._linking = Linking(network)
        self._vectors = Vectors(network, self._linking.lease, self._between)
        self._looking = threading.Lock()
        self._seen: Glance | None = None
        self._compared: tuple[Glance, SearchIndex, Difference] | None = None
        self._settled: dict[str, PersonSeen] = {}
        self._names_of: int | None = None
        self._looked_at: float | None = None

    @property
    def waits(self) -> bool:
        """True where something is left that another process has the right to do now, and may leave undone."""
        return self._linking.waits or self._vectors.waits

    def look(self) -> Difference:
        """See what the graph holds, if anybody has written since the last look, and say how far the index is behind.

        Raises `Unavailable` where the graph does not answer, or was brought forward beyond this City2City.
        """
        with self._looking:
            mark = self._network.networks.mark()
            if self._seen is None or self._seen.mark != mark:
                self._require_our_version()
                self._seen = look(self._network.engine, self._seen)
            self._looked_at = time.monotonic()
            found = self._difference(self._seen)
            self._network.standing.confirm(found.behind)
            return found

    def _require_our_version(self) -> None:
        try:
            require_current(self._network.engine)
        except OtherVersion as error:
            self._network.standing.refuse(error)
            raise

    def _is_stale(self) -> bool:
        """True where the last look was not just now: what we write ourselves is not looked at after every batch."""
        looked_at = self._looked_at
        return looked_at is None or time.monotonic() - looked_at > SECONDS_A_LOOK_IS_GOOD

    def _difference_now(self) -> Difference:
        assert self._seen is not None
        return self._difference(self._seen)

    def sees_news(self) -> bool:
        """Look, and tell whether anything was written since the last look."""
        before = self._seen
        self.look()
        return self._seen is not before

    def run(self, progress: Callable[[int, int], None] = lambda _done, _total: None) -> None:
        """Bring the index to what the graph holds, or as far as other processes have got with what they are doing."""
        total, done = 0, False
        while not done:
            fresh = self._is_stale()
            found = self.look() if fresh else self._difference_now()
            total = max(total, found.behind)
            progress(total - found.behind, total)
            with self._network.writing:
                stepped = self._step(found, progress)
            done = fresh and not stepped
            if not stepped:
                self._looked_at = None
        if not found.changed and self._seen is not None:
            self._show_names_as_they_are(self._seen)
            remember(self._network.home, self._seen.mark, self._network.index.version.name)

    def _step(self, found: Difference, progress: Callable[[int, int], None]) -> bool:
        """Do what is most urgent; False where nothing is left that this process may do."""
        if found.gone and self._index() is not None:
            self._take_out(found.gone)
        elif not self._is_usable():
            self._build(progress)
        else:
            return self._linking.some(found.rewritten) or self._bring_in(found)
        return True

    def _show_names_as_they_are(self, seen: Glance) -> None:
        """Show anew who is shown with a name that somebody else's record gave to a project or organisation."""
        from graph.store.names import read_names, shown_otherwise

        if self._names_of != seen.generation:
            self._names_of = seen.generation
            otherwise = shown_otherwise(self._network.index, read_names(self._network.engine))
            with self._network.writing:
                self._update(self._network.people.those(otherwise), (), whole=True)

    def _index(self) -> SearchIndex | None:
        """The index in force, or the newer one that another process with the same home has put there."""
        index = self._network.index_if_any()
        if index is not None and not index.is_current():
            self._settled.clear()
            self._network.read_again()
            index = self._network.index_if_any()
        return index

    def _is_usable(self) -> bool:
        """True where the index has vectors of our embedder, and places and vocabulary as they now are."""
        index, seen = self._index(), self._seen
        return (
            index is not None
            and index.embedder == self._network.embedder.name
            and (seen is None or index.generation >= seen.places)
        )

    def _difference(self, seen: Glance) -> Difference:
        index = self._network.index_if_any()
        if index is None:
            return Difference(frozenset(), {key: max(1, len(person.texts)) for key, person in seen.people.items()}, {})
        if self._compared is None or self._compared[0] is not seen or self._compared[1] is not index:
            self._compared = seen, index, difference(index, seen.people)
        found = self._compared[2]
        changed = {key: texts for key, texts in found.changed.items() if self._settled.get(key) != seen.people[key]}
        return found if len(changed) == len(found.changed) else replace(found, changed=changed)

    def _between(self) -> None:
        """Take out whoever is gone by now, in the middle of something longer."""
        gone = (self.look() if self._is_stale() else self._difference_now()).gone
        if gone:
            self._take_out(gone)

    def _take_out(self, gone: frozenset[str]) -> None:
        index = self._network.index
        self._network.forget(_texts(index, gone))
        self._network.answer_from(index.without(gone))

    def _build(self, progress: Callable[[int, int], None]) -> None:
        from graph.index.building import build

        network, seen = self._network, self._seen
        assert seen is not None
        self._settled.clear()
        index = build(
            network.index_directory,
            self._everyone(),
            network.places.reference(),
            network.embedder,
            seen.generation,
            progress,
            len(seen.people),
        )
        network.answer_from(index)
        network.forget_names()

    def _everyone(self) -> Iterator[StoredPerson]:
        """Everyone who can be shown now: whose vectors another process is making comes with a later step."""
        everyone = self._network.people.all()
        while some := list(islice(everyone, PEOPLE_AT_ONCE)):
            yield from self._vectors.ready(some)
            if self._network.index_if_any() is not None:
                self._between()

    def _bring_in(self, found: Difference) -> bool:
        """Bring in some who are new or changed; False where there is nobody, or where all wait for their vectors."""
        keys = sorted(found.changed)[: self._at_once]
        return bool(keys) and self._bring(keys, whole=len(keys) == len(found.changed))

    def _bring(self, keys: Sequence[str], whole: bool) -> bool:
        seen = self._seen
        assert seen is not None
        try:
            people = self._vectors.ready(self._network.people.those(keys))
            waiting = self._vectors.waiting
            brought = self._update(people, (), whole and not waiting)
        except WrongInput as error:
            if len(keys) > 1:
                half = len(keys) // 2
                first, second = self._bring(keys[:half], whole=False), self._bring(keys[half:], whole=False)
                return first or second
            log.warning("%s cannot be shown and is left out of the answers: %s", keys[0], error)
            waiting, brought = frozenset(), self._update((), keys, whole)
        self._settled |= {key: seen.people[key] for key in keys if key in seen.people and key not in waiting}
        return brought

    def _update(self, people: Sequence[StoredPerson], left_out: Sequence[str], whole: bool) -> bool:
        """Put an index in force with these people as they are; it has the graph's generation where that is all."""
        from api.indexing import cities_beyond
        from graph.index.building import updated

        network, index, seen = self._network, self._network.index, self._seen
        assert seen is not None
        if not people and not left_out:
            return False
        generation = seen.generation if whole else index.generation
        cities = cities_beyond(network, index, people)
        network.answer_from(updated(index, people, left_out, network.embedder, generation, cities))
        return True


def _texts(index: SearchIndex, people: frozenset[str]) -> list[str]:
    """Every text that the index shows of these people."""
    places = filter(lambda place: place is not None, map(index.person_of, people))
    return [row[1] for place in places if place is not None for row in index.records.read(place)["evidence"]]
