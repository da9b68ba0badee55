"""The truth of the demo network: what each text is really about. Read by evaluation alone, never by a load."""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ingest.synthetic.careers import Person
from ingest.synthetic.expertise import Deed

THESIS = "thesis"


@dataclass(frozen=True, slots=True)
class Truth:
    """One line of truth.jsonl, an expertise.

    `expertise` is the key that a load gives it. `hazards` are what it is about, none where it is about none or only
    denies one; `city` is a GeoNames id and `country` an ISO 3166 alpha-2 code. `names_hazard` says whether the text
    holds the usual name of one of its hazards, `names` which names of places, projects and organisations may stand in
    it. `measures` stays empty: the texts are written without a list of measures.
    """

    alumnus: str
    expertise: str
    text: str
    hazards: tuple[str, ...]
    measures: tuple[str, ...]
    city: str | None
    country: str
    since: int | None
    until: int | None
    role: str | None
    kind: str
    language: str
    names_hazard: bool
    weak: bool
    names: tuple[str, ...]

    def line(self) -> str:
        """Return the line that says this."""
        return json.dumps(dataclasses.asdict(self), ensure_ascii=False) + "\n"


def truth_of(person: Person, deed: Deed) -> Truth:
    """Return the truth about what a person did."""
    is_thesis = deed.kind == THESIS
    return Truth(
        alumnus=person.key,
        expertise=f"{person.key}/{THESIS if is_thesis else f'E-{deed.number}'}",
        text=deed.text,
        hazards=deed.hazards,
        measures=(),
        city=deed.town.id if deed.town else None,
        country=deed.country,
        since=deed.since,
        until=deed.until,
        role=deed.role,
        kind=deed.kind,
        language=deed.language,
        names_hazard=deed.names_hazard,
        weak=is_thesis,
        names=deed.text_names,
    )


def read_truth(file: Path) -> Iterator[Truth]:
    """Yield the lines of a truth.jsonl."""
    with file.open(encoding="utf-8") as lines:
        for line in lines:
            said: dict[str, Any] = json.loads(line)
            lists = {key: tuple(said[key]) for key in ("hazards", "measures", "names")}
            yield Truth(**(said | lists))
