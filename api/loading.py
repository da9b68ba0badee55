"""Loading, behind the command line: places and vocabulary where they are not there yet, then people or actions."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from api.changing import Progress, changing, silent

if TYPE_CHECKING:
    from api.wiring import Network
    from graph.model.stored import StoredPerson
    from ingest.report import LoadReport
    from ingest.sources.places import Places
    from ingest.stores import NetworkKind, Stores


PLACES_LOADED = "places-loaded"


@dataclass(frozen=True, slots=True)
class AlumniLoad:
    """What to load and how."""

    file: Path
    mapping: Path | None = None
    source: str | None = None
    kind: NetworkKind = "own"
    dry_run: bool = False
    remove_missing: bool = False


def stores(network: Network) -> Stores:
    """Return where a load writes."""
    from ingest.stores import Stores

    return Stores(network.people, network.networks, network.contacts, network.imports, network.reports_directory)


def load_alumni(network: Network, load: AlumniLoad, progress: Progress = silent) -> LoadReport:
    """Load a file of alumni; the index afterwards shows them. Raises WrongInput for a file that is none."""
    from ingest.pipeline import load_people

    places = read_places(progress)

    def run(written: list[StoredPerson], places_are_there: Callable[[], object]) -> LoadReport:
        return load_people(
            load.file,
            stores(network),
            network.linker,
            places.cities,
            mapping=load.mapping,
            source=load.source,
            kind=load.kind,
            dry_run=load.dry_run,
            remove_missing=load.remove_missing,
            progress=progress,
            before_comparing=places_are_there,
            on_new=written.extend,
        )

    if load.dry_run:
        return run([], lambda: None)
    with changing(network, progress) as written, putting_places(network, places, progress) as places_are_there:
        network.networks.set_linker(network.linker.name)
        report = run(written, places_are_there)
    network.forget(report.forgotten)
    return report


def load_actions(
    network: Network, file: Path, kind: NetworkKind = "own", dry_run: bool = False, progress: Progress = silent
) -> LoadReport:
    """Load a file of what cities did. Raises WrongInput for a file that is none."""
    from ingest.actions import load_actions as load

    places = read_places(progress)

    def run() -> LoadReport:
        return load(
            file,
            network.actions,
            stores(network),
            cities=places.cities,
            hazards=network.vocabulary.hazards.values(),
            measures=network.vocabulary.measures.values(),
            kind=kind,
            dry_run=dry_run,
            progress=progress,
        )

    if dry_run:
        return run()
    with changing(network, progress):
        put_places(network, places, progress)
        return run()


def undo_last(network: Network, progress: Progress = silent) -> str:
    """Take back the last load of people, and say what was taken back. Raises NotFound where there is none."""
    from datetime import UTC, datetime

    from ingest.restoring import undo_last as undo

    places = read_places(progress)
    with changing(network, progress):
        undone = undo(stores(network), network.linker, places.cities, datetime.now(UTC), progress)
    network.forget(undone.forgotten)
    restored, gone = len(undone.restored), len(undone.gone)
    return f"The load of {undone.undone.file} was taken back: {restored} people as before it, {gone} taken out."


def load_places(network: Network, progress: Progress = silent) -> Places:
    """Load places, hazards and measures anew: after an upgrade that brings newer ones."""
    places = read_places(progress)
    with changing(network, progress):
        put_places(network, places, progress, again=True)
        network.networks.set_linker(network.linker.name)
    return places


def read_places(progress: Progress) -> Places:
    """Read the places of the world."""
    from ingest.sources.places import read_places as read

    progress("Reading places", 0, 1)
    places = read()
    progress("Reading places", 1, 1)
    return places


@contextlib.contextmanager
def putting_places(network: Network, places: Places, progress: Progress) -> Iterator[Callable[[], object]]:
    """Write places beside what the block does first; the block calls what it is given to wait until they are there.

    Reading a file is Python's work and writing places mostly the engine's: beside each other they take two cores.
    """
    if has_places(network):
        yield lambda: None
        return
    _ = network.engine  # before the thread: where there is a Java runtime, it must start in the main one
    progress("Writing places", 0, 2)
    with ThreadPoolExecutor(1, "places") as beside:
        written = beside.submit(put_places, network, places, silent)
        yield lambda: wait_for(written, progress)
        written.result()


def wait_for(places: Future[None], progress: Progress) -> None:
    """Wait until the places are written; raises what went wrong with them."""
    places.result()
    progress("Writing places", 2, 2)


def has_places(network: Network) -> bool:
    """True where the network's places were written whole."""
    return (network.home / PLACES_LOADED).exists()


def put_places(network: Network, places: Places, progress: Progress, again: bool = False) -> None:
    """Write hazards, measures, places and their names, where this network does not have them yet."""
    from nlp.question.gazetteer import Gazetteer

    if has_places(network) and not again:
        return
    progress("Writing places", 0, 2)
    network.hazards.put_hazards(tuple(network.vocabulary.hazards.values()))
    network.hazards.put_measures(tuple(network.vocabulary.measures.values()))
    network.places.put(places.regions, places.countries, places.traits, places.cities, places.country_exposure)
    progress("Writing places", 1, 2)
    network.networks.advance_places()
    Gazetteer.build(places.cities, network.gazetteer_directory)
    network.forget_names()
    (network.home / PLACES_LOADED).touch()
    progress("Writing places", 2, 2)
