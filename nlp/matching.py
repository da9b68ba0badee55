"""Finding many names in a text at once: Aho-Corasick over folded characters, with rules by the language of the name.

Names are sought in characters, not in tokens, because Chinese has no spaces, Arabic writes "and", "with" and "the"
onto the word, Dutch joins words, and Indonesian puts syllables before and behind. The language of the text is not
known, so the rule for what may stand around a name in the same word is carried by the name: see `nlp.word_forms`.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Generic, NamedTuple, TypeVar

import ahocorasick

from nlp.normalising import Normalised, accents, fold, is_boundary, normalise
from nlp.word_forms import COMPOUNDING, INFLECTED, fits_in_word, forms, in_front

T = TypeVar("T")
LONGEST_REST = 40
"""Letters of a word that are looked at before and behind a name."""


class Entry(NamedTuple, Generic[T]):
    """A name to find, its language (BCP 47; None for a proper name without other forms), and what it stands for."""

    name: str
    language: str | None
    value: T


@dataclass(frozen=True, slots=True)
class Match(Generic[T]):
    """A name found at `[start, end)` in code points of the text as sent; `words` is that piece of the text.

    The span takes in the whole word ("overstromingsrisico" for "overstroming", "kebanjiran" for "banjir"), but of
    Arabic only the article, not "and", "with" or "for". `name` and `language` are the entry's, as given.
    """

    start: int
    end: int
    value: T
    words: str
    name: str
    language: str | None


class Found(NamedTuple):
    """A place in the folded text where an entry's form stands: the form itself, and the word around it."""

    start: int
    end: int
    word_start: int
    word_end: int


class NameFinder(Generic[T]):
    """Finds names in text. Built once from its entries; thread-safe to use.

    A name of capitals only (up to five letters: "WASH", "US") is found only in capitals. A name that folding would
    blur (a short one with accents, or a Vietnamese one) is found only with its own accents; a Vietnamese one of several
    words also with none, as people type it on a telephone.
    """

    def __init__(self, entries: Iterable[Entry[T] | tuple[str, str | None, T]]) -> None:
        by_form: defaultdict[str, list[Entry[T]]] = defaultdict(list)
        for name, language, value in entries:
            for form in forms(fold(name), language):
                by_form[form].append(Entry(name, language, value))
        self._automaton = ahocorasick.Automaton()
        for form, meant in by_form.items():
            meant = list(dict.fromkeys(meant))
            self._automaton.add_word(form, (len(form), meant, inflected(meant)))
        if by_form:
            self._automaton.make_automaton()

    def find(self, text: str, overlapping: bool = False) -> list[Match[T]]:
        """Return the names found, in reading order.

        The longest name wins where several stand in one place; entries with the same name are all returned.
        With `overlapping`, shorter names inside longer ones are returned too.
        """
        return self.find_normalised(text, normalise(text), overlapping)

    def find_normalised(self, text: str, normalised: Normalised, overlapping: bool = False) -> list[Match[T]]:
        """Like `find`, for a text that was folded already (by `normalise`), so that several finders share the work."""
        if not len(self._automaton):
            return []
        candidates = list(self._candidates(text, normalised))
        if not overlapping:
            candidates = longest(candidates)
        matches = [
            match_of(text, normalised, found, entry)
            for found, entries in candidates
            for entry in dict.fromkeys(entries)
        ]
        return sorted(matches, key=lambda match: (match.start, -match.end))

    def _candidates(self, text: str, normalised: Normalised) -> Iterable[tuple[Found, list[Entry[T]]]]:
        folded = normalised.text
        for last, (length, entries, inflected_entries) in self._automaton.iter(folded):
            start, end = last + 1 - length, last + 1
            begins, ends = is_boundary(folded, start), is_boundary(folded, end)
            if begins and ends:
                found = Found(start, end, start, end)
                fitting = [entry for entry in entries if is_written_alike(entry, text, normalised, found)]
            else:
                found = word_around(folded, start, end, begins, ends)
                around = folded[found.word_start : start], folded[start:end], folded[end : found.word_end]
                fitting = [
                    entry
                    for entry in inflected_entries
                    if fits_in_word(entry.language, *around) and is_written_alike(entry, text, normalised, found)
                ]
            if fitting:
                yield found, fitting


def word_around(folded: str, start: int, end: int, begins: bool, ends: bool) -> Found:
    """Widen a span to the whole words at both its ends, as far as a word of any language goes."""
    word_start, word_end = start, end
    if not begins:
        word_start -= 1
        while start - word_start < LONGEST_REST and not is_boundary(folded, word_start):
            word_start -= 1
    if not ends:
        word_end += 1
        while word_end - end < LONGEST_REST and not is_boundary(folded, word_end):
            word_end += 1
    return Found(start, end, word_start, word_end)


def longest(candidates: list[tuple[Found, list[Entry[T]]]]) -> list[tuple[Found, list[Entry[T]]]]:
    """Keep the longest names, each in words of its own; of equally long ones the first in the text."""
    kept: list[tuple[Found, list[Entry[T]]]] = []
    taken = bytearray(max((found.word_end for found, _ in candidates), default=0))
    for found, entries in sorted(candidates, key=lambda pair: (pair[0].start - pair[0].end, pair[0].start)):
        if 1 not in taken[found.word_start : found.word_end]:
            taken[found.word_start : found.word_end] = b"\x01" * (found.word_end - found.word_start)
            kept.append((found, entries))
    return kept


def match_of(text: str, normalised: Normalised, found: Found, entry: Entry[T]) -> Match[T]:
    """Make the match of an entry, its span in the text as sent."""
    word_start = found.word_start
    if entry.language == "ar":
        word_start += in_front(normalised.text[found.word_start : found.start])
    start, end = normalised.original(word_start, found.word_end)
    return Match(start, end, entry.value, text[start:end], entry.name, entry.language)


def is_written_alike(entry: Entry[T], text: str, normalised: Normalised, found: Found) -> bool:
    """Whether capitals and accents, which folding took away, do not tell the name and the text apart."""
    name = entry.name
    if len(name) <= 5 and name.isupper() and name.isascii():
        start, end = normalised.original(found.start, found.end)
        return text[start:end].isupper()
    if name.isascii() or not (entry.language == "vi" or len(name) <= 4):
        return True
    expected = accents(name)
    if not expected.strip():
        return True
    written = accents(text[slice(*normalised.original(found.start, found.end))].replace("-", " "))
    return written == expected or (not written.strip() and entry.language == "vi" and " " in name)


def inflected(entries: list[Entry[T]]) -> list[Entry[T]]:
    """Return the entries that may be part of a longer word.

    A Dutch name that is spelled like an English one may not: there is no Dutch "storm" in "brainstorm".
    """
    is_english = any(entry.language == "en" for entry in entries)
    return [
        entry for entry in entries if entry.language in INFLECTED and not (is_english and entry.language in COMPOUNDING)
    ]
