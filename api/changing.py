"""What changes a network: each change ends with an index of the graph as it then is."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from api.lock import Holder
    from api.wiring import Network
    from graph.index.searching import SearchIndex

Progress = Callable[[str, int, int], None]

MARKER = "changing"


def silent(_what: str, _done: int, _total: int) -> None:
    """Report progress to nobody."""


@contextlib.contextmanager
def changing(network: Network, progress: Progress = silent) -> Iterator[None]:
    """Hold the network for a change; however the block ends, the index afterwards shows the graph as it is.

    A marker on disk lasts as long as the graph may be ahead of the index, so that a process killed in
    between leaves a trace: the next one catches up before it answers.
    """
    with network.writing:
        mark(network)
        try:
            yield
        finally:
            rebuild_index(network, progress)


def mark(network: Network) -> None:
    """Leave on disk that this process is changing the network; the mark of a change that was cut off stays."""
    network.home.mkdir(parents=True, exist_ok=True)
    with contextlib.suppress(FileExistsError), (network.home / MARKER).open("x", encoding="utf-8") as marker:
        marker.write(str(os.getpid()))


def changer(network: Network) -> Holder | None:
    """Return the living process that is changing an embedded network; its index shows the network as it was before."""
    from api.lock import holder

    other = holder(network.home) if network.settings.embedded else None
    with contextlib.suppress(FileNotFoundError):
        if other is not None and (network.home / MARKER).read_text(encoding="utf-8") == str(other.pid):
            return other
    return None


def require_begun(network: Network) -> None:
    """Raise Unavailable, saying how to make one, where there is neither a network nor the beginning of one."""
    if not (network.home / MARKER).exists():
        network.require_loaded()


def is_behind(network: Network) -> bool:
    """True where a change was cut off before the index was rebuilt, or where another embedder made the vectors."""
    if (network.home / MARKER).exists():
        return True
    return network.index_directory.exists() and not _speaks_our_vectors(network, network.index_if_any())


def shows_the_graph(network: Network, index: SearchIndex) -> bool:
    """True where the index is of the graph's present generation."""
    return index.generation == network.networks.generation()


def _speaks_our_vectors(network: Network, index: SearchIndex | None) -> bool:
    return index is not None and index.embedder == network.embedder.name


def rebuild_index(network: Network, progress: Progress = silent) -> None:
    """Answer from an index of the graph as it now is; one that shows it already stays."""
    index = network.index_if_any()
    if index is None or not shows_the_graph(network, index) or not _speaks_our_vectors(network, index):
        # Counted once more behind the last write, so that whoever followed half-way looks again.
        network.answer_from(build_index(network, network.networks.advance(), progress))
    (network.home / MARKER).unlink(missing_ok=True)


def build_index(network: Network, generation: int, progress: Progress = silent) -> SearchIndex:
    """Build the search index of the graph's present state."""
    from graph.index.building import build

    return build(
        network.index_directory,
        network.people.all(),
        network.places.reference(),
        network.embedder,
        generation,
        progress=lambda done, total: progress("Building the index", done, total),
        total=len(network.people.fingerprints()),
    )
