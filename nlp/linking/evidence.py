"""What a text itself shows: names of hazards and measures, and words that show a hazard without naming it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Literal

from nlp.matching import Entry, Match, NameFinder
from nlp.negation import negated_spans_normalised
from nlp.normalising import normalise
from nlp.vocabulary import Vocabulary

Shown = Literal["name", "term", "measure"]


@dataclass(frozen=True, slots=True)
class Evidence:
    """Words of one text by what they show: names and terms by hazard id, names by measure id."""

    names: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    terms: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    measures: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    denied: bool = False
    """True where a name or term stands in a negated clause and nothing else shows a hazard."""


NOTHING = Evidence()


class EvidenceReader:
    """Reads what texts show, by the names and terms of a vocabulary in all its languages."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        self._finder = NameFinder(_entries(vocabulary))

    def read(self, text: str) -> Evidence:
        """Return what the text shows; what stands in a negated clause shows nothing."""
        normalised = normalise(text)
        matches = self._finder.find_normalised(text, normalised)
        if not matches:
            return NOTHING
        negated = negated_spans_normalised(text, normalised)
        found: dict[Shown, defaultdict[str, list[str]]] = {
            "name": defaultdict(list),
            "term": defaultdict(list),
            "measure": defaultdict(list),
        }
        denied = False
        for match in matches:
            shown, identifier = match.value
            if _inside(match, negated):
                denied = denied or shown != "measure"
            elif match.words not in found[shown][identifier]:
                found[shown][identifier].append(match.words)
        names, terms, measures = (
            {identifier: tuple(words) for identifier, words in found[shown].items() if words}
            for shown in ("name", "term", "measure")
        )
        return Evidence(names, terms, measures, denied=denied and not names and not terms)


def _entries(vocabulary: Vocabulary) -> Iterator[Entry[tuple[Shown, str]]]:
    for shown, by_language in (
        ("name", vocabulary.hazard_names),
        ("term", vocabulary.hazard_terms),
        ("measure", vocabulary.measure_names),
    ):
        for language, by_id in by_language.items():
            for identifier, names in by_id.items():
                for name in names:
                    yield Entry(name, language, (shown, identifier))


def _inside(match: Match[tuple[Shown, str]], spans: list[tuple[int, int]]) -> bool:
    return any(start <= match.start < end for start, end in spans)
