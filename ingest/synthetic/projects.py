"""Made-up projects that several people worked on, each in one town and against one hazard."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from random import Random

from ingest.synthetic.careers import PRESENT_YEAR, pick_hazard, pick_town
from ingest.synthetic.origins import ENGLISH
from ingest.synthetic.phrasebook import project_name
from ingest.synthetic.towns import Town

_CAREERS_A_PROJECT = 5


@dataclass(frozen=True, slots=True)
class Project:
    """A project: its name, place, years (inclusive) and the hazard it was about."""

    name: str
    town: Town
    hazard: str
    since: int
    until: int

    def years_within(self, since: int, until: int) -> tuple[int, int] | None:
        """The years that the project shares with a job, None where they share none."""
        first, last = max(since, self.since), min(until, self.until)
        return (first, last) if first <= last else None


class ProjectOffice:
    """All projects, by country; enough that about five people share each."""

    def __init__(
        self,
        towns: Mapping[str, Sequence[Town]],
        careers_by_country: Mapping[str, int],
        languages: Mapping[str, str],
        rng: Random,
    ) -> None:
        names: set[str] = set()
        self._projects: dict[str, list[Project]] = {}
        for country, careers in sorted(careers_by_country.items()):
            for _ in range(1 + careers // _CAREERS_A_PROJECT):
                project = _project(towns[country], languages.get(country, ENGLISH), rng)
                if project.name not in names:
                    names.add(project.name)
                    self._projects.setdefault(country, []).append(project)

    def project(self, country: str, since: int, until: int, profile: frozenset[str], rng: Random) -> Project | None:
        """Draw a project of the country in those years, one of the profile if there is; None where there is none."""
        running = [
            project for project in self._projects.get(country, ()) if project.years_within(since, until) is not None
        ]
        fitting = [project for project in running if project.hazard in profile]
        return rng.choice(fitting or running) if running else None


def _project(towns: Sequence[Town], language: str, rng: Random) -> Project:
    town = pick_town(towns, rng)
    since = 1990 + int(rng.random() ** 0.7 * (PRESENT_YEAR - 1991))
    phase = rng.choice(["", "", "", " II", " III", " Plus"])
    return Project(
        name=project_name(town, language if rng.random() < 0.6 else ENGLISH, rng) + phase,
        town=town,
        hazard=pick_hazard(town, frozenset(), rng),
        since=since,
        until=min(PRESENT_YEAR, since + 2 + int(rng.random() * 6)),
    )
