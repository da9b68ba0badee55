"""Text folded for finding names, with the way back to the text as it was sent.

Folded away: case, accents on Latin, Greek and Cyrillic letters, width, Arabic vowel marks and letter variants, digits
of other scripts, invisible characters, traditional Chinese forms of the vocabulary's characters. A hyphen inside a word
and any run of white space become one space, so that "storm-surge" and "storm  surge" are the same name.
Folding loses tones: `accents` gives them back for names that need them (Vietnamese).
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from nlp.traditional import SIMPLIFIED

SPECIAL_LETTERS = {
    "đ": "d", "ð": "d", "ø": "o", "ł": "l", "ı": "i", "æ": "ae", "œ": "oe", "þ": "th", "ħ": "h", "ŧ": "t",
    "ى": "ي", "ی": "ي", "ې": "ي", "ک": "ك", "ة": "ه", "ۀ": "ه", "ہ": "ه", "ٱ": "ا",
    "’": "'", "‘": "'", "ʼ": "'", "ʻ": "'", "`": "'", "´": "'", "′": "'",
}  # fmt: skip
HYPHENS = "-\u2010\u2011\u2012\u2013\u2212\ufe63\uff0d_"
HYPHEN_IN_WORD = re.compile(rf"(?<=\w)[{re.escape(HYPHENS)}](?=\w)")
INVISIBLE = frozenset(
    "\u00ad\u0640\u200b\u200c\u200d\u200e\u200f\u2060\u2061\u2062\u2063\u2064\ufeff\ufe0f"
) | frozenset(map(chr, (*range(0x202A, 0x202F), *range(0x2066, 0x206A))))
SPACELESS = re.compile(
    "[\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\U00020000-\U0003ffff]"
)
CHARACTERS_KEPT = 65_536
UNEVEN = "\0"
"""Stands for a character that does not fold to exactly one; text that has this very character takes the long way."""


@dataclass(frozen=True, slots=True)
class Normalised:
    """Folded text; `starts[i]` and `ends[i]` bound the code points of the original that gave its character `i`."""

    text: str
    starts: Sequence[int]
    ends: Sequence[int]

    def original(self, start: int, end: int) -> tuple[int, int]:
        """Return the span of the original text behind the folded span, which is not empty."""
        return self.starts[start], self.ends[end - 1]


def normalise(text: str) -> Normalised:
    """Fold a text and keep where each folded character came from. A character may fold to none or to several."""
    spaced = HYPHEN_IN_WORD.sub(" ", text)
    folded = spaced.translate(_EACH_TO_ONE)
    if "  " not in folded and UNEVEN not in folded:
        return Normalised(folded, range(len(text)), range(1, len(text) + 1))
    letters: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    previous = ""
    for position, character in enumerate(spaced):
        folded = fold_character(character)
        if not folded:
            if ends and unicodedata.combining(character):
                ends[-1] = position + 1
        elif folded == " " and previous == " ":
            ends[-1] = position + 1
        elif len(folded) == 1:
            letters.append(folded)
            starts.append(position)
            ends.append(position + 1)
            previous = folded
        else:
            for letter in folded:
                letters.append(letter)
                starts.append(position)
                ends.append(position + 1)
            previous = folded[-1]
    return Normalised("".join(letters), starts, ends)


def fold(text: str) -> str:
    """Fold a text where the way back is not needed, as for a name in a list; outer white space is dropped."""
    if text.isascii() and "-" not in text and "_" not in text:
        return " ".join(text.lower().replace("`", "'").split())
    folded = "".join(map(fold_character, HYPHEN_IN_WORD.sub(" ", text)))
    return " ".join(folded.split())


class _EachToOne(dict[int, str]):
    """Characters to what they fold to, for `str.translate`; UNEVEN where that is none or several."""

    def __missing__(self, code: int) -> str:
        folded = fold_character(chr(code))
        found = folded if len(folded) == 1 else UNEVEN
        if len(self) < CHARACTERS_KEPT:
            self[code] = found
        return found


@lru_cache(maxsize=CHARACTERS_KEPT)
def fold_character(character: str) -> str:
    """Fold one character to none, one or several."""
    if character.isspace():
        return " "
    if character in INVISIBLE or is_dropped_mark(character):
        return ""
    if character in SPECIAL_LETTERS:
        return SPECIAL_LETTERS[character]
    if character.isdigit() and (digit := unicodedata.digit(character, None)) is not None:
        return str(digit)
    if "\uac00" <= character <= "\ud7a3":
        return character  # a Hangul syllable is one letter to its readers
    parts = unicodedata.normalize("NFKD", character.casefold())
    kept = "".join(part for part in parts if not is_dropped_mark(part))
    folded = "".join(SPECIAL_LETTERS.get(part, SIMPLIFIED.get(part, part)) for part in kept.casefold())
    return " " if folded.isspace() else folded


_EACH_TO_ONE = _EachToOne()


def is_dropped_mark(character: str) -> bool:
    """Whether it is an accent of an alphabet, or an Arabic or Hebrew vowel mark; Indic vowel signs are kept."""
    return (
        "\u0300" <= character <= "\u036f"
        or "\u064b" <= character <= "\u065f"
        or "\u0610" <= character <= "\u061a"
        or "\u06d6" <= character <= "\u06ed"
        or "\u0591" <= character <= "\u05c7"
        or character == "\u0670"
    )


def accents(text: str) -> str:
    """Return the accents of a text, sorted within each word: "hoá" and "hóa" are alike, "hàn" and "hán" are not."""
    words = unicodedata.normalize("NFD", text.casefold().replace("đ", "d\u0335")).split()
    return " ".join("".join(sorted(mark for mark in word if "\u0300" <= mark <= "\u036f")) for word in words)


@lru_cache(maxsize=65_536)
def in_word(character: str) -> bool:
    """Whether the character is part of a word that spaces bound: not so for Han, Kana, Thai, Lao, Khmer and Burmese."""
    if SPACELESS.match(character):
        return False
    return character.isalnum() or unicodedata.category(character) in ("Mn", "Mc")


def is_boundary(text: str, position: int) -> bool:
    """Whether a word may begin or end at this position of a folded text."""
    return position in (0, len(text)) or not (in_word(text[position - 1]) and in_word(text[position]))
