"""What real cities did, made up: no city is said to have really done it, and each row's source says so."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from random import Random

from ingest.synthetic.careers import PRESENT_YEAR, pick_hazard
from ingest.synthetic.lexicon import read_lexicon
from ingest.synthetic.polishing import capital
from ingest.synthetic.towns import Town

ACTION_COLUMNS = ("city", "country", "title", "hazard", "measure", "status", "year", "source")
SOURCE = "made up for the demo network"
CITIES = 300
_STATUSES = ("planned", "in progress", "in progress", "completed", "completed", "completed", "stopped")
_STARTS = ("", "Pilot: ", "Phase two: ", "City-wide: ", "With neighbours: ", "Renewal: ", "Trial of ", "Design of ")


def action_rows(towns: Mapping[str, Sequence[Town]], cities: int, rng: Random) -> Iterator[dict[str, str]]:
    """Yield the made-up actions of so many cities, one to five each.

    The measure is left empty: the title says what was done, and measures are named by those who know their list.
    """
    everywhere = sorted((town for members in towns.values() for town in members), key=lambda town: -town.population)
    largest = everywhere[: cities * 3]
    phrases = read_lexicon("en").phrases
    for town in sorted(rng.sample(largest, min(cities, len(largest))), key=lambda town: town.id):
        titles: set[str] = set()
        for _ in range(1 + int(rng.random() * 5)):
            hazard = pick_hazard(town, frozenset(), rng)
            title = capital(rng.choice(_STARTS) + rng.choice(phrases[hazard][rng.choice("bp")]))
            if title in titles:
                continue
            titles.add(title)
            yield {
                "city": town.name,
                "country": town.country_name,
                "title": title,
                "hazard": hazard,
                "measure": "",
                "status": rng.choice(_STATUSES),
                "year": str(2005 + int(rng.random() * (PRESENT_YEAR - 2005))),
                "source": SOURCE,
            }
