"""The class that programs use."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from types import TracebackType
from typing import TYPE_CHECKING, Any, Protocol, Self, TypeVar

from api import schemas as wire
from api.client import frames
from api.forms import of_its_form
from graph.errors import NotFound

if TYPE_CHECKING:
    from pandas import DataFrame

    from api.client.doors import Door

MOST_ON_A_PAGE = 100

_Item = TypeVar("_Item", covariant=True)


class _PageOf(Protocol[_Item]):
    @property
    def items(self) -> Sequence[_Item]:
        """What stands on the page."""
        ...


class City2City:
    """A network, over HTTP or on this machine. Use it in a `with` block, or close it.

    Every call raises `graph.errors`: WrongInput where what was given is wrong, Refused where it is not allowed,
    NotFound, LimitReached past a limit, Unavailable where something needed is not there.
    """

    def __init__(self, address: str, *, token: str | None = None, timeout: float = 60.0) -> None:
        """Speak to the server at `address` ("https://…"); `token` is its C2C_TOKEN or C2C_READ_TOKEN.

        `timeout` is in seconds, for one call.
        """
        from api.client.over_http import OverHTTP

        self._door: Door = OverHTTP.of_server(address, token, timeout)

    @classmethod
    def local(cls, store: str | None = None) -> Self:
        """Open the network on this machine: `store` as in C2C_STORE, which is taken where none is given.

        Questions read the index beside the graph. What needs an embedded graph (city, peers, cypher) holds it from
        then on until the client is closed, or goes through the server that holds it.
        """
        from api.client.here import Here

        found = cls.__new__(cls)
        found._door = Here(store)
        return found

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Release what is held; safe to call twice."""
        self._door.close()

    def ask(
        self,
        question: str,
        *,
        filters: wire.FiltersWire | Mapping[str, Any] | None = None,
        understood: wire.UnderstoodWire | Mapping[str, Any] | None = None,
        limit: int = 10,
        offset: int = 0,
        explain: bool = False,
    ) -> wire.AnswerWire:
        """Ask who has done what, where, and when.

        `understood` replaces the reading of the question; `filters` are conditions added to it, as
        `{"hazards": [{"id": "drought"}], "years": {"since": 2015}}`.
        """
        with of_its_form():
            asked = wire.Ask.model_validate(
                {
                    "question": question, "filters": filters, "understood": understood, "limit": limit,
                    "offset": offset, "explain": explain,
                }
            )  # fmt: skip
        return self._door.ask(asked)

    def everyone(
        self,
        question: str,
        *,
        filters: wire.FiltersWire | Mapping[str, Any] | None = None,
        understood: wire.UnderstoodWire | Mapping[str, Any] | None = None,
    ) -> Iterator[wire.ExpertWire]:
        """Everyone who meets all of the question, best first, asked for page by page."""
        given = 0
        while True:
            answer = self.ask(question, filters=filters, understood=understood, limit=MOST_ON_A_PAGE, offset=given)
            whole = [expert for expert in answer.experts if expert.whole]
            yield from whole
            given += len(whole)
            if not whole or given >= answer.total:
                return

    def understand(self, question: str) -> wire.UnderstoodWire:
        """Read a question without answering it."""
        with of_its_form():
            asked = wire.Understand(question=question)
        return self._door.understand(asked)

    def link(self, texts: Iterable[str], *, every: bool = False) -> list[wire.LinkedWire]:
        """Link texts to hazards and measures, in order; `every` gives every hazard, without a threshold."""
        given = [texts] if isinstance(texts, str) else list(texts)
        linked: list[wire.LinkedWire] = []
        for start in range(0, len(given), MOST_ON_A_PAGE):
            with of_its_form():
                asked = wire.LinkRequest(texts=given[start : start + MOST_ON_A_PAGE], all=every)
            linked += self._door.link(asked)
        return linked

    def experts(self, *, limit: int = 10, offset: int = 0) -> wire.People:
        """A page of the people who may be found, in the order of their numbers."""
        return self._door.experts(_page(limit, offset))

    def every_expert(self) -> Iterator[wire.PersonWire]:
        """Everyone who may be found, in the order of their numbers."""
        return _pages(self.experts)

    def expert(self, identifier: str) -> wire.PersonWire:
        """One person with all evidence, by number."""
        return self._door.expert(identifier)

    def cities(
        self, search: str | None = None, *, country: str | None = None, limit: int = 10, offset: int = 0
    ) -> wire.Cities:
        """A page of cities, the largest first: by a name in any script or a part of one, and by ISO country code."""
        with of_its_form():
            asked = wire.CitySearch(search=search, country=country, limit=limit, offset=offset)
        return self._door.cities(asked)

    def every_city(self, search: str | None = None, *, country: str | None = None) -> Iterator[wire.CityItem]:
        """Every such city, the largest first."""
        return _pages(lambda limit, offset: self.cities(search, country=country, limit=limit, offset=offset))

    def city(self, name: str) -> wire.CityWire:
        """A city, by GeoNames id, or by name in any script: the largest of that name."""
        return self._door.city(self._city_id(name))

    def peers(self, name: str, *, limit: int = 10) -> wire.PeersWire:
        """The cities that share most with a city, best first, and why."""
        return self._door.peers(self._city_id(name), _page(limit, 0).limit)

    def hazards(self) -> list[wire.HazardItem]:
        """All hazards."""
        return list(_pages(lambda limit, offset: self._door.hazards(_page(limit, offset))))

    def measures(self) -> list[wire.MeasureItem]:
        """All measures."""
        return list(_pages(lambda limit, offset: self._door.measures(_page(limit, offset))))

    def cypher(self, query: str, parameters: Mapping[str, Any] | None = None, **more: Any) -> wire.CypherWire:
        """Run a Cypher query that only reads; parameters as a mapping, or by name: `cypher("… $id", id="drought")`."""
        with of_its_form():
            asked = wire.Cypher(query=query, parameters={**(parameters or {}), **more})
        return self._door.cypher(asked)

    def schema(self) -> wire.SchemaWire:
        """What the graph consists of."""
        return self._door.schema()

    def status(self) -> wire.StatusWire:
        """What the network holds, and how many wait for consent, by country and programme; on its owner's machine."""
        return self._door.status()

    @staticmethod
    def frame(result: object) -> DataFrame:
        """A result as a pandas data frame; `docs/client.md` lists the columns."""
        return frames.frame(result)

    def _city_id(self, name: str) -> str:
        if name.isdecimal():
            return name
        found = self.cities(name, limit=MOST_ON_A_PAGE).items
        if not found:
            raise NotFound(f"There is no city named {name!r}.", "Try its English or local name, or its GeoNames id.")
        named = [city for city in found if city.name.casefold() == name.strip().casefold()]
        return (named or found)[0].id


def _page(limit: int, offset: int) -> wire.Page:
    with of_its_form():
        return wire.Page(limit=limit, offset=offset)


def _pages(page_of: Callable[..., _PageOf[_Item]]) -> Iterator[_Item]:
    offset = 0
    while True:
        items = page_of(limit=MOST_ON_A_PAGE, offset=offset).items
        yield from items
        offset += len(items)
        if len(items) < MOST_ON_A_PAGE:
            return
