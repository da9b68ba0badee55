"""A question cut into pieces: what each run of words is, before any rule says what it means there."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Literal

from nlp.question.gazetteer import KnownCity

ConceptSlot = Literal["hazards", "measures", "traits", "roles"]
NameSlot = Literal["countries", "regions", "languages"]


@dataclass(frozen=True, slots=True)
class Concept:
    """An entry of the vocabulary: its slot and the ids it stands for, several where the word is broader than any id."""

    slot: ConceptSlot
    ids: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Sense:
    """What a proper name may mean.

    `origin` marks a word for people: a nationality, or the people of a region; `said` a word that says by itself that
    it is about speaking ("francophone").
    """

    slot: NameSlot
    id: str
    origin: bool = False
    said: bool = False


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of words, bounded in code points of the question as sent; `words` are its normalised words.

    At most one of `concept`, `senses` and `cities` is given; `number` comes alone or with the cue of a number word. A
    piece with none of them and no `cues` is a word that was not read or, with `mark`, a punctuation sign. `country` is
    the one named beside its cities; `foreign` marks a proper name in another language than the question's. `language`
    and `origin` are set once a name is known to mean a language or where people are from; `read` once it is used up.
    """

    start: int
    end: int
    words: str
    cues: frozenset[str] = frozenset()
    concept: Concept | None = None
    senses: tuple[Sense, ...] = ()
    cities: tuple[KnownCity, ...] = ()
    country: str | None = None
    foreign: bool = False
    number: int | None = None
    decade: bool = False
    mark: bool = False
    language: Sense | None = None
    origin: Sense | None = None
    read: bool = False

    @property
    def place(self) -> Sense | None:
        """The country or region that the piece names, origin or not."""
        if self.language is not None:
            return None
        return self.origin or next((sense for sense in self.senses if sense.slot != "languages"), None)

    @property
    def is_condition(self) -> bool:
        """Whether the piece becomes a condition of the reading."""
        return not self.read and bool(self.concept or self.cities or self.language or self.place)

    @property
    def is_word(self) -> bool:
        """Whether it is a word that nothing has read."""
        return not (self.is_condition or self.cues or self.mark or self.read or self.senses or self.number is not None)

    def does(self, *cues: str) -> bool:
        """Whether it is an unused small word that does one of these."""
        return not self.read and not self.cues.isdisjoint(cues)

    def used(self) -> Piece:
        """The piece once a rule has read it."""
        return replace(self, cues=frozenset(), number=None, read=True)
