"""Consent given or withdrawn: in force in every answer of this process before the call returns."""

from __future__ import annotations

from typing import TYPE_CHECKING

from api.changing import changing, is_behind, mark, rebuild_index, shows_the_graph
from api.loading import stores

if TYPE_CHECKING:
    from api.wiring import Network
    from graph.contacts import Consent


def give(network: Network, key: str, *, ground: str, who: str, date: str | None = None) -> Consent:
    """Record consent; whoever was withheld is loaded and found. Raises NotFound for a number nobody has."""
    from ingest.consent import give as give_consent
    from ingest.sources.places import read_places

    if key not in network.contacts.withheld():
        with network.writing:
            return give_consent(key, stores(network), network.linker, (), ground=ground, who=who, date=date).consent
    with changing(network):
        places = read_places().cities
        return give_consent(key, stores(network), network.linker, places, ground=ground, who=who, date=date).consent


def withdraw(network: Network, key: str, *, who: str) -> Consent:
    """Take a person out of all that is stored and out of every answer."""
    from ingest.consent import withdraw as withdraw_consent

    with network.writing:
        index = network.index_if_any()
        shows_all = index is not None and not is_behind(network) and shows_the_graph(network, index)
        mark(network)
        try:
            withdrawn = withdraw_consent(key, stores(network), who=who)
            network.forget(withdrawn.forgotten)
            if index is not None and shows_all:
                network.answer_from(index.without([key], network.networks.generation()))
        finally:
            rebuild_index(network)  # where the index shows the graph already, this takes the mark away and no more
    return withdrawn.consent
