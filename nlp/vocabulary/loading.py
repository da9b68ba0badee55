"""The vocabulary as one frozen value, read from the data files beside this module.

Each file has one subject and is meant to be mended by people who know the field: names stand by language, the usual one
first. `nlp.vocabulary.checks` says what a file must keep to.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any, Literal

from graph.errors import Unavailable
from graph.model.hazards import Hazard, Measure, Reduces

LANGUAGES = ("en", "es", "fr", "pt", "nl", "ar", "id", "vi", "zh")
"""The languages in which every hazard has a name (BCP 47)."""

NamesById = Mapping[str, tuple[str, ...]]
"""Names of one language by id, the usual name first."""


@dataclass(frozen=True, slots=True)
class Group:
    """A word broader than any identifier: it is read as any of its members."""

    id: str
    name: str
    members: tuple[str, ...]
    names: NamesById


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """Hazards and measures as the graph holds them, and the names of everything that people ask by.

    The `…_names` map language -> id -> names. Ids of regions are M49 codes, of nationalities and countries ISO 3166
    alpha-2 codes. `hazard_terms` are words that show a hazard without naming it; they weigh less than names.
    `country_names` holds only usual names that the common language data lack (UK, Holland, Burma).
    """

    hazards: Mapping[str, Hazard]
    measures: Mapping[str, Measure]
    hazard_names: Mapping[str, NamesById]
    hazard_terms: Mapping[str, NamesById]
    measure_names: Mapping[str, NamesById]
    trait_names: Mapping[str, NamesById]
    role_names: Mapping[str, NamesById]
    region_names: Mapping[str, NamesById]
    nationality_words: Mapping[str, NamesById]
    country_names: Mapping[str, NamesById]
    groups: tuple[Group, ...]
    broader_by_id: Mapping[str, frozenset[str]]
    narrower_by_id: Mapping[str, frozenset[str]]

    def broader(self, hazard: str) -> frozenset[str]:
        """Return the hazard and everything that it is a kind of, directly or not; KeyError for an unknown id."""
        return self.broader_by_id[hazard]

    def narrower(self, hazard: str) -> frozenset[str]:
        """Return the hazard and every kind of it, directly or not; KeyError for an unknown id."""
        return self.narrower_by_id[hazard]


@cache
def vocabulary() -> Vocabulary:
    """Return the vocabulary, read once.

    Raises:
        Unavailable: a data file is missing or is not JSON.
    """
    hazards, measures = read("hazards"), read("measures")
    kinds = {id: hazard["kind_of"] for id, hazard in hazards.items()}
    broader = {id: closure(id, kinds) for id in kinds}
    return Vocabulary(
        hazards={id: hazard_from(id, entry) for id, entry in hazards.items()},
        measures={id: measure_from(id, entry) for id, entry in measures.items()},
        hazard_names=by_language(hazards),
        hazard_terms=by_language(hazards, "terms"),
        measure_names=by_language(measures),
        trait_names=by_language(read("traits")),
        role_names=by_language(read("roles")),
        region_names=by_language(read("regions")),
        nationality_words=by_language(read("nationalities")),
        country_names=by_language(read("countries")),
        groups=tuple(group_from(id, entry) for id, entry in read("groups").items()),
        broader_by_id=broader,
        narrower_by_id={id: frozenset(kind for kind in kinds if id in broader[kind]) for id in kinds},
    )


Subject = Literal[
    "hazards", "measures", "traits", "roles", "regions", "nationalities", "countries", "groups", "negations"
]


def read(subject: Subject) -> dict[str, Any]:
    """Read one data file."""
    file = files(__package__).joinpath(f"{subject}.json")
    try:
        entries: dict[str, Any] = json.loads(file.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise Unavailable(
            f"The vocabulary file {subject}.json could not be read: {error}.", "Mend the file, or install again."
        ) from error
    return entries


def hazard_from(id: str, entry: Mapping[str, Any]) -> Hazard:
    """Make a hazard; its English names after the first are its synonyms."""
    name, *synonyms = entry["names"]["en"]
    return Hazard(
        id=id,
        name=name,
        definition=entry["definition"],
        code=entry["code"],
        synonyms=tuple(synonyms),
        kind_of=tuple(entry["kind_of"]),
        causes=tuple(entry["causes"]),
    )


def measure_from(id: str, entry: Mapping[str, Any]) -> Measure:
    """Make a measure; its English names after the first are its synonyms."""
    name, *synonyms = entry["names"]["en"]
    return Measure(
        id=id,
        name=name,
        kind=entry["kind"],
        definition=entry["definition"],
        reduces=tuple(Reduces(hazard=reason["hazard"], why=reason["why"]) for reason in entry["reduces"]),
        synonyms=tuple(synonyms),
    )


def group_from(id: str, entry: Mapping[str, Any]) -> Group:
    """Make a group of hazards."""
    names = {language: tuple(names) for language, names in entry["names"].items()}
    return Group(id=id, name=names["en"][0], members=tuple(entry["members"]), names=names)


def by_language(entries: Mapping[str, Any], field: str = "names") -> dict[str, NamesById]:
    """Turn id -> language -> names into language -> id -> names."""
    languages = dict.fromkeys(language for entry in entries.values() for language in entry[field])
    return {
        language: {id: tuple(entry[field][language]) for id, entry in entries.items() if language in entry[field]}
        for language in languages
    }


def closure(id: str, parents: Mapping[str, Iterable[str]]) -> frozenset[str]:
    """Return an id with all its ancestors; a cycle ends where it began."""
    found, open_ids = {id}, [id]
    while open_ids:
        for parent in parents.get(open_ids.pop(), ()):
            if parent not in found:
                found.add(parent)
                open_ids.append(parent)
    return frozenset(found)
