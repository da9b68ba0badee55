"""Reads a question into conditions, each with the words it was read from, as the contract has them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from graph.errors import WrongInput
from graph.model.questions import Alternative, Term, Understood
from nlp.normalising import normalise
from nlp.question.binding import Bound, bind
from nlp.question.combining import alternatives
from nlp.question.completing import mend_spelling, share_nouns
from nlp.question.cutting import cut
from nlp.question.gazetteer import Gazetteer, KnownCity
from nlp.question.leftovers import rest, unread_places
from nlp.question.lexicon import lexicon
from nlp.question.places import choose, fold_countries
from nlp.question.speaking import decide_languages
from nlp.question.years import read_years
from nlp.vocabulary import Vocabulary

LONGEST_QUESTION = 2_000
"""Characters of the longest question that is read."""
MOST_ALTERNATIVES = 5
"""Other cities of the same name that a reading offers."""


class QuestionReader:
    """Reads questions in nine languages. Built once; safe to share between threads."""

    def __init__(self, vocabulary: Vocabulary, gazetteer: Gazetteer) -> None:
        """Gather the names to read by."""
        self._lexicon = lexicon(vocabulary)
        self._gazetteer = gazetteer

    def read(self, question: str, today: date) -> Understood:
        """Return the conditions of a question, years counted from `today`.

        Raises WrongInput for a question that is too long.
        """
        if len(question) > LONGEST_QUESTION:
            raise WrongInput(
                f"The question has {len(question):,} characters; at most {LONGEST_QUESTION:,} are read.",
                "Ask it in a few sentences.",
            )
        text = normalise(question)
        pieces, wording = cut(question, text, self._lexicon, self._gazetteer)
        dated = read_years(pieces, today)
        pieces = share_nouns(decide_languages(list(dated.pieces)), self._lexicon)
        pieces = fold_countries(mend_spelling(pieces, question, self._lexicon, self._gazetteer))
        bound = bind(pieces, wording)
        terms = [self._terms(condition, question, _countries_beside(condition, bound)) for condition in bound]
        senseless = sorted([*dated.senseless, *unread_places(pieces, question)])
        in_slots = {slot: _distinct(bound, terms, slot) for slot in _SLOTS}
        return Understood(
            **in_slots,
            years=dated.years,
            like=_distinct(bound, terms, "like"),
            any_of=_any_of(alternatives(bound), terms),
            rest=rest(pieces, question, senseless),
            not_understood=tuple(question[start:end] for start, end in senseless),
        )

    def _terms(self, condition: Bound, question: str, countries: frozenset[str]) -> tuple[Term, ...]:
        """The terms of a condition: one, or one for each id of a word broader than any."""
        piece, slot = condition.piece, condition.slot
        words = question[piece.start : piece.end]
        if piece.cities:
            return (_city_term(condition, words, choose(piece.cities, countries)),)
        sense = piece.language or piece.place
        ids = piece.concept.ids if piece.concept else (sense.id,) if sense else ()
        return tuple(
            Term(id, self._lexicon.name(slot, id), words, piece.start, piece.end, condition.negated, condition.binding)
            for id in ids
        )


_SLOTS = ("hazards", "measures", "traits", "cities", "countries", "regions", "languages", "roles")


def _city_term(condition: Bound, words: str, cities: Sequence[KnownCity]) -> Term:
    city, *others = cities
    return Term(
        id=city.id,
        name=city.name,
        words=words,
        start=condition.piece.start,
        end=condition.piece.end,
        negated=condition.negated,
        bound=condition.binding,
        country=city.country,
        alternatives=tuple(Alternative(other.id, other.name, other.country) for other in others[:MOST_ALTERNATIVES]),
    )


def _countries_beside(condition: Bound, bound: list[Bound]) -> frozenset[str]:
    """The country written with a city, else those named in the same sense: they tell which of several is meant."""
    if condition.piece.country:
        return frozenset({condition.piece.country})
    return frozenset(
        other.piece.place.id
        for other in bound
        if other.slot == "countries" and other.piece.place and other.binding == condition.binding and not other.negated
    )


def _distinct(bound: list[Bound], terms: list[tuple[Term, ...]], slot: str) -> tuple[Term, ...]:
    found: dict[tuple[str, bool, str | None], Term] = {}
    for condition, its in zip(bound, terms, strict=True):
        if (slot == "like") if condition.like else condition.slot == slot:
            for term in its:
                found.setdefault((term.id, term.negated, term.bound), term)
    return tuple(found.values())


def _any_of(groups: list[list[int]], terms: list[tuple[Term, ...]]) -> tuple[tuple[Term, ...], ...]:
    found: dict[frozenset[tuple[str, str | None]], tuple[Term, ...]] = {}
    for group in groups:
        members = {(term.id, term.bound): term for position in group for term in terms[position]}
        if len(members) > 1:
            found.setdefault(frozenset(members), tuple(members.values()))
    return tuple(found.values())
