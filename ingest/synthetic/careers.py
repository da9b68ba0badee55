"""The lives of the made-up people: study, jobs, home, languages."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import Enum
from random import Random

from ingest.synthetic.naming import Naming
from ingest.synthetic.origins import ENGLISH, GROUPS, Origin
from ingest.synthetic.phrasebook import organisation_name, position_title
from ingest.synthetic.programmes import LEVELS, ORGANISATION_KINDS, PROGRAMMES, ROLE_WEIGHTS
from ingest.synthetic.towns import Town

PRESENT_YEAR = 2026
_FIRST_YEAR = 1984
_PROFILE_WEIGHT = 5.0
"""How much more often people work on the hazards of their programme than on others that are plausible there."""


class Depth(Enum):
    """How much an office holds on a person: hardly anything, a record of one line, or a whole career."""

    BARE = "bare"
    RECORD = "record"
    CAREER = "career"


DEPTHS: tuple[Depth, ...] = (Depth.BARE, *[Depth.RECORD] * 4, *[Depth.CAREER] * 5)
"""Of ten people, how many of each depth."""


@dataclass(frozen=True, slots=True)
class Position:
    """A job: present where it has no last year."""

    organisation: str
    organisation_kind: str
    title: str
    role: str
    level: str | None
    since: int
    until: int | None
    town: Town

    @property
    def last_year(self) -> int:
        """The last year so far."""
        return self.until or PRESENT_YEAR


@dataclass(frozen=True, slots=True)
class Person:
    """A made-up person; `country` is an ISO 3166 alpha-2 code, `language` what the person writes beside English."""

    key: str
    name: str
    is_woman: bool
    country: str
    language: str
    depth: Depth
    programme: str
    graduated: int | None
    home: Town
    jobs: tuple[Position, ...]
    languages: str

    @property
    def profile(self) -> frozenset[str]:
        """The hazards that the programme leads to."""
        return frozenset(PROGRAMMES[self.programme])


def pick_town(towns: Sequence[Town], rng: Random) -> Town:
    """Draw a town, larger ones more often."""
    return rng.choices(towns, [town.weight for town in towns])[0]


def pick_hazard(town: Town, profile: frozenset[str], rng: Random, without: frozenset[str] = frozenset()) -> str:
    """Draw a hazard that is plausible in the town, those of the profile more often."""
    weights = {
        hazard: weight * (_PROFILE_WEIGHT if hazard in profile else 1.0)
        for hazard, weight in town.hazards.items()
        if hazard not in without
    }
    return rng.choices(list(weights), list(weights.values()))[0]


class Biographer:
    """Makes up people, one after the other."""

    def __init__(self, towns: Mapping[str, tuple[Town, ...]], rng: Random) -> None:
        self._towns = towns
        self._rng = rng
        self._naming = Naming(rng)
        self._abroad = {
            language: [country for country in group.weights if country in towns] for language, group in GROUPS.items()
        }
        self._everywhere = sorted(towns)

    def person(self, number: int, origin: Origin, depth: Depth) -> Person:
        """Make up a person of that origin, on whom the office holds that much."""
        rng = self._rng
        is_woman = rng.random() < 0.42
        graduated = PRESENT_YEAR - 1 - int((PRESENT_YEAR - 1 - _FIRST_YEAR) * rng.random() ** 1.35)
        home = self._town(origin, chance_abroad=0.14)
        return Person(
            key=f"S-{number:05d}",
            name=self._naming.name(origin.country, is_woman),
            is_woman=is_woman,
            country=origin.country,
            language=origin.language,
            depth=depth,
            programme=rng.choice(list(PROGRAMMES)),
            graduated=None if depth is Depth.BARE else graduated,
            home=home,
            jobs=() if depth is Depth.BARE else tuple(self._jobs(origin, depth, graduated, home)),
            languages=self._languages(origin),
        )

    def other_town(self, country: str) -> Town:
        """Draw a town of the country."""
        return pick_town(self._towns[country], self._rng)

    def _town(self, origin: Origin, chance_abroad: float) -> Town:
        country = origin.country
        if self._rng.random() < chance_abroad:
            country = self._rng.choice(self._abroad.get(origin.language, self._everywhere))
        return pick_town(self._towns[country], self._rng)

    def _jobs(self, origin: Origin, depth: Depth, graduated: int, home: Town) -> list[Position]:
        """Jobs without a gap from graduation on; of a record only the last is known."""
        rng = self._rng
        years_left = PRESENT_YEAR - graduated
        count = min(1 if years_left < 4 else 2 if years_left < 10 else 3, 1 + int(rng.random() * 3))
        cuts = sorted(rng.sample(range(graduated + 1, PRESENT_YEAR), count - 1)) if count > 1 else []
        starts = [graduated, *cuts]
        role = rng.choices(list(ROLE_WEIGHTS), list(ROLE_WEIGHTS.values()))[0]
        jobs: list[Position] = []
        for place, since in enumerate(starts):
            is_last = place == count - 1
            town = home if is_last else self._town(origin, chance_abroad=0.1)
            jobs.append(self._position(origin, role, place, since, None if is_last else starts[place + 1], town))
            if rng.random() < 0.3:
                role = rng.choices(list(ROLE_WEIGHTS), list(ROLE_WEIGHTS.values()))[0]
        return jobs[-1:] if depth is Depth.RECORD else jobs

    def _position(self, origin: Origin, role: str, place: int, since: int, until: int | None, town: Town) -> Position:
        rng = self._rng
        kind = rng.choice(ORGANISATION_KINDS[role])
        is_at_home = town.country in GROUPS[origin.language].weights if origin.language in GROUPS else False
        language = origin.language if is_at_home and rng.random() < 0.75 else ENGLISH
        return Position(
            organisation=organisation_name(kind, town, language, rng),
            organisation_kind=kind,
            title=position_title(role, language, rng),
            role=role,
            level=LEVELS[min(len(LEVELS) - 1, place + int(rng.random() * 3))] if rng.random() < 0.5 else None,
            since=since,
            until=until,
            town=town,
        )

    def _languages(self, origin: Origin) -> str:
        rng = self._rng
        if origin.language == ENGLISH:
            return "en: native" if rng.random() < 0.3 else "en: fluent"
        own = f"{origin.language}: native"
        spoken = [own, f"en: {rng.choice(['fluent', 'fluent', 'good', 'basic'])}"] if rng.random() < 0.88 else [own]
        if rng.random() < 0.08:
            third = rng.choice([language for language in GROUPS if language != origin.language])
            spoken.append(f"{third}: basic")
        return "; ".join(spoken)
