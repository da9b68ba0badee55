"""A server on Neo4j follows what other processes change: whoever is gone from the graph is gone from answers first."""

from __future__ import annotations

import contextlib
import logging
import threading
from collections.abc import Iterator
from typing import TYPE_CHECKING

from api.changing import build_index
from graph.errors import City2CityError

if TYPE_CHECKING:
    from api.wiring import Network

SECONDS_BETWEEN_LOOKS = 1.0

log = logging.getLogger("city2city")


@contextlib.contextmanager
def following(network: Network) -> Iterator[None]:
    """Follow the graph in a thread while the block runs; an embedded graph has no other writer, and needs none."""
    if network.settings.embedded:
        yield
        return
    ended = threading.Event()
    thread = threading.Thread(target=_follow, args=(network, ended), name="follow the graph", daemon=True)
    thread.start()
    try:
        yield
    finally:
        ended.set()
        thread.join()


def _follow(network: Network, ended: threading.Event) -> None:
    while not ended.wait(SECONDS_BETWEEN_LOOKS):
        try:
            catch_up(network)
        except City2CityError as error:
            log.warning("The graph cannot be followed just now: %s", error.detail)


def catch_up(network: Network) -> bool:
    """Answer from the graph's present generation; True where the index was not that already."""
    if network.networks.generation() == network.index.generation:
        return False
    with network.writing:
        generation = network.networks.generation()
        if generation == network.index.generation:
            return False
        gone = set(network.index.keys) - network.people.fingerprints().keys()
        if gone:
            network.answer_from(network.index.without(gone))
        network.answer_from(build_index(network, generation))
    return True
