"""What a text itself shows: names of hazards and measures, and words that show a hazard without naming it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Literal

from nlp.matching import Entry, Match, NameFinder
from nlp.negation import negated_spans_normalised
from nlp.normalising import normalise
from nlp.vocabulary import Vocabulary

Kind = Literal["name", "term", "group", "measure"]
Shown = tuple[Kind, str]
WordsById = Mapping[str, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Evidence:
    """What one text shows, as the words of the text by hazard id (for measures by measure id).

    A group is a word broader than any hazard, such as "erosion": it shows each of its members a little.
    `denied` holds the hazards that only a denial names. `said` is the text without its denials, `rest` without the
    names of hazards too: their words speak for no other hazard. Both keep the places of the text.
    """

    said: str
    rest: str
    names: WordsById = field(default_factory=dict)
    terms: WordsById = field(default_factory=dict)
    groups: WordsById = field(default_factory=dict)
    measures: WordsById = field(default_factory=dict)
    denied: frozenset[str] = frozenset()


class EvidenceReader:
    """Reads what texts show, by the names and terms of a vocabulary in all its languages; thread-safe."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        self._finder: NameFinder[Shown] = NameFinder(entries(vocabulary))
        self._members = {group.id: group.members for group in vocabulary.groups}
        self._narrower = vocabulary.narrower_by_id

    def read(self, text: str) -> Evidence:
        """Return what the text shows; what stands in a denial shows nothing."""
        normalised = normalise(text)
        matches = self._finder.find_normalised(text, normalised, overlapping=True)
        if not matches:
            return Evidence(text, text)
        denials = negated_spans_normalised(text, normalised)
        found: dict[Kind, defaultdict[str, dict[str, None]]] = {
            kind: defaultdict(dict) for kind in ("name", "term", "group", "measure")
        }
        named: list[tuple[int, int]] = []
        denied: set[str] = set()
        for match in longest_of_each_kind(matches):
            kind, id = match.value
            if lies_in(match, denials):
                denied |= self._narrower[id] if kind == "name" else set(self._members[id]) if kind == "group" else set()
                continue
            if kind == "name":
                named.append((match.start, match.end))
            for shown in self._members[id] if kind == "group" else (id,):
                found[kind][shown][match.words] = None
        name, term, group, measure = ({id: tuple(words) for id, words in found[kind].items()} for kind in found)
        said = without(text, denials)
        return Evidence(said, without(said, named), name, term, group, measure, frozenset(denied - name.keys()))


def entries(vocabulary: Vocabulary) -> Iterator[Entry[Shown]]:
    """Yield everything that is looked for in a text."""
    by_kind: tuple[tuple[Kind, Mapping[str, Mapping[str, tuple[str, ...]]]], ...] = (
        ("name", vocabulary.hazard_names),
        ("term", vocabulary.hazard_terms),
        ("measure", vocabulary.measure_names),
    )
    for kind, names_by_language in by_kind:
        for language, names_by_id in names_by_language.items():
            for id, names in names_by_id.items():
                yield from (Entry(name, language, (kind, id)) for name in names)
    for group in vocabulary.groups:
        for language, names in group.names.items():
            yield from (Entry(name, language, ("group", group.id)) for name in names)


def longest_of_each_kind(matches: Iterable[Match[Shown]]) -> list[Match[Shown]]:
    """Leave out matches inside a longer one of the same kind: "coastal flooding" does not name flooding besides.

    Names and groups count as one kind: "soil erosion" is not erosion of just any sort.
    """
    kept: list[Match[Shown]] = []
    for match in sorted(matches, key=lambda match: (match.start - match.end, match.start)):
        inside = any(
            subject(other) == subject(match) and other.start <= match.start and match.end <= other.end
            and (other.start, other.end) != (match.start, match.end)
            for other in kept
        )  # fmt: skip
        if not inside:
            kept.append(match)
    return sorted(kept, key=lambda match: match.start)


def subject(match: Match[Shown]) -> str:
    """Return the kind of a match, groups being names."""
    kind, _ = match.value
    return "name" if kind == "group" else kind


def lies_in(match: Match[Shown], spans: Iterable[tuple[int, int]]) -> bool:
    """Whether the match begins inside one of the spans."""
    return any(start <= match.start < end for start, end in spans)


def without(text: str, spans: Iterable[tuple[int, int]]) -> str:
    """Blank the spans out; places in the text stay what they were."""
    for start, end in spans:
        text = text[:start] + " " * (end - start) + text[end:]
    return text
