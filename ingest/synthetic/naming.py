"""Names of the made-up people: a given and a family name that are common where the person comes from."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from functools import cache
from random import Random

from ingest.synthetic.lexicon import WORDS

_EVERYWHERE = "XX"
_NAMESAKES_AT_MOST = 2


@dataclass
class _Pool:
    """The names of one region and how they are put together."""

    given: dict[str, list[str]] = field(default_factory=dict)
    family: list[str] = field(default_factory=list)
    habits: set[str] = field(default_factory=set)


@cache
def _pools() -> dict[str, _Pool]:
    """Pools by country code."""
    by_country: dict[str, _Pool] = {}
    pool = _Pool()
    for line in (WORDS / "names.txt").read_text("utf-8").splitlines():
        key, _, rest = line.partition(": ")
        if line.startswith("["):
            pool = _Pool()
        elif key in ("women", "men"):
            pool.given[key] = rest.split(", ")
        elif key == "family":
            pool.family = rest.split(", ")
        elif key == "countries":
            by_country |= dict.fromkeys(rest.split(), pool)
        elif key in ("two families", "family first"):
            pool.habits.add(key)
        elif key == "middle":
            pool.habits.add(f"middle {rest}")
    return by_country


class Naming:
    """Gives names; a name is rarely given twice, as in life."""

    def __init__(self, rng: Random) -> None:
        self._rng = rng
        self._given: Counter[str] = Counter()

    def name(self, country: str, is_woman: bool) -> str:
        """Return a name for a person of the country (ISO 3166 alpha-2)."""
        pool = _pools().get(country) or _pools()[_EVERYWHERE]
        for _ in range(12):
            name = self._combined(pool, "women" if is_woman else "men")
            if not self._given[name] or (self._given[name] < _NAMESAKES_AT_MOST and self._rng.random() < 0.05):
                break
        self._given[name] += 1
        return name

    def _combined(self, pool: _Pool, of: str) -> str:
        given = self._rng.choice(pool.given[of])
        family = self._rng.choice(pool.family)
        if "family first" in pool.habits:
            return f"{family} {given}"
        if "two families" in pool.habits:
            return f"{given} {family} {self._rng.choice(pool.family)}"
        if "middle men" in pool.habits:
            return f"{given} {self._rng.choice(pool.given['men'])} {family}"
        if "middle any" in pool.habits:
            return f"{given} {self._rng.choice(pool.given[of])} {family}"
        second = self._rng.choice(pool.given[of])
        return f"{given} {second[0]}. {family}" if self._rng.random() < 0.6 else f"{given} {family}"
