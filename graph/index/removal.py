"""Taking people out of the index for good, without embedding anything again."""

from __future__ import annotations

from collections.abc import Collection

from graph.index.parts import part_of
from graph.index.searching import SearchIndex
from graph.index.writing import Made, put_in_force


def without(index: SearchIndex, people: Collection[str], generation: int | None = None) -> SearchIndex:
    """Put a version in force that lacks these people, and return it opened: as if they had never been there.

    Nothing of their texts is left in the directory: not their records, vectors and words, nor a word that only they
    used; the old version is removed from disk, although whoever holds it mapped can read on. Keys that are not in the
    index are passed over. `generation` is the graph's after the removal; without it the number stays.
    """
    generation = index.generation if generation is None else generation
    made = Made(generation, index.embedder, index.dimensions, index.reference, index.city_traits)
    return put_in_force(index.root, made, [part_of(index)], [set(people)])
