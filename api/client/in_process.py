"""Answers made in this process: from the index beside the graph, or from the graph, which is then held."""

from __future__ import annotations

from contextlib import ExitStack
from typing import TYPE_CHECKING

from api import answering, conversion, counting, researching
from api import schemas as wire
from api.lock import hold
from api.wiring import Network

if TYPE_CHECKING:
    from collections.abc import Sequence

    from api.settings import Settings
    from graph.model.hazards import Hazard, Measure


class InProcess:
    """One network of this process. Use it in one thread, or open the graph in the main one first."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._network = Network(settings)
        self._open = ExitStack()
        self.holds = False
        """True while this process holds the graph; nobody else can then open an embedded one."""

    def ask(self, asked: wire.Ask) -> wire.AnswerWire:
        """Answer a question."""
        network = self._ready()
        network.open_for_questions()
        answer = answering.ask(network, conversion.request_from_wire(asked))
        return conversion.answer_to_wire(answer, asked.explain)

    def understand(self, asked: wire.Understand) -> wire.UnderstoodWire:
        """Read a question."""
        return conversion.understood_to_wire(answering.understand(self._ready(), asked.question))

    def link(self, asked: wire.LinkRequest) -> list[wire.LinkedWire]:
        """Link texts; nothing of this needs a network."""
        linked = answering.link(self._network, asked.texts, asked.all)
        return [conversion.linked_to_wire(text, found) for text, found in zip(asked.texts, linked, strict=True)]

    def experts(self, page: wire.Page) -> wire.People:
        """A page of people."""
        total, found = answering.experts(self._ready(), page.limit, page.offset)
        return wire.People(total=total, items=[conversion.person_to_wire(expert) for expert in found])

    def expert(self, identifier: str) -> wire.PersonWire:
        """One person."""
        return conversion.person_to_wire(answering.expert(self._ready(), identifier))

    def cities(self, asked: wire.CitySearch) -> wire.Cities:
        """A page of cities."""
        network = self._ready()
        total, found = answering.cities(network, asked.limit, asked.offset, asked.search, asked.country)
        return wire.Cities(total=total, items=[conversion.city_item(city) for city in found])

    def city(self, identifier: str) -> wire.CityWire:
        """One city."""
        network = self._held()
        return conversion.city_to_wire(answering.profile(network, answering.city_by_id(network, identifier)))

    def peers(self, identifier: str, limit: int) -> wire.PeersWire:
        """The peers of a city."""
        network = self._held()
        city = answering.city_by_id(network, identifier)
        return conversion.peers_to_wire(*answering.peers(network, city, limit))

    def hazards(self, page: wire.Page) -> wire.Hazards:
        """A page of hazards."""
        every: Sequence[Hazard] = sorted(self._network.vocabulary.hazards.values(), key=lambda hazard: hazard.id)
        part = every[page.offset : page.offset + page.limit]
        return wire.Hazards(total=len(every), items=[conversion.hazard_item(hazard) for hazard in part])

    def measures(self, page: wire.Page) -> wire.Measures:
        """A page of measures."""
        every: Sequence[Measure] = sorted(self._network.vocabulary.measures.values(), key=lambda measure: measure.id)
        part = every[page.offset : page.offset + page.limit]
        return wire.Measures(total=len(every), items=[conversion.measure_item(measure) for measure in part])

    def cypher(self, asked: wire.Cypher) -> wire.CypherWire:
        """Run a query, which on Neo4j needs nothing but the server."""
        network = self._held() if self._settings.embedded else self._network
        return researching.cypher_to_wire(researching.cypher(network, asked))

    def schema(self) -> wire.SchemaWire:
        """What the graph consists of."""
        return researching.schema()

    def status(self) -> wire.StatusWire:
        """What the network holds."""
        return counting.status(self._ready())

    def close(self) -> None:
        """Release the graph and what else was opened; a later call opens it again."""
        self._open.close()
        self._network.close()
        self._network = Network(self._settings)
        self.holds = False

    def _ready(self) -> Network:
        """The network, its index the one in force: nobody who left since is in the answers."""
        from api.changing import changer, is_behind

        network = self._network
        if not self._settings.embedded:
            network = self._held()
        elif not self.holds:
            network.require_loaded()
            network.read_again()
            if is_behind(network) and changer(network) is None:
                network = self._held()
        return network

    def _held(self) -> Network:
        """The network with its graph, held by this process until it is closed.

        Raises GraphBusy where another process holds it.
        """
        from api.changing import is_behind, rebuild_index, require_begun
        from api.following import bring_up_to_date, following

        network = self._network
        if not self.holds:
            if self._settings.embedded:
                require_begun(network)
            with ExitStack() as opened:
                if self._settings.embedded:
                    opened.enter_context(hold(self._settings.home, "a Python program"))
                opened.callback(network.close)
                network.read_again()
                network.engine.read("RETURN 1 AS one")
                if not self._settings.embedded:
                    bring_up_to_date(network)
                elif is_behind(network):
                    rebuild_index(network)
                opened.enter_context(following(network))
                self._open = opened.pop_all()
                self.holds = True
        return network
