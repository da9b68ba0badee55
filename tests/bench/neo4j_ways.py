"""Three ways to answer a question over one Neo4j: with reading and vector given, and from the words alone."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Protocol

import neo4j
import numpy as np
from neo4j_graphrag.embeddings.base import Embedder as RetrieverEmbedder
from neo4j_graphrag.exceptions import SearchQueryParseError
from neo4j_graphrag.retrievers import HybridCypherRetriever
from numpy.typing import NDArray

from api import answering
from api.settings import Settings
from api.wiring import Network
from graph.answers import experts
from graph.answers.conditions import conditions_of
from graph.index.directory import current_version
from graph.index.ports import Embedder
from graph.index.reference_file import open_reference
from graph.model.questions import AskRequest, Understood
from tests.bench.neo4j_cypher import (
    SHOWN,
    TEXT_INDEX,
    VECTOR_INDEX,
    Query,
    conditions_then_cosine,
    retriever_tail,
)

Found = list[tuple[str, str]]
"""Rows of an answer: the person's key and that of the expertise that stands first."""


@dataclass(frozen=True, slots=True)
class Given:
    """A question, its reading and its vector."""

    question: str
    understood: Understood
    vector: NDArray[np.float32]


class Way(Protocol):
    """A way to answer; `prepared` is not counted."""

    def prepared(self, given: Given) -> Any:
        """Return what `alone` takes."""

    def alone(self, prepared: Any) -> Found:
        """Answer without reading and embedding."""

    def whole(self, question: str) -> Found:
        """Answer from the words."""

    def close(self) -> None:
        """Release what was opened."""


class City2City:
    """The product's own ask, in process."""

    def __init__(self, network: Network) -> None:
        self._network = network

    def prepared(self, given: Given) -> Given:
        return given

    def alone(self, prepared: Given) -> Found:
        embedder = _Known(self._network.embedder, prepared.vector)
        request = AskRequest(prepared.question, limit=SHOWN)
        return self._rows(experts.ask(self._network.index, request, prepared.understood, embedder).experts)

    def whole(self, question: str) -> Found:
        return self._rows(answering.ask(self._network, AskRequest(question, limit=SHOWN)).experts)

    def close(self) -> None:
        """Hold nothing: the network is the caller's."""

    @staticmethod
    def _rows(shown: Sequence[Any]) -> Found:
        return [(expert.id, expert.evidence[0].expertise) for expert in shown if expert.whole]


class _Known:
    """An embedder that was asked before."""

    def __init__(self, embedder: Embedder, vector: NDArray[np.float32]) -> None:
        self.name, self.dimensions, self._vector = embedder.name, embedder.dimensions, vector

    def embed(self, texts: Sequence[str]) -> NDArray[np.float32]:
        return self._vector[None, :]


class _OverServer:
    """What the two ways over the server share: a driver, and City2City's reader and embedder."""

    def __init__(self, network: Network) -> None:
        settings: Settings = network.settings
        self.network = network
        # What a question may name, without the rest of City2City's index: that is not theirs.
        self.reference = open_reference(current_version(network.index_directory))
        self.driver = neo4j.GraphDatabase.driver(
            settings.store,
            auth=(settings.neo4j_username, settings.neo4j_password),
            notifications_min_severity="OFF",
        )

    def close(self) -> None:
        self.driver.close()

    def read(self, question: str) -> Understood:
        return self.network.reader.read(question, date.today())

    def embed(self, question: str) -> list[float]:
        vector: list[float] = self.network.embedder.embed([question])[0].tolist()
        return vector


class HandWritten(_OverServer):
    """One Cypher query: the conditions, then the exact cosine of what is left."""

    def prepared(self, given: Given) -> tuple[Query, list[float]]:
        return self._query(given.understood), given.vector.tolist()

    def alone(self, prepared: tuple[Query, list[float]]) -> Found:
        query, vector = prepared
        records, _, _ = self.driver.execute_query(
            query.text, query.parameters | {"vector": vector}, routing_=neo4j.RoutingControl.READ
        )
        return [(record["person"], record["expertise"]) for record in records]

    def whole(self, question: str) -> Found:
        return self.alone((self._query(self.read(question)), self.embed(question)))

    def _query(self, understood: Understood) -> Query:
        return conditions_then_cosine(conditions_of(understood, None, self.reference), self.reference)


class Retriever(_OverServer):
    """neo4j-graphrag's HybridCypherRetriever with the conditions in its Cypher tail.

    `refused` counts questions that the server's full-text parser does not take; they found nothing.
    """

    def __init__(self, network: Network, top_k: int) -> None:
        super().__init__(network)
        self._top_k = top_k
        self.refused = 0
        self._retriever = HybridCypherRetriever(
            self.driver, VECTOR_INDEX, TEXT_INDEX, "RETURN node", _Embedder(network.embedder)
        )

    def prepared(self, given: Given) -> tuple[str, Query, list[float]]:
        return given.question, self._tail(given.understood), given.vector.tolist()

    def alone(self, prepared: tuple[str, Query, list[float]]) -> Found:
        question, tail, vector = prepared
        return self._search(question, tail, query_vector=vector)

    def whole(self, question: str) -> Found:
        return self._search(question, self._tail(self.read(question)))

    def _search(self, question: str, tail: Query, **given: object) -> Found:
        # A new retriever for each text would ask the server for its indexes every time.
        self._retriever.retrieval_query = tail.text
        parameters = {"query_text": question, "top_k": self._top_k, "query_params": tail.parameters, **given}
        try:
            records = self._retriever.get_search_results(**parameters).records
        except SearchQueryParseError:
            self.refused += 1
            return []
        return [(record["person"], record["expertise"]) for record in records]

    def _tail(self, understood: Understood) -> Query:
        return retriever_tail(conditions_of(understood, None, self.reference), self.reference)


class _Embedder(RetrieverEmbedder):
    """City2City's embedder as a retriever takes one."""

    def __init__(self, embedder: Embedder) -> None:
        super().__init__()
        self._embedder = embedder

    def embed_query(self, text: str) -> list[float]:
        vector: list[float] = self._embedder.embed([text])[0].tolist()
        return vector


def open_way(name: str, network: Network) -> Way:
    """Return the way of this name: city2city, cypher, or retriever-K for the first K."""
    if name == "city2city":
        return City2City(network)
    return HandWritten(network) if name == "cypher" else Retriever(network, int(name.removeprefix("retriever-")))
