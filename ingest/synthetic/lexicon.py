"""What people of one language write about each hazard: phrases by kind, read from `words/LANGUAGE.txt`.

Written by hand for the demo network alone and without sight of any vocabulary that reads them.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from graph.errors import WrongInput

WORDS = Path(__file__).parent / "words"
NO_HAZARD = "none"
PHRASE_KINDS = ("n", "q", "b", "p", "e")
"""Names of the hazard; what is seen or measured; what is built; what is organised; what happened."""


@dataclass(frozen=True, slots=True)
class Lexicon:
    """Phrases by hazard and kind, and the usual names by which a text counts as naming its hazard."""

    phrases: Mapping[str, Mapping[str, tuple[str, ...]]]
    usual_names: Mapping[str, tuple[str, ...]]

    def names_hazard(self, text: str, hazards: tuple[str, ...]) -> bool:
        """Whether the text holds the usual name of one of the hazards; upper and lower case are the same."""
        lowered = text.casefold()
        return any(name in lowered for hazard in hazards for name in self.usual_names[hazard])


@cache
def read_lexicon(language: str) -> Lexicon:
    """Read the phrases of a language; raises WrongInput where a hazard lacks a kind of phrase."""
    phrases: dict[str, dict[str, tuple[str, ...]]] = {}
    usual_names: dict[str, tuple[str, ...]] = {}
    hazard = ""
    for line in _lines(WORDS / f"{language}.txt"):
        if line.startswith("["):
            hazard = line.strip("[]")
            phrases[hazard] = {}
            continue
        kind, _, rest = line.partition(":")
        values = tuple(part.strip() for part in rest.split("|"))
        if kind == "u":
            usual_names[hazard] = tuple(value.casefold() for value in values)
        else:
            phrases[hazard][kind] = values
    for hazard, kinds in phrases.items():
        missing = [kind for kind in PHRASE_KINDS if not kinds.get(kind)]
        if missing or hazard not in usual_names:
            raise WrongInput(
                f"words/{language}.txt: {hazard} lacks {', '.join(missing) or 'u'}.", "Write at least one phrase."
            )
    return Lexicon(phrases, usual_names)


def _lines(file: Path) -> list[str]:
    lines = (line.strip() for line in file.read_text("utf-8").splitlines())
    return [line for line in lines if line and not line.startswith("#")]
