"""The writer: from what a person did, where and when, to a text that no one else has written.

Patterns are drawn at random until the text has a fitting length, shows every hazard it is about, is new,
and its sentence skeletons have not been used too often.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from random import Random

from graph.errors import LimitReached
from ingest.synthetic.checking import skeletons, word_count
from ingest.synthetic.grammar import Grammar, Pattern, Slot, read_grammar
from ingest.synthetic.lexicon import NO_HAZARD, Lexicon, read_lexicon
from ingest.synthetic.polishing import capital, polish

SKELETON_LIMIT = 12
"""Half of what the network may show, so that a stricter reader is content too."""
WORDS_AT_LEAST, WORDS_AT_MOST = 6, 40
_ATTEMPTS = 400
_SETTING = ("city", "project", "organisation", "since", "until")
_NUMBERS = {"few": (2, 8, 1), "dozens": (11, 84, 1), "thousands": (11, 80, 100)}
"""Numbers that a text may hold: the least, how many there are, and the step between them."""
_CHANCE = {"at": 0.62, "when": 0.3, "tail": 0.42}


@dataclass(frozen=True, slots=True)
class Setting:
    """What a text is about: hazards (none: work without one), and where, when, as what and for whom it was done."""

    language: str
    section: str
    hazards: tuple[str, ...]
    role: str
    city: str | None = None
    since: int | None = None
    until: int | None = None
    project: str | None = None
    organisation: str | None = None
    denied: str | None = None

    @property
    def names(self) -> tuple[str, ...]:
        """The names that may stand in the text."""
        return tuple(name for name in (self.city, self.project, self.organisation) if name)


@dataclass(frozen=True, slots=True)
class Written:
    """A text and whether it holds the usual name of one of its hazards."""

    text: str
    names_hazard: bool


class Writer:
    """Writes texts and remembers what was written, so that none occurs twice."""

    def __init__(self, rng: Random) -> None:
        self._rng = rng
        self._seen: set[str] = set()
        self._skeletons: Counter[str] = Counter()

    def write(self, setting: Setting) -> Written:
        """Write a new text; raises LimitReached where the grammar is used up."""
        grammar, lexicon = read_grammar(setting.language), read_lexicon(setting.language)
        for _ in range(_ATTEMPTS):
            text = _Draft(setting, grammar, lexicon, self._rng).text()
            if text is not None and self._is_new(text, setting):
                return Written(text, lexicon.names_hazard(text, setting.hazards))
        raise LimitReached(
            f"No new text about {', '.join(setting.hazards) or 'work without a hazard'} in {setting.language}.",
            f"Add phrases to words/{setting.language}.txt or patterns to grammars/{setting.language}.txt.",
        )

    def _is_new(self, text: str, setting: Setting) -> bool:
        if text in self._seen or not WORDS_AT_LEAST <= word_count(text) <= WORDS_AT_MOST:
            return False
        found = skeletons(text, setting.names)
        if any(self._skeletons[skeleton] >= SKELETON_LIMIT for skeleton in found):
            return False
        self._skeletons.update(found)
        self._seen.add(text)
        return True


class _Draft:
    """One attempt at a text: draws without repeating itself, from each of its hazards in turn."""

    def __init__(self, setting: Setting, grammar: Grammar, lexicon: Lexicon, rng: Random) -> None:
        self._setting = setting
        self._grammar = grammar
        self._lexicon = lexicon
        self._rng = rng
        self._hazards = setting.hazards or (NO_HAZARD,)
        self._drawn = dict.fromkeys(self._hazards, 0)
        self._used: set[str | Pattern] = set()

    def text(self) -> str | None:
        """Return a text, or None where this attempt came to nothing."""
        pattern = self._fitting(self._grammar.sections[self._setting.section])
        text = self._fill(pattern)
        if text is None or not all(self._drawn.values()):
            return None
        return polish(text, self._setting.language)

    def _fitting(self, patterns: Sequence[Pattern]) -> Pattern:
        """Draw a pattern that asks for nothing that the setting does not have."""
        while True:
            pattern = self._choose(patterns)
            needed = {part.name for part in pattern if isinstance(part, Slot)}
            if all(getattr(self._setting, name) for name in ("city", "project", "organisation") if name in needed):
                return pattern

    def _choose(self, values: Sequence[Pattern]) -> Pattern:
        return values[int(self._rng.random() * len(values))]

    def _fill(self, pattern: Pattern) -> str | None:
        filled: list[str] = []
        for part in pattern:
            piece = part if isinstance(part, str) else self._piece(part.name)
            if piece is None:
                return None
            filled.append(piece)
        return "".join(filled)

    def _piece(self, name: str) -> str | None:
        if name.endswith(".cap"):
            piece = self._piece(name.removesuffix(".cap"))
            return piece if piece is None else capital(piece)
        stem, _, form = name.partition(".")
        if name in _CHANCE:
            return self._optional(name)
        if stem == "role":
            piece = self._section(f"role {self._setting.role}")
            return piece.lower() if piece and form == "low" else piece
        if stem == "other":
            return self._section(f"work.{form}")
        if name in ("q", "b", "p", "e"):
            return self._phrase(name)
        if stem == "n":
            return self._name(form)
        if name in _NUMBERS:
            return self._number(name)
        if name in _SETTING:
            value = getattr(self._setting, name)
            return None if value is None else str(value)
        return self._section(name)

    def _optional(self, name: str) -> str | None:
        setting = self._setting
        known = {"at": setting.city, "when": setting.since, "tail": True}[name]
        if not known or self._rng.random() > _CHANCE[name]:
            return ""
        piece = self._section(self._when() if name == "when" else name)
        return piece if piece is None else self._grammar.joints[name] + piece

    def _when(self) -> str:
        if self._setting.until is None:
            return "when.open"
        return "when.single" if self._setting.since == self._setting.until else "when"

    def _section(self, name: str) -> str | None:
        pattern = self._choose(self._grammar.sections[name])
        if len(pattern) == 1 and pattern in self._used:
            return None
        self._used.add(pattern)
        return self._fill(pattern)

    def _phrase(self, kind: str) -> str | None:
        hazard = min(self._hazards, key=self._drawn.__getitem__)
        phrases = self._lexicon.phrases[hazard][kind]
        phrase = phrases[int(self._rng.random() * len(phrases))]
        if phrase in self._used:
            return None
        self._used.add(phrase)
        self._drawn[hazard] += 1
        return phrase

    def _name(self, form: str) -> str | None:
        """The name of the hazard, of the denied one in a denial; in form `bare` without its article."""
        denied = self._setting.denied
        if denied is None:
            name = self._phrase("n")
        else:
            names = self._lexicon.phrases[denied]["n"]
            name = names[int(self._rng.random() * len(names))]
        if name is None or form != "bare":
            return name
        return _without_article(name)

    def _number(self, name: str) -> str:
        least, spread, step = _NUMBERS[name]
        return str(step * (least + int(self._rng.random() * spread)))


_ARTICLES = ("las ", "los ", "la ", "el ", "les ", "le ", "l'", "os ", "as ", "o ", "a ")


def _without_article(name: str) -> str:
    return next((name[len(article) :] for article in _ARTICLES if name.startswith(article)), name)
