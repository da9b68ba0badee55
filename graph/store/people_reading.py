"""People as they stand in the graph: rows of it, put together into domain values."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import get_args

from graph.engines.port import Engine, Row
from graph.errors import WrongInput
from graph.model.links import Link, Linked
from graph.model.people import (
    Alumnus,
    Expertise,
    ExpertiseKind,
    Job,
    OrganisationKind,
    Role,
    Source,
    Spoken,
    Study,
)
from graph.model.stored import StoredPerson
from graph.store import people_rows as kinds
from graph.store.elements import (
    Found,
    Kind,
    maybe_text,
    maybe_year,
    nodes,
    number_of,
    relationships_of,
    text_of,
    texts_of,
)

_COUNTRY_OF = "UNWIND $ids AS id MATCH (c:City {id: id})-[:`IN`]->(k:Country) RETURN id, k.id AS country"

_ROLES: Mapping[str, Role] = {role: role for role in get_args(Role)}
_EXPERTISE_KINDS: Mapping[str, ExpertiseKind] = {kind: kind for kind in get_args(ExpertiseKind)}
_ORGANISATION_KINDS: Mapping[str, OrganisationKind] = {kind: kind for kind in get_args(OrganisationKind)}

Joined = Mapping[Kind, Mapping[str, Sequence[Found]]]
"""Relationships by kind and by the id that they start at."""


@dataclass(slots=True)
class Known:
    """What many people lead to, remembered while they are read: names of things, and countries of cities."""

    engine: Engine
    named: dict[str, dict[str, Row]]
    countries: dict[str, str]

    @classmethod
    def nothing_yet(cls, engine: Engine) -> Known:
        """A memory that holds nothing."""
        return cls(engine, {label: {} for label in ("Project", "StudyProgramme", "Organisation")}, {})

    def learn(self, joined: Joined) -> None:
        """Read what these relationships lead to and is not known yet."""
        for label, kind in (
            ("Project", kinds.PART_OF),
            ("StudyProgramme", kinds.STUDIED),
            ("Organisation", kinds.WORKS_AT),
        ):
            self.learn_names(label, _targets(joined, kind))
        self.learn_countries(_targets(joined, kinds.LIVES_IN_CITY) | _targets(joined, kinds.GAINED_IN_CITY))

    def learn_names(self, label: str, ids: Collection[str]) -> None:
        """Read the things of a label that are not known yet."""
        self.named[label] |= nodes(self.engine, label, set(ids) - self.named[label].keys())

    def learn_countries(self, cities: Collection[str]) -> None:
        """Read the countries of cities that are not known yet."""
        missing = sorted(set(cities) - self.countries.keys())
        if missing:
            for row in self.engine.read(_COUNTRY_OF, {"ids": missing}):
                self.countries[text_of(row, "id")] = text_of(row, "country")

    def name(self, label: str, id_: str) -> str:
        """The name of a thing; its id where it has none."""
        return text_of(self.named[label].get(id_, {}), "name") or id_

    def organisation_kind(self, id_: str) -> OrganisationKind | None:
        """The kind of an organisation."""
        return _ORGANISATION_KINDS.get(text_of(self.named["Organisation"].get(id_, {}), "kind"))


def read_people(engine: Engine, keys: Sequence[str], known: Known) -> list[StoredPerson]:
    """The people with these keys, in the order of the keys; who is not there is left out."""
    alumni = nodes(engine, "Alumnus", keys)
    joined = _by_start(relationships_of(engine, kinds.OF_ALUMNUS, alumni))
    own = [found.end for of_person in joined[kinds.HAS_EXPERTISE].values() for found in of_person]
    expertises = nodes(engine, "Expertise", own)
    joined |= _by_start(relationships_of(engine, kinds.OF_EXPERTISE, own))
    known.learn(joined)
    return [_person(alumni[key], expertises, joined, known) for key in keys if key in alumni]


def _person(row: Row, expertises: Mapping[str, Row], joined: Joined, known: Known) -> StoredPerson:
    key = text_of(row, "id")
    own = sorted(found.end for found in joined[kinds.HAS_EXPERTISE].get(key, ()) if found.end in expertises)
    home_city = _end(joined, kinds.LIVES_IN_CITY, key)
    alumnus = Alumnus(
        key=key,
        name=text_of(row, "name"),
        source=_source(row),
        country=_end(joined, kinds.FROM, key),
        home_city=home_city,
        home_country=known.countries.get(home_city) if home_city else _end(joined, kinds.LIVES_IN_COUNTRY, key),
        gender=maybe_text(row, "gender"),
        open_to=maybe_text(row, "open_to"),
        confirmed=maybe_text(row, "confirmed"),
        synthetic=bool(row.get("synthetic")),
        languages=tuple(
            Spoken(found.end, maybe_text(found.properties, "level"))
            for found in sorted(joined[kinds.SPEAKS].get(key, ()), key=lambda found: found.end)
        ),
        studies=tuple(sorted((_study(found, known) for found in joined[kinds.STUDIED].get(key, ())), key=study_order)),
        jobs=tuple(sorted((_job(found, known) for found in joined[kinds.WORKS_AT].get(key, ())), key=job_order)),
        expertises=tuple(_expertise(expertises[each], joined, known) for each in own),
    )
    links = {each: _linked(expertises[each], each, joined) for each in own}
    return StoredPerson(alumnus, links, text_of(row, "fingerprint"))


def _expertise(row: Row, joined: Joined, known: Known) -> Expertise:
    key = text_of(row, "id")
    city = _end(joined, kinds.GAINED_IN_CITY, key)
    project = _end(joined, kinds.PART_OF, key)
    return Expertise(
        key=key,
        text=text_of(row, "text"),
        kind=_kind(row),
        source=_source(row),
        language=maybe_text(row, "language"),
        city=city,
        country=known.countries.get(city) if city else _end(joined, kinds.GAINED_IN_COUNTRY, key),
        since=maybe_year(row, "since"),
        until=maybe_year(row, "until"),
        role=_ROLES.get(text_of(row, "role")),
        project=known.name("Project", project) if project else None,
        weak=bool(row.get("weak")),
    )


def _kind(row: Row) -> ExpertiseKind:
    """The kind; a statement where none is stated, as in a file. Raises `WrongInput` for one that there is not."""
    stated = text_of(row, "kind") or "statement"
    try:
        return _EXPERTISE_KINDS[stated]
    except KeyError:
        raise WrongInput(
            f"The expertise {row.get('id')!r} in the graph has the kind {stated!r}.",
            f"Set it to one of: {', '.join(_EXPERTISE_KINDS)}.",
        ) from None


def _linked(row: Row, key: str, joined: Joined) -> Linked:
    return Linked(
        by=maybe_text(row, "linked_by"),
        hazards=_links(joined[kinds.APPLIES_TO].get(key, ())),
        measures=_links(joined[kinds.USED].get(key, ())),
        language=maybe_text(row, "language"),
    )


def best_first(links: Iterable[Link]) -> tuple[Link, ...]:
    """Links in the order in which they are read."""
    return tuple(sorted(links, key=lambda link: (-link.score, link.id)))


def _links(found: Sequence[Found]) -> tuple[Link, ...]:
    return best_first(
        Link(
            id=each.end,
            score=number_of(each.properties, "score"),
            words=texts_of(each.properties, "words"),
            method=text_of(each.properties, "method"),
            model=text_of(each.properties, "model"),
            reviewed=maybe_text(each.properties, "reviewed"),
        )
        for each in found
    )


def _study(found: Found, known: Known) -> Study:
    return Study(known.name("StudyProgramme", found.end), maybe_year(found.properties, "year"))


def study_order(study: Study) -> tuple[bool, int, str]:
    """What studies are sorted by: earliest first, those without a year last."""
    return study.year is None, study.year or 0, study.programme


def _job(found: Found, known: Known) -> Job:
    row = found.properties
    return Job(
        organisation=known.name("Organisation", found.end),
        organisation_kind=known.organisation_kind(found.end),
        position=maybe_text(row, "position"),
        role=_ROLES.get(text_of(row, "role")),
        level=maybe_text(row, "level"),
        since=maybe_year(row, "since"),
        until=maybe_year(row, "until"),
        city=maybe_text(row, "city"),
    )


def job_order(job: Job) -> tuple[int, str, str]:
    """What jobs are sorted by: first begun first."""
    return job.since or 0, job.organisation, job.position or ""


def _source(row: Row) -> Source:
    return Source(text_of(row, "source"), text_of(row, "source_date"))


def _end(joined: Joined, kind: Kind, start: str) -> str | None:
    return next((found.end for found in joined[kind].get(start, ())), None)


def _targets(joined: Joined, kind: Kind) -> set[str]:
    return {found.end for of_one in joined[kind].values() for found in of_one}


def _by_start(found: Mapping[Kind, Sequence[Found]]) -> dict[Kind, dict[str, list[Found]]]:
    by_start: dict[Kind, dict[str, list[Found]]] = {}
    for kind, of_kind in found.items():
        grouped: defaultdict[str, list[Found]] = defaultdict(list)
        for each in of_kind:
            grouped[each.start].append(each)
        by_start[kind] = grouped
    return by_start
