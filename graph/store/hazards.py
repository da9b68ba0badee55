"""Hazards and measures in the graph: kinds, causes, and what reduces what."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import get_args

from graph.engines.port import Engine, NodeRows, Row, Write
from graph.model.hazards import Hazard, Measure, MeasureKind, Reduces
from graph.store.elements import (
    Found,
    Kind,
    all_nodes,
    all_relationships,
    maybe_text,
    stale,
    text_of,
    texts_of,
)

KIND_OF = Kind("KIND_OF", "Hazard", "Hazard")
CAUSES = Kind("CAUSES", "Hazard", "Hazard")
REDUCES = Kind("REDUCES", "Measure", "Hazard")


class HazardStore:
    """The working vocabulary in the graph; its names in many languages stay with `nlp.vocabulary`."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def put_hazards(self, hazards: Sequence[Hazard]) -> None:
        """Write all hazards; kinds and causes that are no longer named go, hazards stay where people refer to them.

        Raises `WrongInput` where a hazard is a kind of, or causes, one that is not there.
        """
        rows: list[Row] = [
            {
                "id": hazard.id,
                "name": hazard.name,
                "definition": hazard.definition,
                "code": hazard.code,
                "synonyms": hazard.synonyms,
            }
            for hazard in hazards
        ]
        kinds = KIND_OF.rows({"start": hazard.id, "end": broader} for hazard in hazards for broader in hazard.kind_of)
        causes = CAUSES.rows({"start": hazard.id, "end": effect} for hazard in hazards for effect in hazard.causes)
        removals = [
            *stale(KIND_OF, all_relationships(self._engine, KIND_OF), kinds),
            *stale(CAUSES, all_relationships(self._engine, CAUSES), causes),
        ]
        self._engine.write(Write(statements=removals, nodes=[NodeRows("Hazard", rows)], relationships=[kinds, causes]))

    def put_measures(self, measures: Sequence[Measure]) -> None:
        """Write all measures and what they reduce; raises `WrongInput` where that hazard is not there."""
        rows: list[Row] = [
            {
                "id": measure.id,
                "name": measure.name,
                "kind": measure.kind,
                "definition": measure.definition,
                "synonyms": measure.synonyms,
            }
            for measure in measures
        ]
        reduces = REDUCES.rows(
            {"start": measure.id, "end": each.hazard, "why": each.why}
            for measure in measures
            for each in measure.reduces
        )
        removals = stale(REDUCES, all_relationships(self._engine, REDUCES), reduces)
        self._engine.write(Write(statements=removals, nodes=[NodeRows("Measure", rows)], relationships=[reduces]))

    def hazards(self) -> list[Hazard]:
        """All hazards, by id."""
        kinds = _ends(all_relationships(self._engine, KIND_OF))
        causes = _ends(all_relationships(self._engine, CAUSES))
        return [
            Hazard(
                id=(id_ := text_of(row, "id")),
                name=text_of(row, "name"),
                definition=text_of(row, "definition"),
                code=maybe_text(row, "code"),
                synonyms=texts_of(row, "synonyms"),
                kind_of=tuple(sorted(kinds[id_])),
                causes=tuple(sorted(causes[id_])),
            )
            for row in all_nodes(self._engine, "Hazard")
        ]

    def measures(self) -> list[Measure]:
        """All measures, by id."""
        reduces: defaultdict[str, list[Reduces]] = defaultdict(list)
        for found in all_relationships(self._engine, REDUCES):
            reduces[found.start].append(Reduces(found.end, text_of(found.properties, "why")))
        return [
            Measure(
                id=(id_ := text_of(row, "id")),
                name=text_of(row, "name"),
                kind=_kind(text_of(row, "kind")),
                definition=text_of(row, "definition"),
                reduces=tuple(sorted(reduces[id_], key=lambda each: each.hazard)),
                synonyms=texts_of(row, "synonyms"),
            )
            for row in all_nodes(self._engine, "Measure")
        ]


def _ends(found: Iterable[Found]) -> defaultdict[str, list[str]]:
    ends: defaultdict[str, list[str]] = defaultdict(list)
    for each in found:
        ends[each.start].append(each.end)
    return ends


def _kind(text: str) -> MeasureKind:
    kinds: tuple[MeasureKind, ...] = get_args(MeasureKind)
    return next(kind for kind in kinds if kind == text)
