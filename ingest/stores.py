"""Where a load writes, as the floors below offer it."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, Protocol

from graph.contacts import ContactStore
from graph.errors import WrongInput
from graph.model.stored import StoredPerson
from ingest.imports import ImportLog

NetworkKind = Literal["demo", "own"]


class People(Protocol):
    """The part of `graph.store.people.PeopleStore` that a load needs."""

    def fingerprints(self) -> dict[str, str]:
        """The fingerprint of everyone in the graph, by key."""

    def put(self, people: Sequence[StoredPerson]) -> Sequence[StoredPerson]:
        """Write each person whole; returns those who were not there before."""

    def remove(self, keys: Collection[str]) -> None:
        """Take people out."""

    def person(self, key: str) -> StoredPerson | None:
        """The person with this key, or None."""


class Network(Protocol):
    """The part of `graph.store.network.NetworkStore` that a load needs."""

    def kind(self) -> NetworkKind | None:
        """What this graph is, or None where nothing was loaded yet."""

    def set_kind(self, kind: NetworkKind) -> None:
        """Say what this graph is."""

    def advance(self) -> int:
        """Count one change."""


@dataclass(frozen=True, slots=True)
class Stores:
    """Where a load writes: graph, contacts, imports, and the directory of its reports."""

    people: People
    network: Network
    contacts: ContactStore
    imports: ImportLog
    reports: Path


def check_kind(network: Network, kind: NetworkKind, path: Path) -> None:
    """Raise WrongInput, with the command for a fresh store, where the graph is of the other kind."""
    known = network.kind()
    if known is not None and known != kind:
        holds = "the made-up demo network" if known == "demo" else "your own network"
        raise WrongInput(
            f"This store holds {holds}; {path.name} does not belong in it.",
            f"Load it into a fresh store: C2C_STORE=embedded:my-network c2c load alumni {path}",
        )
