"""Names of organisations, positions and projects, made of the lines that each language's grammar has for them."""

from __future__ import annotations

from functools import cache
from random import Random

from ingest.synthetic.grammar import Slot, read_grammar
from ingest.synthetic.lexicon import WORDS
from ingest.synthetic.polishing import capital
from ingest.synthetic.towns import Town

_OTHER_SCRIPT = frozenset({"ar", "zh"})


def organisation_name(kind: str, town: Town, language: str, rng: Random) -> str:
    """Return a made-up organisation of the kind, named for the town or its country."""
    name = _line(
        language, f"organisation {kind}", rng, city=town_name(town, language) or town.name, country=town.country_name
    )
    return capital(name)


def position_title(role: str, language: str, rng: Random) -> str:
    """Return a job title, half of the time with a department."""
    title = _line(language, f"role {role}", rng)
    return f"{title}, {_line(language, 'department', rng)}" if rng.random() < 0.5 else title


def project_name(town: Town, language: str, rng: Random) -> str:
    """Return a made-up project name."""
    return f"{_line(language, 'motif', rng)} {town_name(town, language) or town.name}"


def town_name(town: Town, language: str) -> str | None:
    """Return how the language calls the town; None where it has another script and no name of its own is known."""
    own = town_names(language).get(town.name)
    return own or (None if language in _OTHER_SCRIPT else town.name)


@cache
def town_names(language: str) -> dict[str, str]:
    """Return the names of towns that the language has of its own, by their usual name."""
    for line in (WORDS / "towns.txt").read_text("utf-8").splitlines():
        of, _, names = line.partition(": ")
        if of == language:
            return dict(pair.split("=") for pair in names.split(", "))
    return {}


def _line(language: str, section: str, rng: Random, **values: str | None) -> str:
    pattern = rng.choice(read_grammar(language).sections[section])
    return "".join(str(values.get(part.name)) if isinstance(part, Slot) else part for part in pattern)
