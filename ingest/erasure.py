"""Takes people out of every place where something of them is held: graph first, the contacts store last."""

from __future__ import annotations

from collections.abc import Sequence

from graph.contacts import ConsentEvent
from ingest.report import erase_from_reports
from ingest.stores import Stores


def withdraw_people(stores: Stores, events: Sequence[ConsentEvent]) -> list[str]:
    """Erase everyone whose withdrawal is told; of them the contacts store keeps key and history of consent alone.

    Returns every text that was held of them, so that caches and indexes can forget it.
    """
    if not events:
        return []
    keys = [event.key for event in events]
    texts = texts_of(stores, keys)
    _take_out(stores, keys)
    stores.imports.erase(keys)
    erase_from_reports(stores.reports, keys)
    stores.contacts.withdraw_all(events)
    return texts


def remove_people(stores: Stores, keys: Sequence[str], number: int) -> list[str]:
    """Take people out who left their file; the import log keeps their rows until the next import, to undo this one."""
    texts = texts_of(stores, keys)
    _take_out(stores, keys)
    stores.imports.keep_for_undo(number, keys)
    stores.contacts.remove(keys)
    return texts


def _take_out(stores: Stores, keys: Sequence[str]) -> None:
    there = stores.people.fingerprints().keys() & set(keys)
    if there:
        stores.network.advance()
        stores.people.remove(there)


def texts_of(stores: Stores, keys: Sequence[str]) -> list[str]:
    """Every text that was ever linked of these people, as far as graph and imports still hold it."""
    texts: dict[str, None] = {}
    for cells in stores.imports.held(keys):
        texts |= dict.fromkeys(cells.values())
        texts[f"{cells.get('position')}, {cells.get('organisation')}"] = None
    for key in stores.people.fingerprints().keys() & set(keys):
        person = stores.people.person(key)
        if person is not None:
            texts |= dict.fromkeys(expertise.text for expertise in person.alumnus.expertises)
    return list(texts)
