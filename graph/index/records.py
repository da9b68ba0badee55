"""What is shown of each person, one JSON line a person, mapped and parsed only for the few that an answer shows."""

from __future__ import annotations

import json
import mmap
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from graph.index.reference import Reference
from graph.model.answers import Evidence, Expert, Named
from graph.model.links import Link
from graph.model.people import Expertise, Study
from graph.model.stored import StoredPerson

RECORDS = "records.jsonl"

Record = dict[str, Any]


def counted_links(links: tuple[Link, ...]) -> tuple[Link, ...]:
    """Return the links that count: all that no person rejected (linking keeps none below its threshold)."""
    return tuple(link for link in links if link.reviewed != "rejected")


def record_line(person: StoredPerson) -> bytes:
    """Return the line of one person, newline included."""
    alumnus = person.alumnus
    job = alumnus.present_job
    record = {
        "id": alumnus.key,
        "name": alumnus.name,
        "country": alumnus.home_country,
        "city": alumnus.home_city,
        "position": job.position if job else None,
        "organisation": job.organisation if job else None,
        "organisation_kind": job.organisation_kind if job else None,
        "languages": [spoken.language for spoken in alumnus.languages],
        "studied": [[study.programme, study.year] for study in alumnus.studies],
        "confirmed": alumnus.confirmed,
        "synthetic": alumnus.synthetic,
        "evidence": [_evidence_row(expertise, person) for expertise in alumnus.expertises],
    }
    return json.dumps(record, ensure_ascii=False, separators=(",", ":")).encode() + b"\n"


def _evidence_row(expertise: Expertise, person: StoredPerson) -> list[object]:
    linked = person.links.get(expertise.key)
    hazards = counted_links(linked.hazards) if linked else ()
    measures = counted_links(linked.measures) if linked else ()
    return [
        expertise.key,
        expertise.text,
        expertise.language or (linked.language if linked else None),
        expertise.city,
        expertise.country,
        [[link.id, link.score, link.words, link.method, link.model, link.reviewed] for link in hazards],
        [link.id for link in measures],
        expertise.since,
        expertise.until,
        expertise.role,
        expertise.kind,
        expertise.project,
        expertise.source.name,
        expertise.weak,
    ]


class RecordFile:
    """The mapped file of records; `lengths` are the bytes of each, in the order of people."""

    def __init__(self, directory: Path, lengths: NDArray[np.int64]) -> None:
        """Map the file; an empty one, which cannot be mapped, holds nobody."""
        self._ends = np.cumsum(lengths)
        self._lengths = lengths
        with (directory / RECORDS).open("rb") as file:
            self._bytes: mmap.mmap | bytes = (
                mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) if len(lengths) else b""
            )

    def line(self, person: int) -> bytes:
        """Return the line of one person."""
        end = int(self._ends[person])
        return self._bytes[end - int(self._lengths[person]) : end]

    def read(self, person: int) -> Record:
        """Return the record of one person."""
        record: Record = json.loads(self.line(person))
        return record


def expert_of(record: Record, reference: Reference) -> Expert:
    """Return a person as shown, without evidence."""
    city = reference.cities.get(record["city"] or "")
    return Expert(
        id=record["id"],
        name=record["name"],
        country=record["country"] or (city.country if city else None),
        city=record["city"],
        position=record["position"],
        organisation=record["organisation"],
        organisation_kind=record["organisation_kind"],
        languages=tuple(record["languages"]),
        studied=tuple(Study(programme, year) for programme, year in record["studied"]),
        confirmed=record["confirmed"],
        synthetic=record["synthetic"],
        city_name=city.name if city else None,
    )


def evidence_of(record: Record, place: int, reference: Reference) -> Evidence:
    """Return one expertise of a record as shown; `place` counts within the person."""
    key, text, language, city_id, country, hazards, measures, *rest = record["evidence"][place]
    since, until, role, kind, project, source, weak = rest
    city = reference.cities.get(city_id or "")
    return Evidence(
        expertise=key,
        text=text,
        language=language,
        city=Named(city.id, city.name) if city else None,
        country=country or (city.country if city else None),
        traits=tuple(Named(t.trait, reference.traits.get(t.trait, t.trait)) for t in city.traits if t.value)
        if city
        else (),
        hazards=tuple(
            Link(link, score, tuple(words), method, model, reviewed)
            for link, score, words, method, model, reviewed in hazards
        ),
        measures=tuple(Named(measure, _measure_name(measure, reference)) for measure in measures),
        since=since,
        until=until,
        role=role,
        kind=kind,
        project=project,
        source=source,
        weak=weak,
    )


def _measure_name(measure: str, reference: Reference) -> str:
    known = reference.measures.get(measure)
    return known.name if known else measure
