"""Keys that stay the same when a text is edited, and the fingerprint that tells whether anything changed."""

from __future__ import annotations

import dataclasses
import hashlib
from collections import Counter
from collections.abc import Sequence
from operator import attrgetter

from graph.model.people import Alumnus, Expertise, Job
from graph.store.slugs import slug
from ingest.alumni.mapped import Row
from ingest.sources.names import normalised


def stated_key(number: str) -> str:
    """The key of an expertise that has a number of its own; never with a slash, which parts it from the person's."""
    return number.replace("%", "%25").replace("/", "%2F")


def made_key(kind: str, project: str | None, city: str | None, since: int | None, which: int) -> str:
    """The key of an expertise without a number: kind, project, city, first year, and which of these in the file."""
    return ".".join((kind, slug(project) if project else "", city or "", str(since or ""), str(which)))


def ordinals(rows: Sequence[Row]) -> list[int]:
    """For each row of one person without an expertise_id, which it is of its kind, project, city and first year.

    Refused rows count too, so that mending one of them moves no other.
    """
    seen: Counter[tuple[str, ...]] = Counter()
    numbers = []
    for row in rows:
        values = row.values
        if "expertise_id" in values:
            numbers.append(1)
            continue
        if "expertise_text" in values:
            place = normalised(values.get("expertise_city", ""))
            kind = values.get("expertise_kind", "statement").casefold()
            alike: tuple[str, ...] = (
                kind,
                slug(values["project"]) if "project" in values else "",
                place,
                values.get("since", ""),
            )
        else:
            alike = ("",)
        seen[alike] += 1
        numbers.append(seen[alike])
    return numbers


def fingerprint(alumnus: Alumnus, linker: str) -> str:
    """A hash of all that was loaded of a person and of the linker's name, without the dates on which files were read.

    Another linker gives another fingerprint, so that loading again links everyone anew.
    """
    content = (
        _PERSON(alumnus),
        alumnus.source.name,
        [(spoken.language, spoken.level) for spoken in alumnus.languages],
        [(study.programme, study.year) for study in alumnus.studies],
        [_JOB(job) for job in alumnus.jobs],
        [(_EXPERTISE(expertise), expertise.source.name) for expertise in alumnus.expertises],
        linker,
    )
    return hashlib.blake2b(repr(content).encode("utf-8", "surrogatepass"), digest_size=16).hexdigest()


def _fields(kind: type, without: Sequence[str]) -> attrgetter[tuple[object, ...]]:
    return attrgetter(*(field.name for field in dataclasses.fields(kind) if field.name not in without))


_PERSON = _fields(Alumnus, ("source", "languages", "studies", "jobs", "expertises"))
_JOB = _fields(Job, ())
_EXPERTISE = _fields(Expertise, ("source",))
