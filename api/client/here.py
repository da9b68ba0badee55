"""The network on this machine: answered in this process, or through the server that holds it."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from api import schemas as wire
from api.client.in_process import InProcess
from api.client.over_http import OverHTTP
from api.lock import TOKEN_HEADER, Holder, holder
from api.settings import read_settings

if TYPE_CHECKING:
    from api.client.doors import Door


class Here:
    """Chooses for each call: a server that holds the embedded network answers, else this process does."""

    def __init__(self, store: str | None) -> None:
        environment = dict(os.environ) | ({"C2C_STORE": store} if store else {})
        self._settings = read_settings(environment)
        self._own = InProcess(self._settings)
        self._server: tuple[Holder, OverHTTP] | None = None

    def ask(self, asked: wire.Ask) -> wire.AnswerWire:
        """Answer a question."""
        return self._door().ask(asked)

    def understand(self, asked: wire.Understand) -> wire.UnderstoodWire:
        """Read a question."""
        return self._door().understand(asked)

    def link(self, asked: wire.LinkRequest) -> list[wire.LinkedWire]:
        """Link texts, which needs no network."""
        return self._door().link(asked)

    def experts(self, page: wire.Page) -> wire.People:
        """A page of people."""
        return self._door().experts(page)

    def expert(self, identifier: str) -> wire.PersonWire:
        """One person."""
        return self._door().expert(identifier)

    def cities(self, asked: wire.CitySearch) -> wire.Cities:
        """A page of cities."""
        return self._door().cities(asked)

    def city(self, identifier: str) -> wire.CityWire:
        """One city."""
        return self._door().city(identifier)

    def peers(self, identifier: str, limit: int) -> wire.PeersWire:
        """The peers of a city."""
        return self._door().peers(identifier, limit)

    def hazards(self, page: wire.Page) -> wire.Hazards:
        """A page of hazards."""
        return self._door().hazards(page)

    def measures(self, page: wire.Page) -> wire.Measures:
        """A page of measures."""
        return self._door().measures(page)

    def cypher(self, asked: wire.Cypher) -> wire.CypherWire:
        """Run a query."""
        return self._door().cypher(asked)

    def schema(self) -> wire.SchemaWire:
        """What the graph consists of."""
        return self._own.schema()

    def status(self) -> wire.StatusWire:
        """What the network holds, from the owner's own files: no server stands between."""
        return self._own.status()

    def close(self) -> None:
        """Release what is held."""
        self._own.close()
        if self._server is not None:
            self._server[1].close()
            self._server = None

    def _door(self) -> Door:
        if not self._settings.embedded or self._own.holds:
            return self._own
        other = holder(self._settings.home)
        if other is None or other.address is None:
            return self._own
        if self._server is None or self._server[0] != other:
            if self._server is not None:
                self._server[1].close()
            self._server = other, OverHTTP.of_holder(other.address, TOKEN_HEADER, other.token or "")
        return self._server[1]
