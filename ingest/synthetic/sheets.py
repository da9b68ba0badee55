"""The rows of alumni.csv: people and what they did, in the template's columns."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import zip_longest
from random import Random

from ingest.synthetic.careers import Depth, Person, Position
from ingest.synthetic.contacts import consent_columns, contact_columns, standing_columns
from ingest.synthetic.expertise import Deed

SOURCE = "made up for the demo network"

Row = dict[str, str | int | None]


def alumni_rows(person: Person, deeds: list[Deed], country_names: Mapping[str, str], rng: Random) -> Iterator[Row]:
    """The rows of a person: the first with all about the person, each with one job and one expertise more."""
    first = _first_row(person, deeds, country_names, rng)
    stated = [deed for deed in deeds if deed.kind != "thesis"]
    for place, (job, deed) in enumerate(zip_longest(reversed(person.jobs), stated)):
        row: Row = first if place == 0 else {"alumnus_id": person.key, "name": person.name}
        yield row | _job_columns(job) | _expertise_columns(deed)
    if not person.jobs and not stated:
        yield first


def _first_row(person: Person, deeds: list[Deed], country_names: Mapping[str, str], rng: Random) -> Row:
    row: Row = {
        "alumnus_id": person.key,
        "name": person.name,
        "country": country_names[person.country],
        "synthetic": "yes",
        "programme": person.programme,
        "programme_year": person.graduated,
    }
    if person.depth is Depth.CAREER:
        row |= {"home_city": person.home.name, "home_country": person.home.country_name}
        row |= {"languages": person.languages}
        row |= standing_columns(person, rng)
    elif person.depth is Depth.RECORD:
        row |= standing_columns(person, rng)
    for deed in deeds:
        if deed.kind == "thesis":
            row |= {"thesis_title": deed.text, "thesis_language": deed.language}
    return row | contact_columns(person, rng) | consent_columns(rng)


def _job_columns(job: Position | None) -> Row:
    if job is None:
        return {}
    return {
        "organisation": job.organisation,
        "organisation_kind": job.organisation_kind,
        "organisation_city": job.town.name,
        "organisation_country": job.town.country_name,
        "position": job.title,
        "role": job.role,
        "level": job.level,
        "position_since": job.since,
        "position_until": job.until,
    }


def _expertise_columns(deed: Deed | None) -> Row:
    if deed is None:
        return {}
    return {
        "expertise_id": f"E-{deed.number}",
        "expertise_kind": deed.kind,
        "expertise_text": deed.text,
        "expertise_language": deed.language,
        "project": deed.project,
        "expertise_city": deed.town.name if deed.town else None,
        "expertise_country": deed.country_name,
        "since": deed.since,
        "until": deed.until,
        "expertise_role": deed.role,
        "expertise_source": SOURCE,
    }
