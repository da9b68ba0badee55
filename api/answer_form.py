"""Answers, people and readings as the JSON objects of the contract, made by hand.

`api.schemas` describes the same objects and checks what comes in. What goes out was made here, so it is not checked
once more: that took as long as encoding it twice, and the tests hold it to the contract.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict
from typing import Any

from graph.model.answers import Answer, Evidence, Expert, Named
from graph.model.links import Link
from graph.model.questions import SLOTS, Term, Understood

Object = dict[str, Any]

PLACE_SLOTS = frozenset({"traits", "cities", "countries", "regions"})


def term(value: Term, slot: str | None = None) -> Object:
    """Return a condition; a place's and a trait's carries `as`, a city's its country and alternatives."""
    fields: Object = {
        "id": value.id,
        "name": value.name,
        "words": value.words,
        "start": value.start,
        "end": value.end,
        "negated": value.negated,
    }
    if value.bound is not None or slot in PLACE_SLOTS:
        fields["as"] = value.bound or "gained_in"
    if value.country is not None:
        fields["country"] = value.country
        fields["alternatives"] = [asdict(other) for other in value.alternatives]
    return fields


def reading(understood: Understood) -> Object:
    """Return a reading."""
    return {
        **{slot: [term(each, slot) for each in getattr(understood, slot)] for slot in SLOTS},
        "years": {"since": understood.years.since, "until": understood.years.until},
        "like": [term(each) for each in understood.like],
        "any_of": [[term(each) for each in group] for group in understood.any_of],
        "rest": understood.rest,
        "not_understood": list(understood.not_understood),
    }


def named(value: Named) -> Object:
    """Return an id with its name."""
    return {"id": value.id, "name": value.name}


def links(found: Iterable[Link]) -> list[Object]:
    """Return links with their scores and the words that show them."""
    return [{"id": link.id, "score": round(link.score, 4), "words": list(link.words)} for link in found]


def evidence(item: Evidence) -> Object:
    """Return one expertise, V in the contract."""
    return {
        "expertise": item.expertise,
        "text": item.text,
        "language": item.language,
        "city": named(item.city) if item.city is not None else None,
        "country": item.country,
        "traits": [named(trait) for trait in item.traits],
        "hazards": links(item.hazards),
        "measures": [named(measure) for measure in item.measures],
        "since": item.since,
        "until": item.until,
        "role": item.role,
        "kind": item.kind,
        "project": item.project,
        "source": item.source,
        "weak": item.weak,
    }


def person(expert: Expert) -> Object:
    """Return a person outside an answer."""
    return {
        "id": expert.id,
        "name": expert.name,
        "country": expert.country,
        "city": expert.city,
        "city_name": expert.city_name,
        "position": expert.position,
        "organisation": expert.organisation,
        "organisation_kind": expert.organisation_kind,
        "languages": list(expert.languages),
        "studied": [{"programme": study.programme, "year": study.year} for study in expert.studied],
        "confirmed": expert.confirmed,
        "synthetic": expert.synthetic,
        "evidence": [evidence(item) for item in expert.evidence],
    }


def found(expert: Expert, explain: bool) -> Object:
    """Return a person found, E in the contract; the score taken apart only where asked for."""
    fields = person(expert) | {
        "score": round(min(max(expert.score, 0.0), 1.0), 6),
        "whole": expert.whole,
        "missing": list(expert.missing),
        "reasons": list(expert.reasons),
    }
    if explain:
        fields["explain"] = [{"part": part.part, "value": part.value, "weight": part.weight} for part in expert.explain]
    return fields


def answer(given: Answer, explain: bool = False) -> Object:
    """Return an given."""
    return {
        "question": given.question,
        "understood": reading(given.understood),
        "total": given.total,
        "facets": {
            slot: [{"id": value.id, "name": value.name, "count": value.count} for value in values]
            for slot, values in given.facets.items()
        },
        "experts": [found(expert, explain) for expert in given.experts],
        "relax": [{"drop": term(relax.drop), "total": relax.total} for relax in given.relax],
        "also": [{"id": also.id, "name": also.name, "why": also.why} for also in given.also],
        "behind": given.behind,
        **({"as_of": given.as_of} if given.as_of is not None else {}),
        "took_ms": round(given.took_ms, 2),
    }
