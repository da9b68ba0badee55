"""What can be seen of the whole graph at one glance: enough to tell who is new, changed or gone."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import groupby
from operator import itemgetter
from typing import Any

from graph.engines.port import Engine
from graph.store.network import NetworkStore

# Everything in one row: many rows cost the driver twenty times as much to read.
_PEOPLE = (
    "MATCH (a:Alumnus) WHERE a.id IS NOT NULL "
    "RETURN collect(a.id) AS keys, collect(coalesce(a.fingerprint, '')) AS fingerprints"
)
_TEXTS = (
    "MATCH (a:Alumnus)-[:HAS_EXPERTISE]->(e:Expertise) WHERE a.id IS NOT NULL AND e.id IS NOT NULL "
    "RETURN collect(a.id) AS keys, collect(e.id) AS expertises, collect(coalesce(e.text, '')) AS texts"
)


@dataclass(frozen=True, slots=True)
class PersonSeen:
    """The fingerprint that was written with a person, empty where none was, and texts by expertise."""

    fingerprint: str
    texts: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Glance:
    """Everyone as the graph held them. `mark` is from before: whoever was written since, the graph has another mark.

    `generation` and `places` are those of `graph.store.network`.
    """

    mark: str
    generation: int
    places: int
    people: Mapping[str, PersonSeen]


def look(engine: Engine) -> Glance:
    """See everyone's fingerprint and texts: whoever writes without the former is given away by the latter."""
    network = NetworkStore(engine)
    mark, generation, places = network.mark(), network.generation(), network.places()
    keys, fingerprints = _columns(engine, _PEOPLE, "keys", "fingerprints")
    owned = sorted(zip(*_columns(engine, _TEXTS, "keys", "expertises", "texts"), strict=True))
    texts = {key: {expertise: text for _, expertise, text in of_one} for key, of_one in groupby(owned, itemgetter(0))}
    people = {
        key: PersonSeen(fingerprint, texts.get(key, {})) for key, fingerprint in zip(keys, fingerprints, strict=True)
    }
    return Glance(mark, generation, places, people)


def _columns(engine: Engine, text: str, *names: str) -> list[Sequence[str]]:
    row: dict[str, Any] = engine.read(text)[0]
    return [[str(value) for value in row[name]] for name in names]
