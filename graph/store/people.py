"""People of the network in the graph: written whole, read whole, and gone without a trace when removed."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence

from graph.engines.collecting import resting_collector
from graph.engines.port import Engine, RelationshipRows, Row, Statement, Write
from graph.errors import WriteConflict
from graph.model.stored import StoredPerson
from graph.store import people_rows as kinds
from graph.store.elements import (
    Found,
    Kind,
    identity,
    nodes,
    relationships_of,
    removal,
    row_identity,
    text_of,
)
from graph.store.people_reading import Known, read_people
from graph.store.people_rows import fingerprint, node_rows, relationship_rows
from graph.store.people_written import as_read, learn

__all__ = ["PeopleStore", "StoredPerson", "fingerprint"]

_WRITTEN_TOGETHER = 500
_READ_TOGETHER = 1_000
_ATTEMPTS = 20

_FINGERPRINTS = "MATCH (a:Alumnus) RETURN a.id AS key, a.fingerprint AS fingerprint"
_FINGERPRINTS_OF = "UNWIND $ids AS id MATCH (a:Alumnus {id: id}) RETURN id AS key, a.fingerprint AS fingerprint"
_NEXT_KEYS = "MATCH (a:Alumnus) WHERE a.id > $after RETURN a.id AS key ORDER BY a.id LIMIT $limit"
_REMOVE_ALUMNI = "UNWIND $ids AS id MATCH (n:Alumnus {id: id}) DETACH DELETE n"
_REMOVE_EXPERTISES = "UNWIND $ids AS id MATCH (n:Expertise {id: id}) DETACH DELETE n"
_REMOVE_ORPHANS = {
    kinds.PART_OF: "UNWIND $ids AS id MATCH (n:Project {id: id}) WHERE NOT (n)<-[:PART_OF]-() DETACH DELETE n",
    kinds.STUDIED: "UNWIND $ids AS id MATCH (n:StudyProgramme {id: id}) WHERE NOT (n)<-[:STUDIED]-() DETACH DELETE n",
    kinds.WORKS_AT: "UNWIND $ids AS id MATCH (n:Organisation {id: id}) WHERE NOT (n)<-[:WORKS_AT]-() DETACH DELETE n",
}
_REMOVE_LEFT_PLACES = (
    "UNWIND $ids AS id MATCH (o:Organisation {id: id})-[r:BASED_IN]->(c:City) "
    "WHERE NOT EXISTS { MATCH (o)<-[w:WORKS_AT]-(:Alumnus) WHERE w.city = c.id } DELETE r"
)


class PeopleStore:
    """People by key. What several of them share (projects, organisations, programmes) goes with the last of them."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def fingerprints(self) -> dict[str, str]:
        """The fingerprint of everyone in the graph, by key."""
        return _fingerprints(self._engine.read(_FINGERPRINTS))

    def put(self, people: Sequence[StoredPerson]) -> list[StoredPerson]:
        """Write each person whole, 500 together: on disk, all of them or none, before the next are begun.

        Returns those who were not there before: what they now are needs no reading (see `as_read`).

        An expertise that is still there keeps its node, one that is not goes. A link that somebody reviewed
        stays as it is while the text of its expertise stays. One study of each programme and one job of each
        position and first year at an organisation is kept of a person. Raises `WrongInput` where a person
        leads to a city, country, hazard or measure that is not in the graph.
        """
        new: list[StoredPerson] = []
        for first in range(0, len(people), _WRITTEN_TOGETHER):
            with resting_collector():
                new += self._put_together(people[first : first + _WRITTEN_TOGETHER])
        return new

    def remove(self, keys: Collection[str]) -> None:
        """Take people out, with their expertises and with what nobody else shares."""
        ordered = sorted(set(keys))
        for first in range(0, len(ordered), _WRITTEN_TOGETHER):
            some = ordered[first : first + _WRITTEN_TOGETHER]
            standing = self._standing(some)
            expertises = [found.end for found in standing[kinds.HAS_EXPERTISE]]
            statements = [Statement(_REMOVE_EXPERTISES, {"ids": expertises}), Statement(_REMOVE_ALUMNI, {"ids": some})]
            self._engine.write(Write(statements=[*statements, *_orphan_removals(standing)]))

    def person(self, key: str) -> StoredPerson | None:
        """The person with this key, or None."""
        people = self._read_together([key], Known.nothing_yet(self._engine))
        return people[0] if people else None

    def those(self, keys: Collection[str]) -> list[StoredPerson]:
        """Those of these people who are there, in the order of their keys."""
        return self._read_together(sorted(set(keys)), Known.nothing_yet(self._engine))

    def all(self) -> Iterator[StoredPerson]:
        """Everyone, in the order of the keys; each as they were at one moment, though not all at the same."""
        known = Known.nothing_yet(self._engine)
        after = ""
        while keys := self._keys_after(after):
            yield from self._read_together(keys, known)
            after = keys[-1]

    def each(self, keys: Collection[str]) -> Iterator[StoredPerson]:
        """Those of these people who are there, read a thousand at a time."""
        known, ordered = Known.nothing_yet(self._engine), sorted(set(keys))
        for first in range(0, len(ordered), _READ_TOGETHER):
            yield from self._read_together(ordered[first : first + _READ_TOGETHER], known)

    def as_read(self, people: Sequence[StoredPerson]) -> Iterator[StoredPerson]:
        """People who were not there before they were written, as reading them back now would give them.

        Only the names of what they share with others are read, and the countries of their cities.
        """
        known = Known.nothing_yet(self._engine)
        learn(people, known)
        return (as_read(person, known) for person in people)

    def _keys_after(self, after: str) -> list[str]:
        rows = self._engine.read(_NEXT_KEYS, {"after": after, "limit": _READ_TOGETHER})
        return [text_of(row, "key") for row in rows]

    def _read_together(self, keys: Sequence[str], known: Known) -> list[StoredPerson]:
        """Read people in several queries, again where one of them was written between the first and the last."""
        for _ in range(_ATTEMPTS):
            with resting_collector():
                people = read_people(self._engine, keys, known)
            now = _fingerprints(self._engine.read(_FINGERPRINTS_OF, {"ids": list(keys)}))
            if now == {person.alumnus.key: person.fingerprint for person in people}:
                return people
        raise WriteConflict("These people are being written all the time.", "Ask again.")

    def _put_together(self, people: Sequence[StoredPerson]) -> list[StoredPerson]:
        people = list({person.alumnus.key: person for person in people}.values())
        known = _fingerprints(self._engine.read(_FINGERPRINTS_OF, {"ids": [person.alumnus.key for person in people]}))
        standing = self._standing(known)
        wanted = relationship_rows(people)
        kept = self._reviewed(people, standing)
        wanted[kinds.APPLIES_TO] = kinds.APPLIES_TO.rows(
            row for row in wanted[kinds.APPLIES_TO].rows if (str(row["start"]), str(row["end"])) not in kept
        )
        self._engine.write(
            Write(
                statements=_removals(standing, wanted, kept),
                nodes=node_rows(people),
                relationships=[rows for rows in wanted.values() if rows.rows],
            )
        )
        return [person for person in people if person.alumnus.key not in known]

    def _standing(self, keys: Collection[str]) -> dict[Kind, list[Found]]:
        """What joins these people with the graph now, by kind."""
        standing = relationships_of(self._engine, kinds.OF_ALUMNUS, keys)
        own = [found.end for found in standing[kinds.HAS_EXPERTISE]]
        return standing | relationships_of(self._engine, kinds.OF_EXPERTISE, own)

    def _reviewed(
        self, people: Sequence[StoredPerson], standing: Mapping[Kind, Sequence[Found]]
    ) -> set[tuple[str, str]]:
        """Reviewed links (expertise, hazard) whose expertise still says the same."""
        links = [found for found in standing[kinds.APPLIES_TO] if found.properties.get("reviewed")]
        texts = {expertise.key: expertise.text for person in people for expertise in person.alumnus.expertises}
        before = nodes(self._engine, "Expertise", {found.start for found in links})
        return {
            (found.start, found.end)
            for found in links
            if texts.get(found.start) == text_of(before.get(found.start, {}), "text")
        }


def _removals(
    standing: Mapping[Kind, Sequence[Found]],
    wanted: Mapping[Kind, RelationshipRows],
    kept: Collection[tuple[str, str]],
) -> list[Statement]:
    """Statements that remove what these people are no longer joined with."""
    statements: list[Statement] = []
    left: dict[Kind, list[Found]] = {}
    for kind, found in standing.items():
        keep = {row_identity(kind, row) for row in wanted[kind].rows}
        if kind is kinds.APPLIES_TO:
            keep |= {(expertise, hazard, "") for expertise, hazard in kept}
        left[kind] = [each for each in found if identity(kind, each) not in keep]
    gone = [found.end for found in left[kinds.HAS_EXPERTISE]]
    if gone:
        statements.append(Statement(_REMOVE_EXPERTISES, {"ids": gone}))
    for kind, found in left.items():
        if kind is not kinds.HAS_EXPERTISE:
            still = [each for each in found if each.start not in gone]
            statements.extend(removal(kind, {identity(kind, each) for each in still}))
    return [*statements, *_orphan_removals(left)]


def _orphan_removals(left: Mapping[Kind, Sequence[Found]]) -> list[Statement]:
    """Statements that remove projects, programmes and organisations that nobody leads to any more."""
    ids = {kind: sorted({found.end for found in left[kind]}) for kind in _REMOVE_ORPHANS}
    statements = [Statement(text, {"ids": ids[kind]}) for kind, text in _REMOVE_ORPHANS.items() if ids[kind]]
    if ids[kinds.WORKS_AT]:
        statements.append(Statement(_REMOVE_LEFT_PLACES, {"ids": ids[kinds.WORKS_AT]}))
    return statements


def _fingerprints(rows: Sequence[Row]) -> dict[str, str]:
    return {text_of(row, "key"): text_of(row, "fingerprint") for row in rows}
