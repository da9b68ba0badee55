"""Cuts a question into pieces: of all names and small words found in it the longest win, what is left are words."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import replace

from nlp.matching import Match
from nlp.normalising import Normalised
from nlp.question.city_evidence import Evidence
from nlp.question.gazetteer import Gazetteer
from nlp.question.keys import is_unspaced, runs, spelled, words
from nlp.question.lexicon import Lexicon, Meaning
from nlp.question.pieces import Concept, Piece, Sense
from nlp.question.wording import LANGUAGES, Wording, detect, wordings

_MARKS = frozenset(",;:?!.()/،؛؟。，、；：？！\n")
_SHORT = 4
"""Letters up to which a name counts only in its own language and the first: others have it as an ordinary word."""


def cut(question: str, text: Normalised, lexicon: Lexicon, gazetteer: Gazetteer) -> tuple[list[Piece], Wording]:
    """Return the pieces of the question in order, and the wording of its language.

    The pieces are names, small words, numbers, marks and unread words.
    """
    matches = lexicon.finder.find_normalised(question, text, overlapping=True)
    wording = wordings()[detect(question, text, _languages(matches))]
    candidates = [*_cues(text, wording), *_numbers(text), *_named(question, text, wording, matches)]
    evidence = Evidence(question, text, wording, lexicon, candidates)
    for match in gazetteer.find(text.text):
        if evidence.holds(match):
            start, end = text.original(match.start, match.end)
            candidates.append(Piece(start, end, text.text[match.start : match.end], cities=match.cities))
    chosen = _longest(candidates)
    return sorted([*chosen, *_rest(text, chosen)], key=lambda piece: piece.start), wording


def _languages(matches: list[Match[Meaning]]) -> Iterator[str]:
    """The language of each concept found, once for each place where it stands."""
    named = {(match.start, match.end, match.language) for match in matches if isinstance(match.value, Concept)}
    return (language for _, _, language in named if language)


def _cues(text: Normalised, wording: Wording) -> Iterator[Piece]:
    for start, end, name in runs(text.text):
        if cues := wording.cues.get(name):
            does = cues if "plain" not in cues else frozenset()
            yield Piece(*text.original(start, end), name, cues=does, number=wording.numbers.get(name))


def _numbers(text: Normalised) -> Iterator[Piece]:
    for start, end in words(text.text):
        word = text.text[start:end]
        digits = word[:-1] if word.endswith("s") else word
        if digits.isascii() and digits.isdigit() and len(digits) <= 4:
            yield Piece(*text.original(start, end), word, number=int(digits), decade=word != digits)


def _named(question: str, text: Normalised, wording: Wording, matches: list[Match[Meaning]]) -> Iterator[Piece]:
    """Names of the lexicon; several proper meanings of one run of words come in one piece."""
    senses: dict[tuple[int, int], list[Sense]] = {}
    foreign: dict[tuple[int, int], list[Sense]] = {}
    concepts: dict[tuple[int, int], tuple[Piece, tuple[int, int]]] = {}
    for match in matches:
        name = spelled(text.text[_folded(text, match.start, first=True) : _folded(text, match.end, first=False)])
        if not _counts(match, name, wording):
            continue
        if isinstance(match.value, Concept):
            piece = _trimmed(Piece(match.start, match.end, name, concept=match.value), question, wording)
            rank = len(match.name), len(match.value.ids)  # in "kusterosie", "kusterosie" rather than "erosie"
            if rank > concepts.get((piece.start, piece.end), (piece, (0, 0)))[1]:
                concepts[piece.start, piece.end] = piece, rank
        else:
            kept = senses if match.language in (wording.language, LANGUAGES[0]) else foreign
            kept.setdefault((match.start, match.end), []).append(match.value)
    yield from (piece for piece, _ in concepts.values())
    for span, meant in (foreign | senses).items():
        piece = Piece(*span, question[slice(*span)].lower(), senses=_likeliest(meant))
        yield _trimmed(replace(piece, foreign=span not in senses), question, wording)


def _likeliest(senses: list[Sense]) -> tuple[Sense, ...]:
    """Senses worth weighing: a word about speaking has one; a place's name means no people, but maybe a language."""
    said = [sense for sense in senses if sense.said]
    places = [sense for sense in senses if sense.slot != "languages" and not sense.origin]
    languages = [sense for sense in senses if sense.slot == "languages"]
    return tuple(dict.fromkeys(said[:1] or ([*places[:1], *languages] if places else senses)))


def _counts(match: Match[Meaning], name: str, wording: Wording) -> bool:
    if match.language == wording.language:
        return name not in wording.cues or isinstance(match.value, Concept) or match.words[:1].isupper()
    if name in wording.cues or (isinstance(match.value, Sense) and name in wording.ordinary and match.words.islower()):
        return False
    return match.language == LANGUAGES[0] or len(name) > _SHORT or not name.isascii()


def _folded(text: Normalised, position: int, first: bool) -> int:
    return bisect_left(text.starts, position) if first else bisect_right(text.ends, position)


def _trimmed(piece: Piece, question: str, wording: Wording) -> Piece:
    """A trait or place without the small words its name begins with: "in a delta" is a preposition and a "delta"."""
    if piece.concept is not None and piece.concept.slot != "traits":
        return piece
    start, name = piece.start, piece.words
    while " " in name and not wording.cues.get(name.split(" ")[0], frozenset()).isdisjoint({"stop", "in"}):
        first, name = name.split(" ", 1)
        rest = question[start + len(first) : piece.end]
        start = piece.end - len(rest.lstrip())
    return replace(piece, start=start, words=name)


def _weight(piece: Piece) -> tuple[int, int]:
    """Longer first; in a tie a concept before a country, a number, a city, a small word."""
    kinds = (
        piece.concept is not None,
        bool(piece.senses) and not piece.foreign,
        piece.number is not None and not piece.cues,
        bool(piece.cities),
        bool(piece.senses),
        True,
    )
    return piece.start - piece.end, kinds.index(True)


def _longest(candidates: Iterable[Piece]) -> list[Piece]:
    chosen: list[Piece] = []
    taken: set[int] = set()
    for piece in sorted(candidates, key=lambda piece: (*_weight(piece), piece.start)):
        if taken.isdisjoint(range(piece.start, piece.end)):
            taken.update(range(piece.start, piece.end))
            chosen.append(piece)
    return chosen


def _rest(text: Normalised, chosen: Iterable[Piece]) -> Iterator[Piece]:
    """Marks and unread words; of a script without spaces, each stretch between pieces."""
    taken = {position for piece in chosen for position in range(piece.start, piece.end)}
    free = [text.starts[position] not in taken for position in range(len(text.text))]
    for position, character in enumerate(text.text):
        if character == "&" and free[position]:
            yield Piece(*text.original(position, position + 1), character, cues=frozenset({"and"}))
        elif character in _MARKS and free[position]:
            yield Piece(*text.original(position, position + 1), character, mark=True)
    for start, end in words(text.text):
        if is_unspaced(text.text[start]):
            yield from _stretches(text, start, end, free)
        elif all(free[start:end]):
            yield Piece(*text.original(start, end), text.text[start:end])


def _stretches(text: Normalised, start: int, end: int, free: list[bool]) -> Iterator[Piece]:
    first: int | None = None
    for position in range(start, end + 1):
        if position < end and free[position]:
            first = position if first is None else first
        elif first is not None:
            yield Piece(*text.original(first, position), text.text[first:position])
            first = None
