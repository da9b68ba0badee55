"""Reads words that nothing has read yet: halves of names that share a noun, and misspelled names."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from nlp.question.gazetteer import Gazetteer, KnownCity
from nlp.question.lexicon import Lexicon
from nlp.question.pieces import Concept, Piece, Sense

LONGEST_MISSPELLED = 4
"""Most words of a misspelled city's name."""
POPULATION_UNPLACED = 300_000
"""A misspelled city with no preposition of place before it is only read from this many people on."""
POPULATION_UNCAPITALISED = 100_000
"""The same for one behind a preposition but without a capital."""


def share_nouns(pieces: list[Piece], lexicon: Lexicon) -> list[Piece]:
    """Read "coastal" in "coastal and river flooding", and "fluviales" in "inundaciones costeras y fluviales"."""
    pieces = list(pieces)
    for index in reversed(range(len(pieces) - 2)):
        first, second = pieces[index], pieces[index + 2]
        if not (pieces[index + 1].does("and", "or") or pieces[index + 1].words == ","):
            continue
        if first.is_word and second.concept and (found := _completed(first.words, second, lexicon, before=True)):
            pieces[index] = replace(first, concept=found[1], words=found[0])
        elif second.is_word and first.concept and (found := _completed(second.words, first, lexicon, before=False)):
            pieces[index + 2] = replace(second, concept=found[1], words=found[0])
    return pieces


def mend_spelling(pieces: list[Piece], question: str, lexicon: Lexicon, gazetteer: Gazetteer) -> list[Piece]:
    """Read hazards and cities that are one edit away from a name, where only one can be meant."""
    mended: list[Piece] = []
    index = 0
    while index < len(pieces):
        piece, length = pieces[index], 1
        meaning = lexicon.misspelled(piece.words) if piece.is_word else None
        if isinstance(meaning, Concept):
            piece = replace(piece, concept=meaning)
        elif isinstance(meaning, Sense) and question[piece.start].isupper():
            piece = replace(piece, senses=(meaning,))
        elif piece.is_word or piece.cities:
            piece, length = _misspelled_city(pieces, index, question, gazetteer)
        mended.append(piece)
        index += length
    return mended


def _completed(word: str, concept: Piece, lexicon: Lexicon, before: bool) -> tuple[str, Concept] | None:
    parts = concept.words.split(" ")
    for cut in range(1, len(parts)):
        name = " ".join([word, *parts[cut:]] if before else [*parts[:-cut], word])
        found = lexicon.concepts.get(name)
        if found and concept.concept and found.slot == concept.concept.slot:
            return name, found
    return None


def _misspelled_city(pieces: list[Piece], index: int, question: str, gazetteer: Gazetteer) -> tuple[Piece, int]:
    first = pieces[index]
    placed = _placed(pieces, index)
    capital = question[first.start].isupper()
    if placed or capital:
        for run in _runs(pieces, index):
            cities = gazetteer.misspelled(" ".join(piece.words for piece in run))
            if cities and _likely(cities, placed, capital):
                return replace(first, end=run[-1].end, cities=cities), len(run)
    return first, 1


def _runs(pieces: list[Piece], index: int) -> Iterator[list[Piece]]:
    for length in range(LONGEST_MISSPELLED, 0, -1):
        run = pieces[index : index + length]
        unread = any(piece.is_word for piece in run)
        if len(run) == length and unread and not any(piece.mark or piece.concept or piece.place for piece in run):
            yield run


def _likely(cities: tuple[KnownCity, ...], placed: bool, capital: bool) -> bool:
    if not placed:
        return cities[0].population >= POPULATION_UNPLACED
    return capital or cities[0].population >= POPULATION_UNCAPITALISED


def _placed(pieces: list[Piece], index: int) -> bool:
    index -= 1
    while index >= 0 and pieces[index].does("stop", "of", "city_nouns") and not pieces[index].does("in"):
        index -= 1
    return index >= 0 and pieces[index].does("in", "from", "lives", "like")
