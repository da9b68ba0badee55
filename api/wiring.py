"""The one composition: settings to a network whose parts open when first needed."""

from __future__ import annotations

import signal
import threading
from collections.abc import Sequence
from datetime import date
from functools import cached_property
from pathlib import Path
from types import FrameType, TracebackType
from typing import TYPE_CHECKING, Self

from graph.errors import Unavailable

if TYPE_CHECKING:
    from api.following.standing import Standing
    from api.settings import Settings
    from graph.answers.peers import PeerIndex
    from graph.contacts import ContactStore
    from graph.engines.port import Engine
    from graph.engines.reading import Reader
    from graph.index.searching import SearchIndex
    from graph.model.places import City, Exposure
    from graph.store.actions import ActionStore
    from graph.store.hazards import HazardStore
    from graph.store.network import NetworkStore
    from graph.store.people import PeopleStore
    from graph.store.places import PlaceStore
    from ingest.imports import ImportLog
    from nlp.embedders.remembering import RememberingEmbedder
    from nlp.linker import HazardLinker
    from nlp.ports import Embedder
    from nlp.question.gazetteer import Gazetteer
    from nlp.question.reader import QuestionReader
    from nlp.vocabulary import Vocabulary


QUERIES_AT_ONCE = 8


def end_by_exception() -> None:
    """Let SIGTERM end this process by an exception, so that locks are released.

    The Java runtime takes the signal for itself when it starts, and then neither it nor Python ends the process.
    """
    if threading.current_thread() is threading.main_thread():
        signal.signal(signal.SIGTERM, _end)


def _end(_signal: int, _frame: FrameType | None) -> None:
    raise SystemExit(128 + signal.SIGTERM)


class Network:
    """One network: its graph, the index beside it, and what reads and links words.

    Reading an answer needs the index alone; the engine opens only when a part that needs it is asked for.
    """

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self.home: Path = settings.home
        self.writing = threading.RLock()
        """Held by whoever changes the network in this process: one writer at a time."""
        self._index: SearchIndex | None = None
        self._peer_index: PeerIndex | None = None
        self._compared: tuple[list[City], dict[str, tuple[Exposure, ...]]] | None = None
        self._graph_reader: Reader | None = None
        self._opened_for_questions = False
        self._opening = threading.RLock()
        self.queries = threading.BoundedSemaphore(QUERIES_AT_ONCE)
        """Counts researchers' queries that run or wait, so that they never take every thread from those who ask."""

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

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
    def vocabulary(self) -> Vocabulary:
        """Hazards, measures, traits and their names."""
        from nlp.vocabulary import vocabulary

        return vocabulary()

    @cached_property
    def embedder(self) -> Embedder:
        """The embedder that the settings name."""
        from nlp.embedders import choose

        embedder = choose(self.settings.embedder)
        if self.settings.embedder == "static":
            return embedder
        from nlp.embedders.remembering import RememberingEmbedder

        return RememberingEmbedder(embedder, self.home / "vectors.sqlite")

    @property
    def remembering(self) -> RememberingEmbedder | None:
        """The embedder, where it is so slow that processes on one graph share what it made; else None."""
        from nlp.embedders.remembering import RememberingEmbedder

        embedder = self.embedder
        return embedder if isinstance(embedder, RememberingEmbedder) and not self.settings.embedded else None

    @cached_property
    def standing(self) -> Standing:
        """How answers stand to the graph: confirmed by whoever follows it."""
        from api.following.standing import Standing

        return Standing(self.settings.answers_without_graph)

    @cached_property
    def linker(self) -> HazardLinker:
        """Expertise to hazards and measures."""
        from nlp.linker import HazardLinker

        return HazardLinker(self.vocabulary, self.embedder)

    @property
    def gazetteer_directory(self) -> Path:
        """Where the names of places lie beside the graph."""
        return self.home / "gazetteer"

    @cached_property
    def gazetteer(self) -> Gazetteer:
        """The names of places, as loaded into this network."""
        from nlp.question.gazetteer import Gazetteer

        self.require_loaded()
        return Gazetteer.open(self.gazetteer_directory)

    @cached_property
    def reader(self) -> QuestionReader:
        """Questions to their reading."""
        from nlp.question.reader import QuestionReader

        return QuestionReader(self.vocabulary, self.gazetteer)

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

    @property
    def reports_directory(self) -> Path:
        """Where the reports of loads lie."""
        return self.home / "reports"

    @property
    def index_directory(self) -> Path:
        """Where the search index lies beside the graph."""
        return self.home / "index"

    @property
    def index(self) -> SearchIndex:
        """The search index that answers are found in."""
        if self._index is None:
            from graph.index.searching import SearchIndex

            self.require_loaded()
            with self._opening:
                self._index = self._index or SearchIndex.open(self.index_directory)
        return self._index

    def read_again(self) -> None:
        """Let the next answer come from the index in force, where another process put a newer one in its place."""
        from graph.index.directory import current_version

        if self._index is not None and self._index.version != current_version(self.index_directory):
            self._index = None
            self.forget_names()

    def index_if_any(self) -> SearchIndex | None:
        """The search index, or None where there is none that this version reads."""
        if self._index is None:
            from graph.index.searching import SearchIndex

            with self._opening:
                self._index = self._index or SearchIndex.open_if_usable(self.index_directory)
        return self._index

    def open_for_questions(self) -> None:
        """Open all that a question needs, so that the time it takes is its own."""
        if not self._opened_for_questions:
            self.reader.read("water", date.today())
            self.embedder.embed(["water"])
            self._opened_for_questions = True

    def peer_index(self) -> PeerIndex:
        """Cities to compare with, prepared once for each version of the search index."""
        prepared, index = self._peer_index, self.index
        if prepared is None or prepared.index is not index:
            from graph.answers.peers import PeerIndex

            if self._compared is None:
                self._compared = self.places.all_cities(exposure=True), self.places.country_exposures()
            prepared = PeerIndex(*self._compared, index)
            self._peer_index = prepared
        return prepared

    def answer_from(self, index: SearchIndex) -> None:
        """Let every later answer come from this index; those under way end with the one they began with."""
        self._index = index

    def forget_names(self) -> None:
        """Let the next question read places and their names anew: others were loaded."""
        self._compared = None
        for part in ("gazetteer", "reader"):
            self.__dict__.pop(part, None)
        self._opened_for_questions = False

    def forget(self, texts: Sequence[str]) -> None:
        """Erase from caches what they keep of texts that left the network."""
        from nlp.embedders.remembering import RememberingEmbedder

        if isinstance(self.embedder, RememberingEmbedder):
            self.embedder.forget(texts)

    def forget_copies(self) -> None:
        """Remove the copies that researchers' Cypher read: each is of the graph as it was, with whoever left since."""
        if self._graph_reader is not None:
            self._graph_reader.forget()
        elif self.settings.embedded:
            from graph.engines.reading_copies import forget_copies

            forget_copies(self.home)

    def require_loaded(self) -> None:
        """Raise Unavailable, saying how to make one, where there is no network yet."""
        if not self.index_directory.exists():
            raise Unavailable(
                f"There is no network at {self.settings.store}.",
                "Make the demo network: c2c demo. Or load your own: C2C_STORE=embedded:PATH c2c load alumni FILE.",
            )
