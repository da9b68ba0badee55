"""What a network keeps its data in: the graph engine and the stores over it, each opened when first needed."""

from __future__ import annotations

import signal
import threading
from functools import cached_property
from pathlib import Path
from types import FrameType
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from api.following.standing import Standing
    from api.settings import Settings
    from graph.contacts import ContactStore
    from graph.engines.port import Engine
    from graph.engines.reading import Reader
    from graph.store.actions import ActionStore
    from graph.store.hazards import HazardStore
    from graph.store.network import NetworkStore
    from graph.store.people import PeopleStore
    from graph.store.places import PlaceStore
    from ingest.imports import ImportLog


def end_by_exception() -> None:
    """Let SIGTERM end this process by an exception, so that locks are released.

    The Java runtime takes the signal for itself when it starts, and then neither it nor Python ends the process.
    """
    if threading.current_thread() is threading.main_thread():
        signal.signal(signal.SIGTERM, _end)


def _end(_signal: int, _frame: FrameType | None) -> None:
    raise SystemExit(128 + signal.SIGTERM)


class GraphAndStores:
    """The graph of one network, and what lies beside it: contacts and imports."""

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self.home: Path = settings.home
        self._opening = threading.RLock()
        self._graph_reader: Reader | None = None

    def close(self) -> None:
        """Release the engine and the stores that were opened."""
        if self._graph_reader is not None:
            self._graph_reader.close()
            self._graph_reader = None
        self.__dict__.pop("engine", None)
        for part in ("waiting_engine", "any_engine", "contacts", "imports"):
            opened = self.__dict__.pop(part, None)
            if opened is not None:
                opened.close()

    @cached_property
    def standing(self) -> Standing:
        """How answers stand to the graph: confirmed by whoever follows it."""
        from api.following.standing import Standing

        return Standing(self.settings.answers_without_graph)

    @cached_property
    def engine(self) -> Engine:
        """The graph engine; a graph that is empty is begun. Raises OtherVersion for one of another schema version."""
        from graph.store.migrating import begin_or_require

        begin_or_require(self.any_engine)
        return self.any_engine

    @cached_property
    def any_engine(self) -> Engine:
        """The graph engine, whichever schema version its graph has: for bringing it forward."""
        engine = self._open_engine()
        end_by_exception()
        return engine

    @cached_property
    def waiting_engine(self) -> Engine:
        """The graph engine for writes that may wait for other processes.

        On Neo4j it is a second one, so that no read of this process waits with them.
        """
        return self.engine if self.settings.embedded else self._open_engine()

    def _open_engine(self) -> Engine:
        from graph.engines.choose import open_engine

        settings = self.settings
        url = f"embedded:{settings.graph_directory}" if settings.embedded else settings.store
        return open_engine(
            url, settings.neo4j_username, settings.neo4j_password, heap_megabytes=settings.heap_megabytes
        )

    @property
    def graph_reader(self) -> Reader:
        """What runs researchers' Cypher; reading begins no graph.

        Raises Unavailable at once while the graph is known not to answer, OtherVersion where it is empty or of another
        schema version.
        """
        from graph.engines.reading import open_reader
        from graph.store.migrating import require_current

        self.standing.require_graph()
        with self._opening:
            if self._graph_reader is None:
                require_current(self.any_engine)
                self._graph_reader = open_reader(self.any_engine, self.home)
            return self._graph_reader

    @cached_property
    def networks(self) -> NetworkStore:
        """What this graph is, and its generation."""
        from graph.store.network import NetworkStore

        return NetworkStore(self.engine)

    @property
    def places(self) -> PlaceStore:
        """Cities, countries, regions, traits. Raises Unavailable at once while the graph is known not to answer."""
        self.standing.require_graph()
        return self._places

    @cached_property
    def _places(self) -> PlaceStore:
        from graph.store.places import PlaceStore

        return PlaceStore(self.engine)

    @cached_property
    def hazards(self) -> HazardStore:
        """Hazards and measures in the graph."""
        from graph.store.hazards import HazardStore

        return HazardStore(self.engine)

    @cached_property
    def people(self) -> PeopleStore:
        """People in the graph."""
        from graph.store.people import PeopleStore

        return PeopleStore(self.engine)

    @cached_property
    def actions(self) -> ActionStore:
        """What cities did."""
        from graph.store.actions import ActionStore

        return ActionStore(self.engine)

    @cached_property
    def contacts(self) -> ContactStore:
        """Contact details, consent and its history: never in the graph."""
        from graph.contacts import ContactStore

        return ContactStore(self.home / "contacts.sqlite")

    @cached_property
    def imports(self) -> ImportLog:
        """What each import brought."""
        from ingest.imports import ImportLog

        return ImportLog(self.home / "imports.sqlite")

    def forget_copies(self) -> None:
        """Remove the copies that researchers' Cypher read: each is of the graph as it was, with whoever left since."""
        if self._graph_reader is not None:
            self._graph_reader.forget()
        elif self.settings.embedded:
            from graph.engines.reading_copies import forget_copies

            forget_copies(self.home)
