"""The small words of questions, one data file a language: prepositions, negations, connectors, numbers, empty words.

The rules of this package name what a phrase does (a `Cue`) and never a word of any language.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from types import MappingProxyType
from typing import Any

from nlp.normalising import Normalised, fold
from nlp.question.keys import spelled, words

LANGUAGES = ("en", "es", "fr", "pt", "nl", "id", "vi", "zh", "ar")
"""The languages of questions; the first one wins where words do not tell."""

CUES = (
    *("stop", "articles", "people", "city_nouns", "in", "of", "from", "lives", "like"),
    *("not", "neutral", "but", "or", "and", "speak_before", "speak_after"),
    *("since", "after", "before", "until", "since_after", "after_after", "before_after", "until_after"),
    *("during", "between", "range", "last", "last_after", "year", "decade", "number", "stretch", "plain"),
)
"""What a phrase can do in a question."""

_BINDING = frozenset({"in", "from", "lives", "like", "of"})


@dataclass(frozen=True, slots=True)
class Wording:
    """The phrases of one language: what each does, by its normalised spelling.

    `numbers` gives number words their value and stretches ("last decade") their years;
    `ordinary` holds words that are also names of cities; `of_after_role` says whether "engineers of X" means from X;
    `country_beside_role` where a country stands that does so without a word between: "after" the role, "before", or "".
    """

    language: str
    cues: Mapping[str, frozenset[str]]
    numbers: Mapping[str, int]
    ordinary: frozenset[str]
    of_after_role: bool
    country_beside_role: str


@dataclass(frozen=True, slots=True)
class PlaceWords:
    """What each word names: the people of a region, a language people speak ("francophone"), a trait or country."""

    region_adjectives: Mapping[str, str]
    languages: Mapping[str, str]
    traits: Mapping[str, str]
    countries: Mapping[str, str]


@cache
def wordings() -> Mapping[str, Wording]:
    """The wording of every language, by its tag."""
    return MappingProxyType({language: _wording(language, _data(language)) for language in LANGUAGES})


@cache
def place_words() -> tuple[PlaceWords, ...]:
    """The place words of every language, in the order of `LANGUAGES`."""
    return tuple(
        PlaceWords(
            region_adjectives=_by_name(data["region_adjectives"]),
            languages=data["language_words"],
            traits=_by_name(data.get("traits", {})),
            countries=_by_name(data.get("countries", {})),
        )
        for data in map(_data, LANGUAGES)
    )


def working_languages() -> list[str]:
    """Tags of the languages that a person may be asked to work in."""
    return phrases(_data("en")["working_languages"])


def phrases(listed: str) -> list[str]:
    """The phrases of a comma-separated list."""
    return [phrase.strip() for phrase in listed.split(",") if phrase.strip()]


def spelling(phrase: str) -> str:
    """A phrase as it is looked up."""
    return spelled(fold(phrase))


def detect(question: str, text: Normalised, named: Iterable[str]) -> str:
    """The language of most of the question's small words, proper names left aside; English where nothing tells.

    `named` has the language of each hazard, measure, trait and role found in the question, as often as it was found.
    """
    if any("\u4e00" <= character <= "\u9fff" for character in question):
        return "zh"
    if any("\u0600" <= character <= "\u06ff" for character in question):
        return "ar"
    spans = list(words(text.text))
    written = [question[slice(*text.original(start, end))] for start, end in spans]
    common = [index for index, word in enumerate(written) if index == 0 or not word[0].isupper() or question.isupper()]
    marks = set("".join(written[index] for index in common).lower())
    known = wordings()
    letters = {tag: 3 * bool(marks.intersection(_TELLING.get(tag, ""))) for tag in LANGUAGES}
    for tag in named:
        letters[tag] = letters.get(tag, 0) + 4
    for index in common:
        token = text.text[slice(*spans[index])]
        for tag in LANGUAGES:
            letters[tag] += min(len(token), 4) if token in known[tag].cues else 0
    letters["vi"] //= 1 if marks.intersection(_TELLING["vi"]) else 2  # without its accents it looks like any other
    return max(LANGUAGES, key=lambda tag: letters[tag])


_TELLING = {"vi": "ạảấầẩẫậắằẳẵặẹẻẽếềểễệỉịọỏốồổỗộớờởỡợụủứừửữựỳỵỷỹơưđ", "es": "ñ", "pt": "ãõ"}


@cache
def _data(language: str) -> dict[str, Any]:
    text = (files("nlp.question") / "languages" / f"{language}.toml").read_text("utf-8")
    return tomllib.loads(text)


def _by_name(listed: Mapping[str, str]) -> dict[str, str]:
    return {name: code for code, names in listed.items() for name in phrases(names)}


def _wording(language: str, data: Mapping[str, Any]) -> Wording:
    cues: dict[str, set[str]] = {}
    for cue in CUES:
        for phrase in phrases(data.get(cue, "")):
            cues.setdefault(spelling(phrase), set()).add(cue)
    numbers: dict[str, int] = {}
    for table, cue in (("numbers", "number"), ("stretches", "stretch")):
        for phrase, value in data[table].items():
            numbers[spelling(phrase)] = value
            cues.setdefault(spelling(phrase), set()).add(cue)
    _inherit_prepositions(cues)
    return Wording(
        language=language,
        cues={phrase: frozenset(does) for phrase, does in cues.items()},
        numbers=numbers,
        ordinary=frozenset(map(spelling, phrases(data.get("ordinary", "")))) | frozenset(cues),
        of_after_role=bool(data.get("of_after_role", False)),
        country_beside_role=str(data.get("country_beside_role", "")),
    )


def _inherit_prepositions(cues: dict[str, set[str]]) -> None:
    """A longer phrase that ends in a preposition ("or in", "works in") does what the preposition does."""
    for phrase, does in cues.items():
        start, _, last = phrase.rpartition(" ")
        if start and "in" in cues.get(last, ()) and not does & (_BINDING - {"in"}):
            does.update(cues[last] & {"in", "speak_before"})
