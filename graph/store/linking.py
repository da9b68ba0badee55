"""Texts that wait to be linked, and their links, written without touching anything else that is known of them."""

from __future__ import annotations

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from graph.engines.port import Engine, Row, Statement, Write
from graph.model.links import Linked
from graph.store.elements import maybe_text, text_of

_WAITING = (
    "MATCH (a:Alumnus)-[:HAS_EXPERTISE]->(e:Expertise) "
    "WHERE e.id IS NOT NULL AND e.text IS NOT NULL AND (e.linked_by IS NULL OR e.linked_by <> $linker) "
    "RETURN e.id AS expertise, e.text AS text, e.language AS language LIMIT $limit"
)
_UNLINK = (
    "UNWIND $rows AS row MATCH (a:Alumnus)-[:HAS_EXPERTISE]->(e:Expertise {id: row.expertise}) "
    "WHERE coalesce(a.fingerprint, '') = row.fingerprint AND e.linked_by IS NOT NULL REMOVE e.linked_by"
)
# Every statement asks for the text that was linked: whoever changed it meanwhile is linked again.
_OF_ROWS = "UNWIND $rows AS row MATCH (e:Expertise {id: row.expertise}) WHERE e.text = row.text "
_DROP_HAZARDS = _OF_ROWS + "MATCH (e)-[r:APPLIES_TO]->(:Hazard) WHERE r.reviewed IS NULL DELETE r"
_DROP_MEASURES = _OF_ROWS + "MATCH (e)-[r:USED]->(:Measure) DELETE r"
_ADD_HAZARDS = (
    _OF_ROWS + "MATCH (h:Hazard {id: row.target}) WHERE NOT (e)-[:APPLIES_TO]->(h) "
    "CREATE (e)-[:APPLIES_TO {score: row.score, method: row.method, words: row.words, model: row.model}]->(h)"
)
_ADD_MEASURES = (
    _OF_ROWS + "MATCH (m:Measure {id: row.target}) WHERE NOT (e)-[:USED]->(m) "
    "CREATE (e)-[:USED {score: row.score, words: row.words}]->(m)"
)
_NOTE = _OF_ROWS + "SET e.linked_by = row.by, e.language = coalesce(e.language, row.language)"
# A new fingerprint is what tells every process that there is something new of the person.
_TELL = _OF_ROWS + "MATCH (a:Alumnus)-[:HAS_EXPERTISE]->(e) SET a.fingerprint = $fingerprint"


@dataclass(frozen=True, slots=True)
class WaitingText:
    """A text that no linker, or not the one in force, has linked."""

    expertise: str
    text: str
    language: str | None


class LinkStore:
    """Links of single texts, for whoever links what others wrote."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def waiting(self, linker: str, limit: int) -> list[WaitingText]:
        """Some texts that this linker has not linked; empty once it has linked all."""
        rows = self._engine.read(_WAITING, {"linker": linker, "limit": limit})
        return [
            WaitingText(text_of(row, "expertise"), text_of(row, "text"), maybe_text(row, "language")) for row in rows
        ]

    def unlink(self, fingerprints: Mapping[str, str]) -> None:
        """Let texts wait again that were rewritten under their links: expertise by the fingerprint of its person.

        Nothing is done where the person has another fingerprint by now: somebody linked or loaded it meanwhile.
        """
        rows: list[Row] = [{"expertise": key, "fingerprint": seen} for key, seen in sorted(fingerprints.items())]
        self._engine.write(Write(statements=[Statement(_UNLINK, {"rows": rows})]))

    def put(self, texts: Sequence[WaitingText], linked: Sequence[Linked]) -> None:
        """Write links in the place of earlier ones, but for those that a person reviewed; in one transaction."""
        pairs = list(zip(texts, linked, strict=True))
        own: list[Row] = [
            {"expertise": text.expertise, "text": text.text, "by": links.by, "language": links.language}
            for text, links in pairs
        ]
        hazards: list[Row] = [
            {**_of(text), "target": link.id, "score": link.score, "words": list(link.words)}
            | {"method": link.method, "model": link.model}
            for text, links in pairs
            for link in links.hazards
        ]
        measures: list[Row] = [
            {**_of(text), "target": link.id, "score": link.score, "words": list(link.words)}
            for text, links in pairs
            for link in links.measures
        ]
        statements = [
            Statement(_DROP_HAZARDS, {"rows": own}),
            Statement(_DROP_MEASURES, {"rows": own}),
            Statement(_ADD_HAZARDS, {"rows": hazards}),
            Statement(_ADD_MEASURES, {"rows": measures}),
            Statement(_NOTE, {"rows": own}),
            Statement(_TELL, {"rows": own, "fingerprint": f"linked {uuid.uuid4().hex}"}),
        ]
        self._engine.write(Write(statements=statements))


def _of(text: WaitingText) -> Row:
    return {"expertise": text.expertise, "text": text.text}
