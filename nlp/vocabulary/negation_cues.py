"""The words that deny, as patterns over folded text: compiled from `negations.json`, one set a language.

In the file, `negators` deny what a `deeds` word after them names ("no … experience"), and those that are also `forward`
("without") nothing that stands before them; `phrases` deny what follows by themselves, `after` the clause before them
("is not my field"), `contrasts` what follows a comma ("drought, not floods"). `harmless` ones look like a negation and
are none. `stops` begin another clause, `joiners` go on with a list. A "*" ends the stem of a word.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from itertools import product

from nlp.normalising import accents, fold
from nlp.vocabulary.loading import read

CLAUSE_END = r".;:!?。؛؟()\[\]\n"
COMMAS = ",،、"
UNSPACED = frozenset({"zh"})
"""Languages that write no spaces between words."""
LONGEST_GAP = 5
"""Words between a negation and what it denies."""
LONGEST_GAP_UNSPACED = 10
"""Characters between them in Chinese."""

WORD = re.compile(r"\w+")
BETWEEN_WORDS = rf"[^\w{CLAUSE_END}{COMMAS}\x00]+"
GAP = rf"(?:{BETWEEN_WORDS}\w+){{0,{LONGEST_GAP}}}?{BETWEEN_WORDS}"
GAP_UNSPACED = f"[^{CLAUSE_END}{COMMAS}]{{0,{LONGEST_GAP_UNSPACED}}}?"
ARABIC_CLITICS = "[وف]?[بكل]?(?:ال)?"
NOTHING = r"(?!)"


@dataclass(frozen=True, slots=True)
class Cues:
    """The patterns of one language, over folded text.

    A text with none of the `signs`, words or Chinese characters, has no negation of this language. `denials` has the
    groups cue, between and deed, or phrase; `contrasts` the group cue. `accented` pairs each folded word with its
    accents.
    """

    language: str
    signs: frozenset[str]
    accented: frozenset[tuple[str, str]]
    forward: frozenset[str]
    denials: re.Pattern[str]
    backward: re.Pattern[str]
    contrasts: re.Pattern[str]
    harmless: re.Pattern[str]
    stops: re.Pattern[str]
    joiners: re.Pattern[str]


@cache
def all_cues() -> tuple[Cues, ...]:
    """Compile the cues of every language, once."""
    return tuple(cues_of(language, entry) for language, entry in read("negations").items())


def cues_of(language: str, entry: Mapping[str, list[str]]) -> Cues:
    """Compile the cues of one language."""
    listed = {field: listing(phrases, language) for field, phrases in entry.items()}
    before = rf"[{COMMAS}]|{listed['joiners']}|{listed['stops']}"
    gap = GAP_UNSPACED if language in UNSPACED else GAP
    denying = [*entry["negators"], *entry["phrases"], *entry["after"], *entry["contrasts"]]
    return Cues(
        language=language,
        signs=signs_of(denying, language),
        accented=frozenset((fold(cue), accents(cue)) for cue in [*denying, *entry["deeds"]]),
        forward=frozenset(map(fold, entry["forward"])),
        denials=re.compile(
            f"(?P<cue>{listed['negators']})(?P<between>{gap})(?P<deed>{listed['deeds']})|(?P<phrase>{listed['phrases']})"
        ),
        backward=re.compile(listed["after"]),
        contrasts=re.compile(rf"(?:{before})\s*(?P<cue>{listed['contrasts']})"),
        harmless=re.compile(listed["harmless"]),
        stops=re.compile(listed["stops"]),
        joiners=re.compile(listed["joiners"]),
    )


def listing(phrases: list[str], language: str) -> str:
    """Return the pattern for any of the phrases as whole words, the longest first; a "*" ends the stem of a word."""
    if not phrases:
        return NOTHING
    spelled = sorted((re.escape(fold(phrase)).replace(r"\*", r"\w*") for phrase in phrases), key=len, reverse=True)
    anyone = f"(?:{'|'.join(spelled)})"
    if language in UNSPACED:
        return anyone
    return rf"(?<!\w){ARABIC_CLITICS if language == 'ar' else ''}{anyone}(?!\w)"


def signs_of(phrases: list[str], language: str) -> frozenset[str]:
    """Return what a text must hold, at least one of, for any of the phrases to stand in it."""
    if language in UNSPACED:
        return frozenset(fold(phrase)[0] for phrase in phrases)
    telling = {max(WORD.findall(fold(phrase)), key=len) for phrase in phrases}
    clitics = ["".join(pair) for pair in product(("", *"وف"), ("", *"بكل"))] if language == "ar" else [""]
    return frozenset(clitic + word for clitic in clitics for word in telling)
