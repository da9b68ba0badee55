"""The demo network: made-up alumni in real cities, written as the template files that any office would send."""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import cycle
from pathlib import Path
from random import Random

from graph.errors import WrongInput
from ingest.alumni.template import COLUMNS
from ingest.sources.places import read_places
from ingest.synthetic.actions import ACTION_COLUMNS, CITIES, action_rows
from ingest.synthetic.careers import DEPTHS, Biographer, Depth, Person
from ingest.synthetic.expertise import Chronicler, Deed
from ingest.synthetic.origins import GROUPS, Origin, allot_origins
from ingest.synthetic.projects import ProjectOffice
from ingest.synthetic.sheets import alumni_rows
from ingest.synthetic.towns import Town, choose_towns
from ingest.synthetic.truth import truth_of
from ingest.synthetic.writing import Writer

_FEWEST_PEOPLE = 20


@dataclass(frozen=True, slots=True)
class Generated:
    """The files written and how much stands in them."""

    alumni: Path
    actions: Path
    truth: Path
    people: int
    texts: int
    countries: int


def generate(
    directory: Path,
    *,
    people: int = 15_000,
    seed: int = 2026,
    progress: Callable[[int, int], None] | None = None,
) -> Generated:
    """Write alumni.csv, actions.csv and truth.jsonl into the directory, the same bytes for the same people and seed.

    truth.jsonl says of each expertise what it really is about and is read by evaluation alone. `progress` is called
    with people done and people in all. Raises WrongInput where people are fewer than 20.
    """
    if people < _FEWEST_PEOPLE:
        raise WrongInput(f"{people} people are no network.", f"Ask for at least {_FEWEST_PEOPLE}.")
    directory.mkdir(parents=True, exist_ok=True)
    places = read_places()
    country_names = {country.code: country.name for country in places.countries}
    towns = choose_towns(places.cities, country_names)
    network = _Network(towns, people, seed)
    alumni, actions, truth = (directory / name for name in ("alumni.csv", "actions.csv", "truth.jsonl"))
    texts = 0
    with (
        alumni.open("w", encoding="utf-8", newline="") as alumni_file,
        truth.open("w", encoding="utf-8", newline="\n") as truth_file,
    ):
        sheet = csv.DictWriter(alumni_file, [column.name for column in COLUMNS], lineterminator="\n")
        sheet.writeheader()
        for done, (person, deeds) in enumerate(network.people(), start=1):
            sheet.writerows(alumni_rows(person, deeds, country_names, network.rng))
            truth_file.writelines(truth_of(person, deed).line() for deed in deeds)
            texts += len(deeds)
            if progress is not None:
                progress(done, people)
    _write_actions(actions, action_rows(towns, max(20, CITIES * people // 15_000), network.rng))
    return Generated(alumni, actions, truth, people, texts, len({origin.country for origin in network.origins}))


class _Network:
    """Who there is, and what each did."""

    def __init__(self, towns: dict[str, tuple[Town, ...]], people: int, seed: int) -> None:
        self.rng = Random(seed)
        self.origins = allot_origins(people, towns, self.rng)
        depths = cycle(self._shuffled_depths())
        self._depths = [next(depths) for _ in self.origins]
        careers = Counter(
            origin.country for origin, depth in zip(self.origins, self._depths, strict=True) if depth is Depth.CAREER
        )
        languages = {country: language for language, group in GROUPS.items() for country in group.weights}
        self._biographer = Biographer(towns, self.rng)
        projects = ProjectOffice(towns, careers, languages, self.rng)
        self._chronicler = Chronicler(self._biographer, projects, Writer(self.rng), self.rng)

    def _shuffled_depths(self) -> list[Depth]:
        depths = list(DEPTHS)
        self.rng.shuffle(depths)
        return depths

    def people(self) -> Iterator[tuple[Person, list[Deed]]]:
        """Yield each person with what the person did."""
        for number, (origin, depth) in enumerate(self._pairs(), start=1):
            person = self._biographer.person(number, origin, depth)
            yield person, self._chronicler.deeds(person)

    def _pairs(self) -> Iterable[tuple[Origin, Depth]]:
        return zip(self.origins, self._depths, strict=True)


def _write_actions(file: Path, rows: Iterable[dict[str, str]]) -> None:
    with file.open("w", encoding="utf-8", newline="") as opened:
        sheet = csv.DictWriter(opened, ACTION_COLUMNS, lineterminator="\n")
        sheet.writeheader()
        sheet.writerows(rows)
