"""What changes a network: each change ends with an index of the graph as it then is."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from api.lock import Holder
    from api.wiring import Network
    from graph.index.searching import SearchIndex
    from graph.model.stored import StoredPerson

Progress = Callable[[str, int, int], None]

MARKER = "changing"


def silent(_what: str, _done: int, _total: int) -> None:
    """Report progress to nobody."""


@contextlib.contextmanager
def changing(network: Network, progress: Progress = silent) -> Iterator[list[StoredPerson]]:
    """Hold the network for a change; however the block ends, the index afterwards shows the graph as it is.

    The block may add to the list that it is given whoever was not in the graph before and now is, as they were
    written: they need not be read to be shown.

    A marker on disk lasts as long as the graph may be ahead of the index, so that a process killed in
    between leaves a trace: the next one catches up before it answers.
    """
    with network.writing:
        mark(network)
        written: list[StoredPerson] = []
        try:
            yield written
        finally:
            rebuild_index(network, progress, written)


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


def rebuild_index(network: Network, progress: Progress = silent, written: Sequence[StoredPerson] = ()) -> None:
    """Answer from an index of the graph as it now is; one that shows it already stays. Copies of it as it was go."""
    from api.indexing import index_of

    network.forget_copies()
    index = network.index_if_any()
    embedded, ours = network.settings.embedded, index is not None and _speaks_our_vectors(network, index)
    if network.remembering is None and (index is None or not ours or not shows_the_graph(network, index)):
        # Counted once more behind the last write, so that whoever followed half-way looks again.
        network.answer_from(index_of(network, network.networks.advance(), progress, written))
    if not embedded:
        from api.following import bring_up_to_date

        bring_up_to_date(network, lambda done, total: progress("Catching up with the graph", done, total))
    (network.home / MARKER).unlink(missing_ok=True)
