"""The search index of the graph as it is: made from the one in force and from who changed, anew where it must be."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import chain
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from api.wiring import Network
    from graph.index.searching import SearchIndex
    from graph.model.places import City
    from graph.model.stored import StoredPerson

Progress = Callable[[str, int, int], None]


def index_of(
    network: Network, generation: int, progress: Progress, written: Sequence[StoredPerson] = ()
) -> SearchIndex:
    """Put an index of the graph's present state in force, stamped with this generation, and return it.

    Only people who changed are read; those `written`, who were not in the graph before, are not even that.
    """
    index, fingerprints = network.index_if_any(), network.people.fingerprints()
    new = {
        person.alumnus.key: person for person in written if fingerprints.get(person.alumnus.key) == person.fingerprint
    }

    def told(done: int, total: int) -> None:
        progress("Building the index", done, total)

    if index is None or not can_go_on(network, index):
        from graph.index.building import build

        everyone = _people(network, fingerprints, new)
        reference = network.places.reference()
        return build(
            network.index_directory, everyone, reference, network.embedder, generation, told, len(fingerprints)
        )
    from graph.index.building import updated
    from graph.index.lagging import lag
    from graph.store.names import read_names, shown_otherwise

    behind = lag(index, fingerprints)
    renamed = shown_otherwise(index, read_names(network.engine)) - behind.gone
    keys = behind.changed | renamed
    changed = list(_people(network, keys, new))
    cities = cities_beyond(network, index, changed)
    return updated(index, changed, behind.gone, network.embedder, generation, cities, told, len(keys))


def can_go_on(network: Network, index: SearchIndex) -> bool:
    """Whether an index can be brought up to date: its vectors are ours, and places and vocabulary what they were."""
    return index.embedder == network.embedder.name and index.generation >= network.networks.places()


def cities_beyond(network: Network, index: SearchIndex, people: Iterable[StoredPerson]) -> dict[str, City]:
    """The cities that people lead to and the index does not know, with the cities of which they are districts."""
    from graph.index.gathering import cities_of

    known: Mapping[str, City] = index.reference.cities
    found: dict[str, City] = {}
    missing = {city for person in people for city in cities_of(person)} - known.keys()
    while missing:
        read = network.places.cities_by_id(missing)
        found |= read
        missing = {city.district_of for city in read.values() if city.district_of} - known.keys() - found.keys()
    return found


def _people(network: Network, keys: Iterable[str], new: Mapping[str, StoredPerson]) -> Iterator[StoredPerson]:
    wanted = set(keys)
    unread = [person for key, person in new.items() if key in wanted]
    return chain(network.people.as_read(unread), network.people.each(wanted - new.keys()))
