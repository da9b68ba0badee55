"""What each way found, held against the conditions as City2City means them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

import neo4j

from api.wiring import Network
from graph.answers.conditions import Conditions, conditions_of
from graph.answers.finding import Search
from graph.answers.topic import Topic
from tests.bench.asking import QUESTIONS
from tests.bench.neo4j_cypher import SHOWN, Query, conditions_then_cosine, meeting, retriever_tail
from tests.bench.neo4j_vectors import expertise_keys


@dataclass(frozen=True, slots=True)
class Whole:
    """The expertises that meet every condition of one question, and how many people they are of."""

    conditions: Conditions
    expertises: frozenset[str]
    people: int

    def there_are(self, way: str) -> int:
        """Return how many rows a way could show: City2City's are people, the others' expertises."""
        return min(SHOWN, self.people if way == "city2city" else len(self.expertises))


class Judge:
    """The conditions of every question, found in City2City's index."""

    def __init__(self, network: Network) -> None:
        self.index = network.index
        keys = expertise_keys(self.index)
        self.whole: list[Whole] = []
        for question in QUESTIONS:
            understood = network.reader.read(question, date.today())
            conditions = conditions_of(understood, None, self.index.reference)
            found = Search(self.index, conditions, Topic(self.index, question, understood, network.embedder)).whole
            self.whole.append(Whole(conditions, frozenset(keys[row] for row in found.rows), len(found.people)))

    def judge(self, way: str, found: Sequence[Sequence[Sequence[str]]]) -> dict[str, int]:
        """Return in how many questions and rows a way found what there is, and whether every condition held."""
        judged = [
            (len(rows), sum(expertise in whole.expertises for _, expertise in rows), whole.there_are(way))
            for whole, rows in zip(self.whole, found, strict=True)
        ]
        answerable = [each for each in judged if each[2]]
        ten = [each for each in judged if each[2] == SHOWN]
        return {
            "questions_with_an_answer": len(answerable),
            "gave_all": sum(holding >= there for _, holding, there in answerable),
            "gave_none": sum(not holding for _, holding, _ in answerable),
            "questions_with_ten": len(ten),
            "gave_ten": sum(holding >= SHOWN for _, holding, _ in ten),
            "rows": sum(rows for rows, _, _ in judged),
            "rows_holding": sum(holding for _, holding, _ in judged),
            "rows_possible": sum(there for _, _, there in judged),
        }

    def agreeing(self, driver: neo4j.Driver) -> int:
        """Return on how many questions the conditions in Cypher take exactly the expertises that City2City takes."""
        found = []
        for whole in self.whole:
            query = meeting(whole.conditions, self.index.reference)
            records, _, _ = driver.execute_query(f"{query.text}\nRETURN expertise.id AS id", query.parameters)
            found.append(frozenset(record["id"] for record in records))
        return sum(some == whole.expertises for some, whole in zip(found, self.whole, strict=True))

    @cached_property
    def longest(self) -> int:
        """The place of the question with the most conditions, of those that the most expertises meet."""

        def size(place: int) -> tuple[int, int]:
            return self._conditions(place), min(SHOWN, len(self.whole[place].expertises))

        return max(range(len(self.whole)), key=lambda place: (*size(place), -place))

    def query(self, place: int) -> Query:
        """Return the hand-written query of a question."""
        return conditions_then_cosine(self.whole[place].conditions, self.index.reference)

    def printed(self) -> dict[str, Any]:
        """Return the longest question, its hand-written query, its tail, and how many texts the 200 have together."""
        query = self.query(self.longest)
        return {
            "question": QUESTIONS[self.longest],
            "query": query.text,
            "parameters": _short(query),
            "tail": retriever_tail(self.whole[self.longest].conditions, self.index.reference).text,
            "texts": len({self.query(place).text for place in range(len(self.whole))}),
        }

    def _conditions(self, place: int) -> int:
        conditions = self.whole[place].conditions
        return len(conditions.wanted) + len(conditions.excluded)


def _short(query: Query) -> dict[str, Any]:
    """Return parameters for reading: long lists are cut, and the cut says how long they are."""
    return {
        name: [*value[:4], f"… {len(value)} in all"] if isinstance(value, list) and len(value) > 5 else value
        for name, value in query.parameters.items()
    }
