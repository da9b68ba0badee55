"""What each made-up person has done: the facts first, then the text about them."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from random import Random
from typing import Literal

from ingest.synthetic.careers import Biographer, Depth, Person, Position, pick_hazard
from ingest.synthetic.climates import COMMONNESS
from ingest.synthetic.origins import ENGLISH
from ingest.synthetic.phrasebook import town_name
from ingest.synthetic.projects import ProjectOffice
from ingest.synthetic.towns import Town
from ingest.synthetic.writing import Setting, Writer

Kind = Literal["project", "thesis", "publication", "course", "statement"]
_STATED_KINDS: tuple[Kind, ...] = (
    *("project",) * 11, *("statement",) * 6, *("course",) * 2, "publication",
)  # fmt: skip
_STATED_COUNTS = (2, 3, 3, 4, 4, 4, 5, 5, 6, 6)
_WRITES_OWN_LANGUAGE = {"thesis": 0.72, "stated": 0.9}
_NO_HAZARD, _DENIES, _TWO_HAZARDS = 0.113, 0.038, 0.167
"""Shares of the texts that may be so: those of a project are about its hazard, and only statements deny one."""
_NAMED = {"thesis": 0.38, "stated": 0.4}
_FLOODS = frozenset(hazard for hazard in COMMONNESS if "flood" in hazard) | {"glacial-lake-outburst", "storm-surge"}
_DIRTY_WATER = frozenset({"water-pollution", "eutrophication", "algal-bloom"})


@dataclass(frozen=True, slots=True)
class Deed:
    """One expertise: its facts and its text. `town` and years are None where the office does not hold them."""

    number: int
    kind: Kind
    text: str
    language: str
    hazards: tuple[str, ...]
    names_hazard: bool
    town: Town | None
    country: str
    country_name: str
    since: int | None
    until: int | None
    role: str | None
    project: str | None
    organisation: str | None
    text_names: tuple[str, ...]


class Evenly:
    """Says yes in a given share of cases, spread evenly, so that small networks keep the shares too."""

    def __init__(self) -> None:
        self._owed: dict[object, float] = defaultdict(lambda: 0.5)

    def __call__(self, subject: object, share: float) -> bool:
        """Whether this case of the subject is one of the share."""
        self._owed[subject] += share
        if self._owed[subject] < 1:
            return False
        self._owed[subject] -= 1
        return True


class Chronicler:
    """Makes up what people did and has it written down."""

    def __init__(self, biographer: Biographer, projects: ProjectOffice, writer: Writer, rng: Random) -> None:
        self._biographer = biographer
        self._projects = projects
        self._writer = writer
        self._rng = rng
        self._evenly = Evenly()

    def deeds(self, person: Person) -> list[Deed]:
        """Return what the person did, the thesis first; nothing where the office holds hardly anything."""
        if person.depth is Depth.BARE or person.graduated is None:
            return []
        deeds = [self._thesis(person, person.graduated)]
        if person.depth is Depth.CAREER:
            count = self._rng.choice(_STATED_COUNTS)
            deeds += [self._stated(person, number) for number in range(1, count + 1)]
        return deeds

    def _thesis(self, person: Person, graduated: int) -> Deed:
        town = self._biographer.other_town(person.country)
        return self._written(
            person, 0, "thesis", town, None, "researcher", (graduated - 3 - self._rng.randrange(20), graduated - 1)
        )

    def _stated(self, person: Person, number: int) -> Deed:
        rng = self._rng
        kind = rng.choice(_STATED_KINDS)
        job = rng.choice(person.jobs)
        if kind == "project" and rng.random() < 0.75:
            project = self._projects.project(job.town.country, job.since, job.last_year, person.profile, rng)
            years = project.years_within(job.since, job.last_year) if project else None
            if project and years:
                return self._written(
                    person, number, kind, project.town, job, job.role, years, project.name, project.hazard
                )
        town = job.town if rng.random() < 0.7 else self._biographer.other_town(job.town.country)
        since = rng.randint(job.since, job.last_year)
        until = (
            None
            if kind == "statement" and job.until is None and rng.random() < 0.5
            else rng.randint(since, job.last_year)
        )
        return self._written(person, number, kind, town, job, job.role, (since, until))

    def _written(
        self,
        person: Person,
        number: int,
        kind: Kind,
        town: Town,
        job: Position | None,
        role: str,
        years: tuple[int, int | None],
        project: str | None = None,
        hazard: str | None = None,
    ) -> Deed:
        rng = self._rng
        sort = "thesis" if kind == "thesis" else "stated"
        own = person.language != ENGLISH and self._evenly((person.language, sort), _WRITES_OWN_LANGUAGE[sort])
        language = person.language if own else ENGLISH
        hazards, denied = self._subject(person, language, sort, town, hazard)
        knows_town, knows_years = rng.random() < 0.87, kind == "thesis" or rng.random() < 0.86
        setting = Setting(
            language=language,
            section=self._section(kind, hazards, denied),
            hazards=hazards,
            role=role,
            city=town_name(town, language) if knows_town else None,
            since=years[0] if knows_years else None,
            until=years[1] if knows_years else None,
            project=project,
            organisation=job.organisation if job else None,
            denied=denied,
        )
        written = self._writer.write(setting)
        since, until = (person.graduated, person.graduated) if kind == "thesis" else years
        return Deed(
            number=number,
            kind=kind,
            text=written.text,
            language=language,
            hazards=hazards,
            names_hazard=written.names_hazard,
            town=town if knows_town else None,
            country=town.country,
            country_name=town.country_name,
            since=since if knows_years else None,
            until=until if knows_years else None,
            role=role if kind == "thesis" or rng.random() < 0.85 else None,
            project=project,
            organisation=job.organisation if job else None,
            text_names=setting.names,
        )

    def _subject(
        self, person: Person, language: str, sort: str, town: Town, hazard: str | None
    ) -> tuple[tuple[str, ...], str | None]:
        """Decide what a text is about: hazards, and the one that it denies, if it denies one."""
        rng, evenly = self._rng, self._evenly
        if sort == "stated" and hazard is None and evenly(("denies", language), _DENIES):
            return (), pick_hazard(town, frozenset(), rng)
        if hazard is None and evenly(("none", language), _NO_HAZARD):
            return (), None
        first = hazard or pick_hazard(town, person.profile, rng)
        if not evenly(("two", language), _TWO_HAZARDS):
            return (first,), None
        return (first, pick_hazard(town, person.profile, rng, without=_too_close(first))), None

    def _section(self, kind: Kind, hazards: tuple[str, ...], denied: str | None) -> str:
        if denied:
            return "denial"
        if kind == "thesis" and not hazards:
            return "thesis.none"
        if len(hazards) > 1:
            return "thesis.both" if kind == "thesis" else "both"
        if kind in ("course", "publication"):
            return kind
        sort = "thesis" if kind == "thesis" else "statement"
        is_named = bool(hazards) and self._rng.random() < _NAMED["thesis" if sort == "thesis" else "stated"]
        if sort == "thesis":
            return "thesis.named" if is_named else "thesis"
        return "named" if is_named else "statement"


def _too_close(hazard: str) -> frozenset[str]:
    """The hazards that say nearly the same, so that one text is not about both."""
    return next((family for family in (_FLOODS, _DIRTY_WATER) if hazard in family), frozenset()) | {hazard}
