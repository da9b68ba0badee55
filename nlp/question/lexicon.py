"""All names that a question is read by, but those of cities: of the vocabulary, of countries, regions and languages."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from graph.errors import WrongInput
from nlp.matching import Entry, NameFinder
from nlp.normalising import fold
from nlp.question.keys import deletions, one_edit_apart, spelled
from nlp.question.pieces import Concept, ConceptSlot, Sense
from nlp.question.wording import LANGUAGES, place_words, working_languages
from nlp.vocabulary import NamesById, Vocabulary

if TYPE_CHECKING:
    from babel import Locale

Meaning = Concept | Sense

SHORTEST_MISSPELLED = 6
"""Letters below which a word is never read as a misspelled name."""
SHORTEST_SUBSTITUTED = 9
"""Letters below which another letter in place of one makes another word ("flooring" is not "flooding")."""
_NO_COUNTRY = frozenset({"EU", "EZ", "UN", "QO", "XA", "XB", "ZZ"})
_WORLD = "001"


@dataclass(frozen=True, slots=True)
class Lexicon:
    """The names, in a finder and by their normalised spelling, and what each id is called in English."""

    finder: NameFinder[Meaning]
    concepts: Mapping[str, Concept]
    misspellable: Mapping[str, Meaning]
    misspellings: Mapping[str, frozenset[str]]
    called: Mapping[tuple[str, str], str]

    def misspelled(self, word: str) -> Meaning | None:
        """The one hazard or country that a normalised word within one edit may mean; None where two compete."""
        if len(word) < SHORTEST_MISSPELLED:
            return None
        near = {name for variant in deletions(word) for name in self.misspellings.get(variant, ())}
        meant = {self.misspellable[name] for name in near if _slipped(word, name)}
        return meant.pop() if len(meant) == 1 else None

    def name(self, slot: str, id: str) -> str:
        """The English name of an id. Raises WrongInput for one that the lexicon does not have."""
        try:
            return self.called[slot, id]
        except KeyError:
            raise WrongInput(f'"{id}" is none of the {slot}.', "Take an identifier of the vocabulary.") from None


def lexicon(vocabulary: Vocabulary) -> Lexicon:
    """Gather the names of a vocabulary, and those of countries and languages in all languages of questions."""
    entries: list[Entry[Meaning]] = [*_concepts(vocabulary), *_places(vocabulary), *_languages()]
    concepts: dict[str, Concept] = {}
    misspellable: dict[str, Meaning] = {}
    misspellings: dict[str, set[str]] = {}
    for name, _, meaning in entries:
        key = spelled(fold(name))
        if isinstance(meaning, Concept) and key:
            concepts.setdefault(key, meaning)
        if _is_misspellable(key, meaning) and key not in misspellable:
            misspellable[key] = meaning
            for variant in deletions(key):
                misspellings.setdefault(variant, set()).add(key)
    near = {variant: frozenset(names) for variant, names in misspellings.items()}
    return Lexicon(NameFinder(entries), concepts, misspellable, near, _called(vocabulary))


def _concepts(vocabulary: Vocabulary) -> Iterator[Entry[Meaning]]:
    for group in vocabulary.groups:
        for language, names in group.names.items():
            for name in names:
                yield Entry(name, language, Concept("hazards", group.members))
    slots: tuple[tuple[ConceptSlot, Mapping[str, NamesById]], ...] = (
        ("hazards", vocabulary.hazard_names),
        ("measures", vocabulary.measure_names),
        ("traits", vocabulary.trait_names),
        ("roles", vocabulary.role_names),
    )
    for tag, words in zip(LANGUAGES, place_words(), strict=True):
        for name, id in words.traits.items():
            yield Entry(name, tag, Concept("traits", (id,)))
    for slot, by_language in slots:
        for language, id, name in _named(by_language):
            yield Entry(name, language, Concept(slot, (id,)))


def _places(vocabulary: Vocabulary) -> Iterator[Entry[Meaning]]:
    peoples = {fold(name) for words in place_words() for name in words.region_adjectives}
    for tag, words in zip(LANGUAGES, place_words(), strict=True):
        for name, code in words.region_adjectives.items():
            yield Entry(name, tag, Sense("regions", code, origin=True))
        for name, code in words.countries.items():
            yield Entry(name, tag, Sense("countries", code))
    for language, id, name in _named(vocabulary.country_names):
        yield Entry(name, language, Sense("countries", id))
    for language, id, name in _named(vocabulary.region_names):
        if id != _WORLD and fold(name) not in peoples:
            yield Entry(name, language, Sense("regions", id))
    for tag in LANGUAGES:
        for id, name in _locale(tag).territories.items():
            if len(id) == 2 and id.isalpha() and id not in _NO_COUNTRY:
                for variant in _variants(name):
                    yield Entry(variant, tag, Sense("countries", id))
    for language, id, name in _named(vocabulary.nationality_words):
        yield Entry(name, language, Sense("countries", id, origin=True))


def _languages() -> Iterator[Entry[Meaning]]:
    for tag, words in zip(LANGUAGES, place_words(), strict=True):
        for name, id in words.languages.items():
            yield Entry(name, tag, Sense("languages", id, said=True))
        for id in working_languages():
            if called := _locale(tag).languages.get(id):
                yield Entry(called, tag, Sense("languages", id))


def _called(vocabulary: Vocabulary) -> dict[tuple[str, str], str]:
    english = _locale("en")
    return {
        **{("hazards", id): hazard.name for id, hazard in vocabulary.hazards.items()},
        **{("measures", id): measure.name for id, measure in vocabulary.measures.items()},
        **{("traits", id): id.replace("-", " ") for id in vocabulary.trait_names["en"]},
        **{("roles", id): id.replace("-", " ") for id in vocabulary.role_names["en"]},
        **{("countries", id): name for id, name in english.territories.items()},
        **{("regions", id): names[0] for id, names in vocabulary.region_names["en"].items()},
        **{("languages", id): name for id, name in english.languages.items()},
    }


def _named(by_language: Mapping[str, NamesById]) -> Iterator[tuple[str, str, str]]:
    for language, by_id in by_language.items():
        for id, names in by_id.items():
            yield from ((language, id, name) for name in names)


def _variants(name: str) -> Iterator[str]:
    """A country's name as the tables give it, and without what they add in brackets."""
    yield name
    if " (" in name:
        yield from name.rstrip(")").split(" (")
    if " & " in name:
        yield name.replace(" & ", " and ")


def _locale(tag: str) -> Locale:
    from babel import Locale

    return Locale.parse(tag)


def _is_misspellable(key: str, meaning: Meaning) -> bool:
    """Hazards and countries of one longer word."""
    known = meaning.slot in ("hazards", "countries") and not (isinstance(meaning, Sense) and meaning.origin)
    return known and len(key) >= SHORTEST_MISSPELLED and key.isascii() and " " not in key


def _slipped(word: str, name: str) -> bool:
    if not one_edit_apart(word, name):
        return False
    substituted = len(word) == len(name) and sorted(word) != sorted(name)
    return not substituted or len(word) >= SHORTEST_SUBSTITUTED
