"""Building the search index, anew or from the one in force: people in, one pass; a new version out, put in force."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sized
from dataclasses import replace
from itertools import islice
from pathlib import Path

from graph.index.gathering import Gathered
from graph.index.parts import Part, part_of
from graph.index.ports import Embedder, Progress
from graph.index.records import record_line
from graph.index.reference import Reference
from graph.index.reference_file import traits_had
from graph.index.searching import SearchIndex
from graph.index.tokens import words
from graph.index.vectors import Vectors
from graph.index.words import WordCounter
from graph.index.writing import Made, put_in_force
from graph.model.places import City
from graph.model.stored import StoredPerson

_PEOPLE_TOGETHER = 500


def build(
    directory: Path,
    people: Iterable[StoredPerson],
    reference: Reference,
    embedder: Embedder,
    generation: int,
    progress: Progress | None = None,
    total: int = 0,
) -> SearchIndex:
    """Build the index of these people and put it in force in `directory`; return it opened.

    `progress` is called with the number of people done and `total`, which is counted where `people` can be.
    Vectors of texts that the index in force already has, made by the same embedder, are used again.

    Raises:
        WrongInput: a person stands twice, or refers to a hazard, measure or city that is not in `reference`.
    """
    vectors = Vectors(embedder, SearchIndex.open_if_usable(directory))
    everyone = _gathered(people, reference, vectors, progress, total)
    made = Made(generation, embedder.name, embedder.dimensions, reference, traits_had(reference.cities.values()))
    return put_in_force(directory, made, [everyone], [()])


def updated(
    index: SearchIndex,
    changed: Iterable[StoredPerson],
    gone: Collection[str],
    embedder: Embedder,
    generation: int,
    cities: Mapping[str, City] | None = None,
    progress: Progress | None = None,
    total: int = 0,
) -> SearchIndex:
    """Put a version in force that has these people as they now are and lacks the gone; return it opened.

    It equals, byte for byte, what `build` makes of everyone, given that places and vocabulary are what they were.
    Only texts that the index does not have are embedded. Nothing of the gone, nor of how the changed were before, is
    left in the directory; whoever holds the old version mapped can read on. Keys that are not there are passed over.
    `cities` holds those that changed people lead to and the index may not know yet. One writer at a time.

    Raises:
        WrongInput: a person stands twice, or refers to what neither the index nor `cities` has; or the embedder is not
            the one that made the index's vectors.
    """
    reference = replace(index.reference, cities={**index.reference.cities, **(cities or {})})
    fresh = _gathered(changed, reference, Vectors.beside(embedder, index), progress, total)
    made = Made(generation, embedder.name, embedder.dimensions, reference, index.city_traits)
    return put_in_force(index.root, made, [part_of(index), fresh], [{*gone, *fresh.keys}, set(gone)])


def _gathered(
    people: Iterable[StoredPerson], reference: Reference, vectors: Vectors, progress: Progress | None, total: int
) -> Part:
    total = len(people) if isinstance(people, Sized) else total
    gathered, counter, lines, blocks = Gathered(reference), WordCounter(), [], []
    stream = iter(people)
    while together := list(islice(stream, _PEOPLE_TOGETHER)):
        for person in together:
            lines.append(record_line(person))
            gathered.add(person, len(lines[-1]))
            for expertise in person.alumnus.expertises:
                counter.add(words(f"{expertise.text} {expertise.project or ''}"))
        blocks.append(vectors.of([each.text for person in together for each in person.alumnus.expertises]))
        if progress is not None:
            progress(len(lines), total)
    rows, columns = gathered.columns()
    found = counter.occurrences()
    return Part(gathered.keys, gathered.cities, gathered.languages, rows, columns, found, lines.__getitem__, blocks)
