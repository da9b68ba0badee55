"""A collection of people with dated evidence, as a file of anyone's, made into what the product ranks."""

from __future__ import annotations

import csv
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from graph.errors import WrongInput
from graph.index.reference import Reference
from graph.model.people import Alumnus, Expertise, Source
from graph.model.places import Country
from graph.model.stored import StoredPerson
from nlp.evaluation.lines import json_lines, numbered_lines, text_field
from nlp.ports import Linker
from nlp.vocabulary import Vocabulary

SOURCE = Source("evaluation", "1970-01-01")


@dataclass(frozen=True, slots=True)
class Evidence:
    """One text of a person, with its year where known."""

    person: str
    text: str
    year: int | None


@dataclass(frozen=True, slots=True)
class Collection:
    """People by id with their country, and the evidence of each."""

    countries: dict[str, str | None]
    evidence: tuple[Evidence, ...]

    @property
    def people(self) -> list[str]:
        """Ids of all people, in the order of the file."""
        return list(self.countries)


def read_collection(people: Path, evidence: Path) -> Collection:
    """Read people (CSV: id, name, country) and their evidence (JSON lines: person, text, year).

    Raises WrongInput, naming the line, for a missing column or a person who is not among the people.
    """
    rows = list(csv.DictReader(line for _, line in numbered_lines(people)))
    if not rows or "id" not in rows[0]:
        raise WrongInput(f"{people} has no column id, or nobody in it.", "Its header is id,name,country.")
    countries = {row["id"]: row.get("country") or None for row in rows}
    found = []
    for where, record in json_lines(evidence):
        person, year = text_field(where, record, "person"), record.get("year")
        if person not in countries:
            raise WrongInput(f"{where}: {person!r} is not among the people.", f"Add a row to {people}, or mend the id.")
        if year is not None and not isinstance(year, int):
            raise WrongInput(f"{where}: the year {year!r} is no whole number.", 'Write "year": 2014, or leave it out.')
        found.append(Evidence(person, text_field(where, record, "text"), year))
    if not found:
        raise WrongInput(f"{evidence} has no lines.", 'Write {"person","text","year"} on each line.')
    return Collection(countries, tuple(found))


def stored_people(collection: Collection, linker: Linker) -> list[StoredPerson]:
    """Return the people as the graph would hold them, every text linked."""
    own: dict[str, list[Evidence]] = defaultdict(list)
    for each in collection.evidence:
        own[each.person].append(each)
    linked = iter(linker.link([each.text for person in collection.people for each in own[person]]))
    found = []
    for person in collection.people:
        expertises = tuple(_expertise(number, each) for number, each in enumerate(own[person], 1))
        links = {expertise.key: next(linked) for expertise in expertises}
        alumnus = Alumnus(person, person, SOURCE, country=collection.countries[person], expertises=expertises)
        found.append(StoredPerson(alumnus, links, fingerprint=person))
    return found


def reference(vocabulary: Vocabulary, countries: Sequence[str | None]) -> Reference:
    """Return what those people refer to: the vocabulary, and their countries."""
    return Reference(
        hazards=vocabulary.hazards,
        measures=vocabulary.measures,
        traits={id: names[0] for id, names in vocabulary.trait_names["en"].items()},
        regions={},
        countries={code: Country(code, code, None) for code in countries if code},
        cities={},
    )


def _expertise(number: int, evidence: Evidence) -> Expertise:
    return Expertise(
        key=f"{evidence.person}/{number}",
        text=evidence.text,
        kind="project",
        source=SOURCE,
        since=evidence.year,
        until=evidence.year,
    )
