"""What an index lacks of the graph: people who are gone, people who are new or changed, texts that were rewritten."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from graph.index.gathering import short_hash
from graph.index.searching import SearchIndex
from graph.store.glance import PersonSeen


@dataclass(frozen=True, slots=True)
class Difference:
    """Who is gone, who is new or changed, and which texts were rewritten under their links.

    `changed` holds the number of texts of each that the index lacks, at least one; `rewritten`, by expertise, the
    fingerprint of the person, which whoever wrote the text left as it was.
    """

    gone: frozenset[str]
    changed: Mapping[str, int]
    rewritten: Mapping[str, str]

    @property
    def behind(self) -> int:
        """How many texts the index lacks."""
        return sum(self.changed.values())


def difference(index: SearchIndex, people: Mapping[str, PersonSeen]) -> Difference:
    """Compare an index with everyone, by fingerprint and by what each text says."""
    place_of = {key: place for place, key in enumerate(index.keys)}
    fingerprints, said = index.people.fingerprint.tolist(), _said(index)
    changed: dict[str, int] = {}
    rewritten: dict[str, str] = {}
    for key, seen in people.items():
        place = place_of.get(key)
        told = place is not None and fingerprints[place] == short_hash(seen.fingerprint)
        if place is not None and told and said[place] == seen.said:
            continue
        had = set() if place is None else _hashes_of(index, place)
        other = [expertise for expertise, text in seen.texts.items() if short_hash(text) not in had]
        changed[key] = max(1, len(other))
        if told:
            rewritten |= dict.fromkeys(other, seen.fingerprint)
    return Difference(frozenset(place_of.keys() - people.keys()), changed, rewritten)


def _said(index: SearchIndex) -> list[int]:
    """The sum of the hashes of each person's texts, modulo two to the 64th: another one where a text is another."""
    sums = np.zeros(len(index.keys), np.uint64)
    np.add.at(sums, index.rows.person, index.rows.text_hash)
    found: list[int] = sums.tolist()
    return found


def _hashes_of(index: SearchIndex, place: int) -> set[int]:
    return set(index.rows.text_hash[index.first_row[place] : index.first_row[place + 1]].tolist())
