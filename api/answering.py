"""What a network answers: the same calls behind the command line, HTTP and pages."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from time import perf_counter
from typing import TYPE_CHECKING

from graph.errors import NotFound, WrongInput
from graph.model.answers import Answer, CityProfile, Expert, Named, Peer
from graph.model.questions import Alternative, AskRequest, Understood, Years

if TYPE_CHECKING:
    from api.wiring import Network
    from graph.model.links import Linked
    from graph.model.places import City
    from nlp.question.gazetteer import KnownCity


def understand(network: Network, question: str) -> Understood:
    """Read a question. Raises WrongInput for one that is too long."""
    return network.reader.read(question, date.today())


def ask(network: Network, request: AskRequest, seconds: float | None = None) -> Answer:
    """Answer a question with people and their evidence; a given reading replaces the reader's.

    Raises LimitReached where it takes more than `seconds`, else than the settings allow.
    """
    from api.given import with_known
    from graph.answers import experts as expert_answers
    from graph.answers.deadline import Deadline

    began = perf_counter()
    deadline = Deadline.after(network.settings.ask_seconds if seconds is None else seconds, began)
    for given in (request.understood, request.filters.conditions if request.filters else None):
        if given is not None:
            require_forward(given.years)
    request = with_known(network, request)
    understood = request.understood if request.understood is not None else understand(network, request.question)
    deadline.look()
    told = network.standing.told()
    answer = expert_answers.ask(network.index, request, understood, network.embedder, began=began, deadline=deadline)
    return replace(answer, behind=told.behind, as_of=told.as_of)


def require_forward(years: Years) -> None:
    """Raise WrongInput for years that end before they begin."""
    if years.since is not None and years.until is not None and years.since > years.until:
        raise WrongInput(f"The years run backwards: since {years.since}, until {years.until}.", "Exchange them.")


def link(network: Network, texts: Sequence[str], every: bool = False) -> list[Linked]:
    """Link texts to hazards and measures; `every` gives every hazard, best first, without a threshold."""
    return network.linker.rank(texts) if every else network.linker.link(texts)


def expert(network: Network, key: str) -> Expert:
    """Return one person with all evidence. Raises NotFound."""
    from graph.answers import experts as expert_answers

    network.standing.told()
    found = expert_answers.expert(network.index, key)
    if found is None:
        raise NotFound(f"Nobody in the network has the number {key!r}.", "Look people up with c2c ask or GET /experts.")
    return found


def experts(network: Network, limit: int, offset: int) -> tuple[int, list[Expert]]:
    """Return how many people there are, and a page of them in key order."""
    from graph.answers import experts as expert_answers

    network.standing.told()
    return expert_answers.experts(network.index, limit, offset)


def find_city(network: Network, name: str) -> City:
    """Return the city that a name or GeoNames id means: the largest of that name.

    Raises NotFound where there is none, WrongInput where the name is empty.
    """
    if not name.strip():
        raise WrongInput("The city's name is empty.", "Give a name or a GeoNames id.")
    city = network.places.city(name) if name.isdecimal() else None
    if city is None and (bearers := network.gazetteer.named(name)):
        city = network.places.city(bearers[0].id)
    if city is None and (others := network.places.find(name)):
        city = others[0]  # a code or a spelling that questions are not read by
    if city is None:
        near = ", ".join(f"{other.name}, {other.country} ({other.id})" for other in _misspelled(network, name))
        mend = f"Perhaps: {near}." if near else "Try its English or local name, or its GeoNames id."
        raise NotFound(f"There is no city named {name!r}.", mend)
    return city


def city_by_id(network: Network, identifier: str) -> City:
    """Return a city by GeoNames id. Raises NotFound."""
    city = network.places.city(identifier)
    if city is None:
        raise NotFound(f"There is no city with the id {identifier!r}.", "Look it up with GET /cities?search=NAME.")
    return city


def cities(
    network: Network, limit: int, offset: int, search: str | None = None, country: str | None = None
) -> tuple[int, list[KnownCity]]:
    """Return how many cities there are, of a name or part of one and of a country where given, and a page of them."""
    return network.gazetteer.listed(limit, offset, search or "", country or "")


def profile(network: Network, city: City, name: str | None = None) -> CityProfile:
    """Return all that is shown of a city, which was asked for by `name` or its id."""
    from graph.answers import cities as city_answers

    shown = city_answers.profile(city, network.places.country_exposure(city.country), network.index)
    return replace(shown, alternatives=_namesakes(network, city, name))


def peers(
    network: Network, city: City, limit: int, name: str | None = None
) -> tuple[Named, list[Peer], tuple[Alternative, ...]]:
    """Return a city, those that share most with it, best first, and the others of the name that it was asked by."""
    return Named(city.id, city.name), network.peer_index().peers(city, limit), _namesakes(network, city, name)


def _namesakes(network: Network, city: City, name: str | None) -> tuple[Alternative, ...]:
    asked = city.name if name is None or name.isdecimal() else name
    bearers = network.gazetteer.named(asked)
    return tuple(Alternative(other.id, other.name, other.country) for other in bearers if other.id != city.id)


def _misspelled(network: Network, name: str) -> tuple[KnownCity, ...]:
    from nlp.normalising import fold

    return network.gazetteer.misspelled(fold(name))
