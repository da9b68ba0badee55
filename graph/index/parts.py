"""People of an index as columns, lines and vectors in memory, and several such parts put into one order.

An index is a function of its people alone: people stand in the order of their keys, cities, languages and words in
alphabetical order, so that an index brought up to date equals one that was built anew.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from graph.index.arrays import Bits, holds
from graph.index.columns import People, Rows
from graph.index.searching import SearchIndex
from graph.index.words import Occurrences
from graph.model.places import City

_NOT_THERE = -1


@dataclass(frozen=True, slots=True)
class Part:
    """Some people of an index; `cities` and `languages` name the positions in the columns, `line` gives a record.

    `vectors` are blocks of rows, one after the other.
    """

    keys: Sequence[str]
    cities: Sequence[str]
    languages: Sequence[str]
    rows: Rows
    people: People
    words: Occurrences
    line: Callable[[int], bytes]
    vectors: Sequence[NDArray[np.float32]]


@dataclass(frozen=True, slots=True)
class Joined:
    """Parts put into one order: `people_from` says of each person which part and which place in it they come from.

    `row_places` holds for each part the new place of each of its rows, -1 where the row is left out.
    """

    keys: list[str]
    cities: list[str]
    languages: list[str]
    rows: Rows
    people: People
    words: Occurrences
    people_from: list[tuple[int, int]]
    row_places: list[NDArray[np.int64]]


def part_of(index: SearchIndex) -> Part:
    """Everyone in an index."""
    return Part(
        index.keys,
        list(index.reference.cities),
        index.languages,
        index.rows,
        index.people,
        index.words.occurrences,
        index.records.line,
        [index.vectors],
    )


def joined(parts: Sequence[Part], left_out: Sequence[Collection[str]], known: Mapping[str, City]) -> Joined:
    """Put the people of all parts into one order, without those whose key is left out of their part.

    `known` holds every city that they lead to; the city that a district belongs to gets a position of its own.
    """
    people_from = sorted(
        (
            (number, place)
            for number, (part, out) in enumerate(zip(parts, left_out, strict=True))
            for place, key in enumerate(part.keys)
            if key not in out
        ),
        key=lambda where: parts[where[0]].keys[where[1]],
    )
    people_places = [np.full(len(part.keys), _NOT_THERE, np.int64) for part in parts]
    for new, (number, place) in enumerate(people_from):
        people_places[number][place] = new
    cities = _with_their_city(
        {city for each in zip(parts, people_places, strict=True) for city in _cities(*each)}, known
    )
    languages = sorted({tag for each in zip(parts, people_places, strict=True) for tag in _languages(*each)})
    coded = [_coded(part, cities, languages) for part in parts]
    people = People.scattered([part.people for part in coded], people_places, len(people_from))
    people = replace(people, key_rank=np.arange(len(people_from), dtype=np.int32))
    first_row = np.concatenate([[0], np.cumsum(people.expertises, dtype=np.int64)])
    row_places = [_row_places(part, new, first_row) for part, new in zip(coded, people_places, strict=True)]
    rows = Rows.scattered([part.rows for part in coded], row_places, int(first_row[-1]))
    rows = replace(rows, person=np.repeat(np.arange(len(people_from), dtype=np.int32), people.expertises))
    words = Occurrences.together([part.words.moved(new) for part, new in zip(coded, row_places, strict=True)])
    keys = [parts[number].keys[place] for number, place in people_from]
    return Joined(keys, cities, languages, rows, people, words, people_from, row_places)


def _cities(part: Part, places: NDArray[np.int64]) -> Iterable[str]:
    """The cities that those people lead to who have a place."""
    stays = places >= 0
    used = [part.people.home_city[stays], part.people.work_city[stays], part.rows.city[stays[part.rows.person]]]
    return (part.cities[at] for at in np.unique(np.concatenate(used)).tolist() if at >= 0)


def _languages(part: Part, places: NDArray[np.int64]) -> Iterable[str]:
    stays = places >= 0
    return (tag for at, tag in enumerate(part.languages) if holds(part.people.languages, at)[stays].any())


def _with_their_city(cities: Iterable[str], known: Mapping[str, City]) -> list[str]:
    found = dict.fromkeys(cities)
    waiting = list(found)
    for city in waiting:
        whole = known[city].district_of
        if whole is not None and whole in known and whole not in found:
            found[whole] = None
            waiting.append(whole)
    return sorted(found)


def _coded(part: Part, cities: Sequence[str], languages: Sequence[str]) -> Part:
    """The part with positions in these lists."""
    position = {city: place for place, city in enumerate(cities)}
    new = np.array([*(position.get(city, _NOT_THERE) for city in part.cities), _NOT_THERE], np.int32)
    people = replace(
        part.people,
        home_city=new[part.people.home_city],
        work_city=new[part.people.work_city],
        languages=_repacked(part.people.languages, part.languages, languages),
    )
    return replace(part, rows=replace(part.rows, city=new[part.rows.city]), people=people)


def _repacked(bits: Bits, tags: Sequence[str], to: Sequence[str]) -> Bits:
    packed = np.zeros((max(1, -(-len(to) // 64)), bits.shape[1]), np.uint64)
    position = {tag: place for place, tag in enumerate(to)}
    for at, tag in enumerate(tags):
        if tag in position:
            word, bit = divmod(position[tag], 64)
            packed[word] |= holds(bits, at).astype(np.uint64) << np.uint64(bit)
    return packed


def _row_places(part: Part, people: NDArray[np.int64], first_row: NDArray[np.int64]) -> NDArray[np.int64]:
    own_first = np.concatenate([[0], np.cumsum(part.people.expertises, dtype=np.int64)])
    of_row = people[part.rows.person]
    within = np.arange(len(of_row)) - own_first[part.rows.person]
    return np.where(of_row >= 0, first_row[np.maximum(of_row, 0)] + within, _NOT_THERE)
