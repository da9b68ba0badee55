"""Which forms a name takes, and what may stand around it in the same word, by the language of the name.

These are rules of thumb for finding listed names, not a morphology: irregular forms are listed in the vocabulary.
All work on folded text (`nlp.normalising`).
"""

from __future__ import annotations

import re

COMPOUNDING = frozenset({"nl", "de"})
"""Languages that write compounds as one word."""
INFLECTED = frozenset({"en", "es", "fr", "pt", "nl", "de", "ar", "id"})
"""Languages whose words a name may be part of; Vietnamese words stand alone, Chinese ones have no bounds."""

ROMANCE_JOINT = re.compile(
    "de|del|da|do|das|dos|du|des|d|la|le|les|el|los|las|en|em|por|par|pela|pelo|a|au|aux|al|y|e|et|ou|o"
    "|com|con|avec|sur|para|pour|contra|contre|.*'.*"
)
ARTICLE = "ال"
ARABIC_FRONT = re.compile(f"[وف]?[بكل]?(?:{ARTICLE})?|[وف]?لل")
ARABIC_BACK = re.compile("(?:ات|ان|ين|ون|يه)?(?:ها|هم|ه|نا|كم|ي)?")
LEAST_BEFORE_HA = 5
"""Letters of an Arabic name that "ه" may follow: after a short one it makes another noun, as liquidity of floods."""
INDONESIAN_FRONT = re.compile("(?:ke|pem|pen|peng|per|pe|mem|men|meng|me|di|ber|ter|se)?")
INDONESIAN_BACK = re.compile("(?:annya|an|nya|kan|i|lah|ku)?")
DUTCH_ENDINGS = frozenset(("s", "en", "n", "e", "es", "je", "jes", "er", "ers", "t"))
LEAST_COMPONENT = 5
"""Letters that a name needs to be sought inside longer words."""
LEAST_SECOND_COMPONENT = 6
"""The same where it does not begin the word."""


def forms(name: str, language: str | None) -> tuple[str, ...]:
    """Return the folded name with its regular other forms, the name itself first."""
    if not name:
        return ()
    words = name.split(" ")
    match language:
        case "en" if name.endswith("y") and len(name) > 3 and name[-2] not in "aeiou":
            return name, name[:-1] + "ies"
        case "es" | "fr" | "pt":
            return name, *plurals(words, language)
        case "ar" if len(words) > 1 and not any(word.startswith(ARTICLE) for word in words):
            return name, " ".join(ARTICLE + word for word in words)
        case _:
            return (name,)


def plurals(words: list[str], language: str) -> tuple[str, ...]:
    """Return the plural of a Romance noun phrase: the noun and its adjectives up to the first preposition."""
    head = next((at for at, word in enumerate(words) if ROMANCE_JOINT.fullmatch(word)), len(words))
    if not head or any(not word.isalpha() or len(word) < 3 for word in words[:head]):
        return ()
    plural = " ".join([*(plural_of(word, language) for word in words[:head]), *words[head:]])
    return (plural,) if plural != " ".join(words) else ()


def plural_of(word: str, language: str) -> str:
    """Return the regular plural of a Spanish, French or Portuguese word without accents."""
    if word[-1] in "sx":
        return word
    if language == "fr":
        if word.endswith(("eau", "eu")):
            return word + "x"
        return word[:-2] + "aux" if word.endswith("al") else word + "s"
    if word.endswith("z"):
        return word[:-1] + "ces" if language == "es" else word + "es"
    if language == "pt":
        if word.endswith("cao"):
            return word[:-2] + "oes"
        if word.endswith("m"):
            return word[:-1] + "ns"
        if word.endswith(("al", "el", "ol", "ul")):
            return word[:-1] + "is"
    return word + "s" if word[-1] in "aeiou" else word + "es"


def fits_in_word(language: str | None, before: str, name: str, after: str) -> bool:
    """Whether a name may stand in a word with `before` and `after` around it."""
    match language:
        case "en" | "es" | "fr" | "pt":
            return not before and after in ("s", "es") and len(name) > 2
        case "ar":
            if after == "ه" and len(name) < LEAST_BEFORE_HA:
                return False
            return len(name) > 2 and bool(ARABIC_FRONT.fullmatch(before)) and bool(ARABIC_BACK.fullmatch(after))
        case "nl" | "de":
            return is_component(before, name, after)
        case "id":
            return (
                len(name) >= LEAST_COMPONENT
                and bool(INDONESIAN_FRONT.fullmatch(before))
                and bool(INDONESIAN_BACK.fullmatch(after))
            )
        case _:
            return False


def is_component(before: str, name: str, after: str) -> bool:
    """Whether the rest of a Dutch word leaves room for the name as one part of a compound, or is an ending."""
    if not before and after in DUTCH_ENDINGS:
        return len(name) > 3
    least = LEAST_SECOND_COMPONENT if before else LEAST_COMPONENT
    return len(name) >= least and len(before) != 1 and (not after or after in DUTCH_ENDINGS or len(after) > 2)


def in_front(before: str) -> int:
    """Return how many letters before an Arabic name are conjunction and preposition; the article is the name's."""
    return len(before) - len(ARTICLE) if before.endswith(ARTICLE) else len(before)
