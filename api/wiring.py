"""The one composition: settings to a network whose parts open when first needed."""

from __future__ import annotations

import threading
from collections.abc import Sequence
from datetime import date
from functools import cached_property
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Self

from api.opening import GraphAndStores
from graph.errors import Unavailable

if TYPE_CHECKING:
    from api.settings import Settings
    from graph.answers.peers import PeerIndex
    from graph.index.searching import SearchIndex
    from graph.model.places import City, Exposure
    from nlp.embedders.remembering import RememberingEmbedder
    from nlp.linker import HazardLinker
    from nlp.ports import Embedder
    from nlp.question.gazetteer import Gazetteer
    from nlp.question.reader import QuestionReader
    from nlp.vocabulary import Vocabulary


QUERIES_AT_ONCE = 8


class Network(GraphAndStores):
    """One network: its graph, the index beside it, and what reads and links words.

    Reading an answer needs the index alone; the engine opens only when a part that needs it is asked for.
    """

    def __init__(self, settings: Settings) -> None:
        super().__init__(settings)
        self.writing = threading.RLock()
        """Held by whoever changes the network in this process: one writer at a time."""
        self._index: SearchIndex | None = None
        self._peer_index: PeerIndex | None = None
        self._compared: tuple[list[City], dict[str, tuple[Exposure, ...]]] | None = None
        self._opened_for_questions = False
        self.queries = threading.BoundedSemaphore(QUERIES_AT_ONCE)
        """Counts researchers' queries that run or wait, so that they never take every thread from those who ask."""

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

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

    def require_loaded(self) -> None:
        """Raise Unavailable, saying how to make one, where there is no network yet."""
        if not self.index_directory.exists():
            raise Unavailable(
                f"There is no network at {self.settings.store}.",
                "Make the demo network: c2c demo. Or load your own: C2C_STORE=embedded:PATH c2c load alumni FILE.",
            )
