"""What can be seen of the whole graph at one glance: enough to tell who is new, changed or gone."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from graph.engines.port import Engine
from graph.index.gathering import short_hash
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
    """The fingerprint that was written with a person, empty where none was, and texts by expertise.

    `said` is the sum of the hashes of the texts, modulo two to the 64th: another one where a text is another.
    """

    fingerprint: str
    texts: Mapping[str, str] = field(default_factory=dict)
    said: int = field(init=False, compare=False)

    def __post_init__(self) -> None:
        """Hash once what is compared at every look."""
        object.__setattr__(self, "said", sum(map(short_hash, self.texts.values())) % 2**64)


@dataclass(frozen=True, slots=True)
class Glance:
    """Everyone as the graph held them. `mark` is from before: whoever was written since, the graph has another mark.

    `generation` and `places` are those of `graph.store.network`.
    """

    mark: str
    generation: int
    places: int
    people: Mapping[str, PersonSeen]


def look(engine: Engine, before: Glance | None = None) -> Glance:
    """See everyone's fingerprint and texts: whoever writes without the former is given away by the latter.

    Whoever is as they were `before` is not hashed again.
    """
    network = NetworkStore(engine)
    mark, generation, places = network.mark(), network.generation(), network.places()
    fingerprints = dict(zip(*_columns(engine, _PEOPLE, "keys", "fingerprints"), strict=True))
    texts: dict[str, dict[str, str]] = {key: {} for key in fingerprints}
    for key, expertise, text in zip(*_columns(engine, _TEXTS, "keys", "expertises", "texts"), strict=True):
        texts.setdefault(key, {})[expertise] = text
    known = before.people if before else {}
    people = {key: _seen(fingerprint, texts[key], known.get(key)) for key, fingerprint in fingerprints.items()}
    return Glance(mark, generation, places, people)


def _seen(fingerprint: str, texts: Mapping[str, str], before: PersonSeen | None) -> PersonSeen:
    if before is not None and before.fingerprint == fingerprint and before.texts == texts:
        return before
    return PersonSeen(fingerprint, texts)


def _columns(engine: Engine, text: str, *names: str) -> list[Sequence[str]]:
    row: dict[str, Any] = engine.read(text)[0]
    return [[value if type(value) is str else str(value) for value in row[name]] for name in names]
