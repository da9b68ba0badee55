"""Words that name both a language and a people: a language only where the words say so, else where people are from."""

from __future__ import annotations

from dataclasses import replace

from nlp.question.pieces import Piece, Sense

_NOUNS = frozenset({"people", "city_nouns"})


def decide_languages(pieces: list[Piece]) -> list[Piece]:
    """Settle every piece that may name a language; the words that said so become part of it or are used up."""
    pieces = list(pieces)
    for index, piece in enumerate(pieces):
        language = _language(piece)
        if language and (len(piece.senses) == 1 or _said(pieces, index)):
            _settle(pieces, index, language)
    _share(pieces)
    return [piece if piece.language else replace(piece, origin=_people(piece)) for piece in pieces]


def _language(piece: Piece) -> Sense | None:
    return next((sense for sense in piece.senses if sense.slot == "languages"), None)


def _people(piece: Piece) -> Sense | None:
    """The people that a word names, unless it is also the name of a place."""
    places = [sense for sense in piece.senses if sense.slot != "languages"]
    return places[0] if places and all(sense.origin for sense in places) else None


def _said(pieces: list[Piece], index: int) -> bool:
    following = pieces[index + 1] if index + 1 < len(pieces) else None
    if following is not None and following.does("speak_after"):
        return True
    before = index - 1
    while before >= 0 and pieces[before].does("stop", "speak_after") and not pieces[before].does("speak_before"):
        before -= 1
    if before < 0 or not pieces[before].does("speak_before"):
        return False
    describes = following is not None and (following.is_condition or following.does(*_NOUNS) or following.is_word)
    return not (pieces[before].does("in") and describes)


def _settle(pieces: list[Piece], index: int, language: Sense) -> None:
    piece = replace(pieces[index], language=language)
    following = index + 1
    if following < len(pieces) and pieces[following].does("speak_after"):
        piece = replace(piece, end=pieces[following].end)
        pieces[following] = pieces[following].used()
    if index > 0 and pieces[index - 1].does("speak_before"):
        pieces[index - 1] = pieces[index - 1].used()
    pieces[index] = piece


def _share(pieces: list[Piece]) -> None:
    """In "speak Spanish or Portuguese" and "Spanish and Portuguese speaking" all of the list are languages."""
    order = range(len(pieces))
    for indices, step in ((order, -1), (reversed(order), 1)):
        for index in indices:
            neighbour = index + 2 * step
            joined = 0 <= neighbour < len(pieces) and (
                pieces[index + step].does("and", "or") or pieces[index + step].words in (",", "،", "、")
            )
            language = _language(pieces[index])
            if joined and language and not pieces[index].language and pieces[neighbour].language:
                pieces[index] = replace(pieces[index], language=language)
