"""The two ways in that a client may use, with the same calls in the wire form."""

from __future__ import annotations

from typing import Protocol

from api import schemas as wire


class Door(Protocol):
    """One call for each of the network's, errors raised as `graph.errors`."""

    def ask(self, asked: wire.Ask) -> wire.AnswerWire:
        """Answer a question."""

    def understand(self, asked: wire.Understand) -> wire.UnderstoodWire:
        """Read a question."""

    def link(self, asked: wire.LinkRequest) -> list[wire.LinkedWire]:
        """Link texts, in order."""

    def experts(self, page: wire.Page) -> wire.People:
        """A page of people."""

    def expert(self, identifier: str) -> wire.PersonWire:
        """One person."""

    def cities(self, asked: wire.CitySearch) -> wire.Cities:
        """A page of cities."""

    def city(self, identifier: str) -> wire.CityWire:
        """One city by GeoNames id."""

    def peers(self, identifier: str, limit: int) -> wire.PeersWire:
        """The peers of a city by GeoNames id."""

    def hazards(self, page: wire.Page) -> wire.Hazards:
        """A page of hazards."""

    def measures(self, page: wire.Page) -> wire.Measures:
        """A page of measures."""

    def cypher(self, asked: wire.Cypher) -> wire.CypherWire:
        """Run a query."""

    def schema(self) -> wire.SchemaWire:
        """What the graph consists of."""

    def status(self) -> wire.StatusWire:
        """What the network holds, and how many people wait for consent."""

    def close(self) -> None:
        """Release what is held; safe to call twice."""
