"""Domain values to their wire form and back; nothing here decides anything."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from pydantic import JsonValue

from api import answer_form
from api import schemas as wire
from graph.model.answers import Answer, CityProfile, Expert, Named, Peer, PersonThere
from graph.model.hazards import Hazard, Measure
from graph.model.links import Link, Linked
from graph.model.places import City
from graph.model.questions import SLOTS, Alternative, AskRequest, Filters, Term, Understood, Years

if TYPE_CHECKING:
    from nlp.question.gazetteer import KnownCity


def term_from_wire(term: wire.TermWire) -> Term:
    """Return the domain's condition."""
    return Term(
        id=term.id,
        name=term.name or term.id,
        words=term.words,
        start=term.start,
        end=term.end,
        negated=term.negated,
        bound=term.as_,
        country=term.country,
        alternatives=tuple(Alternative(other.id, other.name, other.country) for other in term.alternatives or ()),
    )


def understood_to_wire(understood: Understood) -> wire.UnderstoodWire:
    """Return a reading's wire form."""
    return wire.UnderstoodWire.model_validate(answer_form.reading(understood))


def conditions_from_wire(conditions: wire.Conditions) -> Understood:
    """Return the domain's reading of given conditions."""
    return Understood(
        **{slot: tuple(map(term_from_wire, getattr(conditions, slot))) for slot in SLOTS},
        years=Years(conditions.years.since, conditions.years.until),
        like=tuple(map(term_from_wire, conditions.like)),
        any_of=tuple(tuple(map(term_from_wire, group)) for group in conditions.any_of),
        rest=getattr(conditions, "rest", ""),
        not_understood=tuple(getattr(conditions, "not_understood", ())),
    )


def request_from_wire(ask: wire.Ask) -> AskRequest:
    """Return the domain's request."""
    return AskRequest(
        question=ask.question,
        understood=conditions_from_wire(ask.understood) if ask.understood is not None else None,
        filters=None
        if ask.filters is None
        else Filters(
            conditions_from_wire(ask.filters), tuple(ask.filters.kinds), tuple(ask.filters.organisation_kinds)
        ),
        limit=ask.limit,
        offset=ask.offset,
        explain=ask.explain,
    )


def person_to_wire(expert: Expert) -> wire.PersonWire:
    """Return the wire form of a person outside an answer."""
    return wire.PersonWire.model_validate(answer_form.person(expert))


def answer_to_wire(answer: Answer, explain: bool = False) -> wire.AnswerWire:
    """Return the wire form of an answer."""
    return wire.AnswerWire.model_validate(answer_form.answer(answer, explain))


def _links(links: Iterable[Link]) -> list[wire.LinkWire]:
    return [wire.LinkWire.model_validate(link) for link in answer_form.links(links)]


def linked_to_wire(text: str, linked: Linked, identifier: JsonValue = None) -> wire.LinkedWire:
    """Return what one text was linked to; `id` stands there only where one was given."""
    fields: dict[str, Any] = {
        "text": text,
        "language": linked.language,
        "hazards": _links(linked.hazards),
        "measures": _links(linked.measures),
    }
    if identifier is not None:
        fields["id"] = identifier
    return wire.LinkedWire(**fields)


def city_to_wire(city: CityProfile) -> wire.CityWire:
    """Return the wire form of a city."""
    return wire.CityWire(
        id=city.id,
        name=city.name,
        country=city.country,
        region=city.region,
        population=city.population,
        traits=[wire.TraitWire.model_validate(asdict(trait)) for trait in city.traits],
        exposure=[wire.ExposureWire.model_validate(asdict(exposure)) for exposure in city.exposure],
        people=[_person_there(person) for person in city.people],
        alternatives=_alternatives(city.alternatives),
    )


def _person_there(person: PersonThere) -> wire.PersonThereWire:
    return wire.PersonThereWire.model_validate(
        {"id": person.id, "name": person.name, "as": list(person.joined), "why": person.why}
    )


def _alternatives(others: Iterable[Alternative]) -> list[wire.AlternativeWire]:
    return [wire.AlternativeWire(id=other.id, name=other.name, country=other.country) for other in others]


def peers_to_wire(city: Named, peers: Iterable[Peer], alternatives: Iterable[Alternative] = ()) -> wire.PeersWire:
    """Return the wire form of a city's peers."""
    return wire.PeersWire(
        city=wire.NamedWire(id=city.id, name=city.name),
        peers=[
            wire.PeerWire(
                id=peer.id,
                name=peer.name,
                country=peer.country,
                score=round(peer.score, 4),
                reasons=list(peer.reasons),
                people_there=peer.people_there,
                people=[
                    wire.PeerPersonWire(
                        id=person.id,
                        name=person.name,
                        position=person.position,
                        organisation=person.organisation,
                        why=person.why,
                    )
                    for person in peer.people
                ],
            )
            for peer in peers
        ],
        alternatives=_alternatives(alternatives),
    )


def city_item(city: City | KnownCity) -> wire.CityItem:
    """Return a city as it stands in a list."""
    return wire.CityItem(id=city.id, name=city.name, country=city.country, population=city.population)


def hazard_item(hazard: Hazard) -> wire.HazardItem:
    """Return a hazard as it stands in a list."""
    return wire.HazardItem(
        id=hazard.id,
        name=hazard.name,
        code=hazard.code,
        definition=hazard.definition,
        kind_of=list(hazard.kind_of),
        causes=list(hazard.causes),
    )


def measure_item(measure: Measure) -> wire.MeasureItem:
    """Return a measure as it stands in a list."""
    return wire.MeasureItem(
        id=measure.id,
        name=measure.name,
        kind=measure.kind,
        definition=measure.definition,
        reduces=[reduced.hazard for reduced in measure.reduces],
    )


def as_json(value: wire.Wire) -> dict[str, Any]:
    """Return the object that `--json` and HTTP both give: the contract's names, unset fields left out."""
    dumped: dict[str, Any] = value.model_dump(mode="json", by_alias=True, exclude_unset=True)
    return dumped
