"""Consent given and withdrawn, and all that is held on one person: each done before it returns."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from dataclasses import dataclass

from graph.contacts import Consent, ConsentEvent, Held
from graph.errors import NotFound, WrongInput
from graph.model.places import City
from graph.model.stored import StoredPerson
from ingest.alumni.contact_details import found
from ingest.erasure import withdraw_people
from ingest.imports import ImportedRow
from ingest.restoring import load_withheld
from ingest.stores import Stores
from nlp.ports import Linker


@dataclass(frozen=True, slots=True)
class Given:
    """Consent as it now stands, and whether rows that were withheld were loaded with it."""

    consent: Consent
    loaded: bool


@dataclass(frozen=True, slots=True)
class Withdrawn:
    """Consent as it now stands, and every text that was held of the person, for caches and indexes to forget."""

    consent: Consent
    forgotten: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class AllHeld:
    """All that is held on one person: in the graph, in the contacts store, and the rows it came from."""

    key: str
    in_graph: StoredPerson | None
    held: Held
    rows: tuple[ImportedRow, ...]


def give(
    key: str,
    stores: Stores,
    linker: Linker,
    cities: Sequence[City],
    *,
    ground: str,
    who: str,
    date: str | None = None,
    now: datetime.datetime | None = None,
) -> Given:
    """Record that a person gave consent, and load the rows that were withheld.

    This alone brings back whoever withdrew: their next file is loaded again. Raises WrongInput where ground or name
    is empty or holds an address or number, NotFound where nobody has that key.
    """
    now = now or datetime.datetime.now(datetime.UTC)
    for text, what in ((ground, "ground"), (who, "name of who records it")):
        _refuse_contact_details(text, what)
    withheld = stores.contacts.withheld().get(key)
    if withheld is None and stores.contacts.consent(key).state == "missing" and not _is_known(key, stores):
        raise NotFound(f"Nobody with the number {key} is known.", "Load a file that has the person first.")
    consent = stores.contacts.give(key, ground=ground, who=who, date=date, when=now.isoformat(timespec="seconds"))
    return Given(consent, withheld is not None and load_withheld(withheld, stores, linker, cities, now))


def withdraw(key: str, stores: Stores, *, who: str, now: datetime.datetime | None = None) -> Withdrawn:
    """Take a person out of graph, imports, reports and contacts store; key and history of consent stay.

    Whoever is not known by that key is recorded too, so that no later file brings them in. Raises WrongInput where
    key or name is empty or holds an e-mail address.
    """
    now = now or datetime.datetime.now(datetime.UTC)
    if not key.strip() or not who.strip():
        raise WrongInput("The number of the person or the name of who records it is empty.", "Give both.")
    _refuse_contact_details(who, "name of who records it")
    event = ConsentEvent(key, now.isoformat(timespec="seconds"), "withdrawn", None, None, who.strip())
    forgotten = withdraw_people(stores, [event])
    return Withdrawn(stores.contacts.consent(key), tuple(forgotten))


def all_held(key: str, stores: Stores) -> AllHeld:
    """All that is held on one person and where it came from; raises NotFound where nothing is."""
    held = AllHeld(key, stores.people.person(key), stores.contacts.all_held(key), tuple(stores.imports.rows(key)))
    if held.in_graph is None and not held.rows and not held.held.withheld and held.held.consent.state == "missing":
        raise NotFound(f"Nothing is held on {key}.", "Check the number; it is the alumnus_id of the file.")
    return held


def _is_known(key: str, stores: Stores) -> bool:
    return stores.people.person(key) is not None


def _refuse_contact_details(text: str, what: str) -> None:
    if found(text):
        raise WrongInput(
            f"The {what} holds an e-mail address or telephone number.",
            "Say it without; the history of consent outlives a withdrawal.",
        )
