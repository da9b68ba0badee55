"""What a network holds, counted."""

from __future__ import annotations

from typing import TYPE_CHECKING

from api import schemas as wire

if TYPE_CHECKING:
    from collections.abc import Sequence

    from api.wiring import Network
    from graph.contacts import Tally


def status(network: Network) -> wire.StatusWire:
    """Count people and expertises, who is withheld for want of consent, and whom no hazard question finds."""
    index = network.index
    return wire.StatusWire(
        store=network.settings.store,
        people=len(index.keys),
        expertises=len(index.rows.person),
        generation=index.generation,
        embedder=index.embedder,
        withheld=_tally(network.contacts.withheld_counts()),
        withdrawn=network.contacts.withdrawn_count(),
        not_findable_by_hazard=_tally(network.imports.unfindable()),
    )


def _tally(tallies: Sequence[Tally]) -> wire.TallyWire:
    from ingest.report import tally_by

    return wire.TallyWire(
        total=sum(tally.count for tally in tallies),
        country=dict(tally_by(tallies, "country")),
        programme=dict(tally_by(tallies, "programme")),
    )
