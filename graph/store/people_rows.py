"""A person as rows of the graph, and the fingerprint of one."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from dataclasses import asdict

from graph.engines.port import NodeRows, RelationshipRows, Row
from graph.model.languages import language_name
from graph.model.links import Link
from graph.model.people import Alumnus, Expertise, Job
from graph.model.stored import StoredPerson
from graph.store.elements import Kind
from graph.store.slugs import slug

HAS_EXPERTISE = Kind("HAS_EXPERTISE", "Alumnus", "Expertise")
LIVES_IN_CITY = Kind("LIVES_IN", "Alumnus", "City")
LIVES_IN_COUNTRY = Kind("LIVES_IN", "Alumnus", "Country")
FROM = Kind("FROM", "Alumnus", "Country")
STUDIED = Kind("STUDIED", "Alumnus", "StudyProgramme")
SPEAKS = Kind("SPEAKS", "Alumnus", "Language")
WORKS_AT = Kind("WORKS_AT", "Alumnus", "Organisation", keyed_by="key")
APPLIES_TO = Kind("APPLIES_TO", "Expertise", "Hazard")
USED = Kind("USED", "Expertise", "Measure")
GAINED_IN_CITY = Kind("GAINED_IN", "Expertise", "City")
GAINED_IN_COUNTRY = Kind("GAINED_IN", "Expertise", "Country")
PART_OF = Kind("PART_OF", "Expertise", "Project")
BASED_IN = Kind("BASED_IN", "Organisation", "City")

OF_ALUMNUS = (HAS_EXPERTISE, LIVES_IN_CITY, LIVES_IN_COUNTRY, FROM, STUDIED, SPEAKS, WORKS_AT)
OF_EXPERTISE = (APPLIES_TO, USED, GAINED_IN_CITY, GAINED_IN_COUNTRY, PART_OF)


def fingerprint(alumnus: Alumnus) -> str:
    """A hash of all that is stated of a person: the same in whatever order it was stated, and on whatever day.

    The dates on which sources were read are left out, so that the same file of another day is no change.
    """
    content = asdict(alumnus)
    del content["source"]["date"]
    for expertise in content["expertises"]:
        del expertise["source"]["date"]
    for part in ("languages", "studies", "jobs", "expertises"):
        content[part] = sorted(json.dumps(each, sort_keys=True, ensure_ascii=False) for each in content[part])
    text = json.dumps(content, sort_keys=True, ensure_ascii=False)
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def node_rows(people: Sequence[StoredPerson]) -> list[NodeRows]:
    """The nodes that these people are and lead to."""
    alumni = [person.alumnus for person in people]
    jobs = [job for alumnus in alumni for job in alumnus.jobs]
    expertises = [expertise for alumnus in alumni for expertise in alumnus.expertises]
    programmes = [study.programme for alumnus in alumni for study in alumnus.studies]
    projects = [expertise.project for expertise in expertises if expertise.project]
    languages = {spoken.language for alumnus in alumni for spoken in alumnus.languages}
    return [
        NodeRows("Alumnus", [_alumnus_row(person) for person in people]),
        NodeRows(
            "Expertise",
            [_expertise_row(expertise, person) for person in people for expertise in person.alumnus.expertises],
        ),
        NodeRows("Project", [{"id": slug(name), "name": name} for name in projects]),
        NodeRows("StudyProgramme", [{"id": slug(name), "name": name} for name in programmes]),
        NodeRows("Language", [{"id": tag, "name": language_name(tag)} for tag in sorted(languages)]),
        NodeRows("Organisation", [_organisation_row(job) for job in jobs]),
    ]


def relationship_rows(people: Sequence[StoredPerson]) -> dict[Kind, RelationshipRows]:
    """What joins these people with the rest of the graph, by kind; a kind without rows is there too."""
    rows: dict[Kind, list[Row]] = {kind: [] for kind in (*OF_ALUMNUS, *OF_EXPERTISE, BASED_IN)}
    for person in people:
        alumnus = person.alumnus
        _join_alumnus(rows, alumnus)
        for expertise in alumnus.expertises:
            rows[HAS_EXPERTISE].append({"start": alumnus.key, "end": expertise.key})
            _join_expertise(rows, expertise, person)
    return {kind: kind.rows(of_kind) for kind, of_kind in rows.items()}


def job_key(job: Job) -> str:
    """What tells several positions of one person at one organisation apart."""
    return f"{slug(job.position) if job.position else ''}/{job.since or ''}"


def _alumnus_row(person: StoredPerson) -> Row:
    alumnus = person.alumnus
    return {
        "id": alumnus.key,
        "name": alumnus.name,
        "gender": alumnus.gender,
        "open_to": alumnus.open_to,
        "confirmed": alumnus.confirmed,
        "synthetic": alumnus.synthetic,
        "fingerprint": person.fingerprint,
        "source": alumnus.source.name,
        "source_date": alumnus.source.date,
    }


def _expertise_row(expertise: Expertise, person: StoredPerson) -> Row:
    return {
        "id": expertise.key,
        "text": expertise.text,
        "language": expertise.language,
        "since": expertise.since,
        "until": expertise.until,
        "role": expertise.role,
        "kind": expertise.kind,
        "weak": expertise.weak,
        "linked_by": linker_of(person, expertise.key),
        "source": expertise.source.name,
        "source_date": expertise.source.date,
    }


def linker_of(person: StoredPerson, key: str) -> str | None:
    """The linker of an expertise; None where nobody has linked it."""
    linked = person.links.get(key)
    if linked is None or linked.by is not None:
        return linked.by if linked else None
    return next((link.model for link in (*linked.hazards, *linked.measures) if link.model), None)


def _organisation_row(job: Job) -> Row:
    row: Row = {"id": slug(job.organisation), "name": job.organisation}
    return row | {"kind": job.organisation_kind} if job.organisation_kind else row


def _join_alumnus(rows: dict[Kind, list[Row]], alumnus: Alumnus) -> None:
    key = alumnus.key
    if alumnus.home_city:
        rows[LIVES_IN_CITY].append({"start": key, "end": alumnus.home_city})
    elif alumnus.home_country:
        rows[LIVES_IN_COUNTRY].append({"start": key, "end": alumnus.home_country})
    if alumnus.country:
        rows[FROM].append({"start": key, "end": alumnus.country})
    for study in alumnus.studies:
        rows[STUDIED].append({"start": key, "end": slug(study.programme), "year": study.year})
    for spoken in alumnus.languages:
        rows[SPEAKS].append({"start": key, "end": spoken.language, "level": spoken.level})
    for job in alumnus.jobs:
        organisation = slug(job.organisation)
        rows[WORKS_AT].append(
            {
                "start": key,
                "end": organisation,
                "key": job_key(job),
                "position": job.position,
                "role": job.role,
                "level": job.level,
                "since": job.since,
                "until": job.until,
                "city": job.city,
            }
        )
        if job.city:
            rows[BASED_IN].append({"start": organisation, "end": job.city})


def _join_expertise(rows: dict[Kind, list[Row]], expertise: Expertise, person: StoredPerson) -> None:
    if expertise.city:
        rows[GAINED_IN_CITY].append({"start": expertise.key, "end": expertise.city})
    elif expertise.country:
        rows[GAINED_IN_COUNTRY].append({"start": expertise.key, "end": expertise.country})
    if expertise.project:
        rows[PART_OF].append({"start": expertise.key, "end": slug(expertise.project)})
    linked = person.links.get(expertise.key)
    if linked:
        rows[APPLIES_TO].extend(_hazard_row(expertise.key, link) for link in linked.hazards)
        rows[USED].extend(
            {"start": expertise.key, "end": link.id, "score": link.score, "words": link.words}
            for link in linked.measures
        )


def _hazard_row(key: str, link: Link) -> Row:
    return {
        "start": key,
        "end": link.id,
        "score": link.score,
        "method": link.method,
        "words": link.words,
        "model": link.model,
        "reviewed": link.reviewed,
    }
