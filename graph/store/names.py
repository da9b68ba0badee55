"""Names of what people share with others: whoever writes one of them anew changes how the others are shown too."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from graph.engines.port import Engine, Row
from graph.index.records import Record
from graph.index.searching import SearchIndex
from graph.store.elements import maybe_text, text_of
from graph.store.slugs import slug

_NAMES = "MATCH (n:`{}`) RETURN n.id AS id, n.name AS name"
_ORGANISATIONS = "MATCH (n:Organisation) RETURN n.id AS id, n.name AS name, n.kind AS kind"


@dataclass(frozen=True, slots=True)
class Names:
    """Names by key: of projects and study programmes, and of organisations with their kind."""

    projects: Mapping[str, str]
    programmes: Mapping[str, str]
    organisations: Mapping[str, tuple[str, str | None]]


def read_names(engine: Engine) -> Names:
    """The names as they now stand in the graph."""
    return Names(
        _by_id(engine.read(_NAMES.format("Project"))),
        _by_id(engine.read(_NAMES.format("StudyProgramme"))),
        {
            text_of(row, "id"): (text_of(row, "name"), maybe_text(row, "kind") or None)
            for row in engine.read(_ORGANISATIONS)
        },
    )


def shown_otherwise(index: SearchIndex, names: Names) -> set[str]:
    """Keys of the people whom the index shows with another name or kind of what they share than the graph has."""
    key_of = cache(slug)

    def differs(record: Record) -> bool:
        projects = {evidence[11] for evidence in record["evidence"]} - {None}
        organisation = record["organisation"]
        return (
            any(names.projects.get(key_of(name)) != name for name in projects)
            or any(names.programmes.get(key_of(name)) != name for name, _ in record["studied"])
            or (
                organisation is not None
                and names.organisations.get(key_of(organisation)) != (organisation, record["organisation_kind"])
            )
        )

    return {key for place, key in enumerate(index.keys) if differs(index.records.read(place))}


def _by_id(rows: list[Row]) -> dict[str, str]:
    return {text_of(row, "id"): text_of(row, "name") for row in rows}
