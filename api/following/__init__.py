"""A server on Neo4j follows what other processes write, and says of every answer how it stands to the graph.

One thread looks at the graph once a second, so that answers are known to hold even while the other is busy bringing
the index to what was seen.
"""

from __future__ import annotations

import contextlib
import logging
import threading
import time
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

from api.following.catching_up import CatchUp
from api.following.memory import remembered
from graph.errors import City2CityError, Unavailable

if TYPE_CHECKING:
    from api.wiring import Network

__all__ = ["bring_up_to_date", "following"]

SECONDS_BETWEEN_LOOKS = 1.0
LONGEST_PAUSE = 2.0

log = logging.getLogger("city2city")


@contextlib.contextmanager
def following(network: Network) -> Iterator[None]:
    """Follow the graph while the block runs; an embedded graph has no other writer, and needs nobody to follow it."""
    if network.settings.embedded:
        yield
        return
    catch_up, news, ended = CatchUp(network), threading.Event(), threading.Event()
    news.set()
    threads = [
        threading.Thread(target=work, args=(catch_up, news, ended), name=name, daemon=True)
        for name, work in (("look at the graph", _look), ("catch up with the graph", _catch_up))
    ]
    with contextlib.suppress(Unavailable):
        catch_up.look()
    network.standing.followed = True
    for thread in threads:
        thread.start()
    try:
        yield
    finally:
        ended.set()
        news.set()
        for thread in threads:
            thread.join(timeout=10)
        network.standing.followed = False


def bring_up_to_date(network: Network, progress: Callable[[int, int], None] = lambda _done, _total: None) -> None:
    """Bring the index to what the graph holds, whoever else is at work on it, before anything is answered.

    Where the graph does not answer and the settings let answers go on, they are as of the last time that it did.
    Raises `Unavailable` where they do not.
    """
    known, index = remembered(network.home), network.index_if_any()
    try:
        if network.networks.kind() is None:
            network.require_loaded()
        ours = index is not None and index.embedder == network.embedder.name
        if known and index and ours and known[:2] == (network.networks.mark(), index.version.name):
            network.standing.confirm(0)
            return
        if not network.gazetteer_directory.exists():
            _make_names(network)
        catch_up = CatchUp(network, at_once=None)
        catch_up.run(progress)
        while catch_up.look().behind:
            time.sleep(SECONDS_BETWEEN_LOOKS)  # another process is embedding these texts
            catch_up.run(progress)
    except Unavailable:
        if known is None or index is None or not network.settings.answers_without_graph:
            raise
        network.standing.lapse(known.when)


def _make_names(network: Network) -> None:
    """Make the names of places that questions are read with, which lie beside the graph that others loaded."""
    from ingest.sources.places import read_places
    from nlp.question.gazetteer import Gazetteer

    Gazetteer.build(read_places().cities, network.gazetteer_directory)
    network.forget_names()


class _Told:
    """Logs a trouble once, however often it is met, and that it is over."""

    def __init__(self) -> None:
        self._trouble: str | None = None

    def trouble(self, error: Exception) -> None:
        kind = f"{type(error).__name__}: {error}" if isinstance(error, City2CityError) else type(error).__name__
        if kind != self._trouble:
            known = isinstance(error, City2CityError)
            said = " ".join(dict.fromkeys(str(error).splitlines()))
            log.warning("The graph cannot be followed just now: %s", said, exc_info=None if known else error)
        self._trouble = kind

    def no_trouble(self) -> None:
        if self._trouble is not None:
            log.warning("The graph is followed again.")
        self._trouble = None


def _look(catch_up: CatchUp, news: threading.Event, ended: threading.Event) -> None:
    pause, told = SECONDS_BETWEEN_LOOKS, _Told()
    while not ended.wait(pause):
        began = time.monotonic()
        try:
            if catch_up.sees_news():
                news.set()
            told.no_trouble()
        except Exception as error:  # a thread that ends would leave answers to lapse for ever
            told.trouble(error)
        # A look at a graph that others are writing takes a while: half of the time is theirs.
        pause = min(LONGEST_PAUSE, max(SECONDS_BETWEEN_LOOKS, time.monotonic() - began))


def _catch_up(catch_up: CatchUp, news: threading.Event, ended: threading.Event) -> None:
    told = _Told()
    while not ended.is_set():
        news.wait(SECONDS_BETWEEN_LOOKS if catch_up.waits else None)
        news.clear()
        try:
            if not ended.is_set():
                catch_up.run()
            told.no_trouble()
        except Exception as error:  # what cannot be brought in now is tried again; the thread goes on
            told.trouble(error)
            ended.wait(SECONDS_BETWEEN_LOOKS)
            news.set()
