"""The forms of `contract.md`, written down apart from the product's own, and what of a value is not of its form."""

import datetime
import re
from collections.abc import Callable, Iterator
from typing import Any

from graph.model.people import EXPERTISE_KINDS, ORGANISATION_KINDS, ROLES

TRAITS = (
    "delta", "coastal", "estuary", "riverside", "island", "small-island-state", "mountain", "arid", "megacity",
    "secondary-city", "capital",
)  # fmt: skip


class Maybe:
    def __init__(self, form: Any) -> None:
        self.form = form


class Left:
    """A field that may be absent, and has this form where it stands."""

    def __init__(self, form: Any) -> None:
        self.form = form


def shaped(pattern: str) -> Callable[[Any], bool]:
    return lambda value: isinstance(value, str) and re.fullmatch(pattern, value) is not None


def among(*values: str) -> Callable[[Any], bool]:
    return lambda value: value in values


def dated(value: Any) -> bool:
    return isinstance(value, str) and bool(datetime.date.fromisoformat(value))


def a_share(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool) and 0 <= value <= 1


COUNTRY, REGION, CITY, SLUG = shaped("[A-Z]{2}"), shaped(r"\d{3}"), shaped(r"\d+"), shaped("[a-z0-9]+(-[a-z0-9]+)*")
LANGUAGE = shaped("[a-z]{2,3}(-[A-Za-z0-9]{2,8})*")
BINDING = among("gained_in", "lives_in", "from")


def term(identifier: Any, **more: Any) -> dict[str, Any]:
    return {"id": identifier, "name": str, "words": str, "start": Maybe(int), "end": Maybe(int), "negated": bool} | more


ALTERNATIVE = {"id": CITY, "name": str, "country": COUNTRY}
CITY_TERM = term(CITY, **{"as": BINDING, "country": COUNTRY, "alternatives": [ALTERNATIVE]})
UNDERSTOOD = {
    "hazards": [term(SLUG)],
    "measures": [term(SLUG)],
    "traits": [term(among(*TRAITS), **{"as": BINDING})],
    "cities": [CITY_TERM],
    "countries": [term(COUNTRY, **{"as": BINDING})],
    "regions": [term(REGION, **{"as": BINDING})],
    "languages": [term(LANGUAGE)],
    "roles": [term(among(*ROLES))],
    "years": {"since": Maybe(int), "until": Maybe(int)},
    "like": [term(CITY)],
    "any_of": [[term(str)]],
    "rest": str,
    "not_understood": [str],
}
NAMED_CITY = {"id": CITY, "name": str}
LINK = {"id": SLUG, "score": a_share, "words": [str]}
EVIDENCE = {
    "expertise": str,
    "text": str,
    "language": Maybe(LANGUAGE),
    "city": Maybe(NAMED_CITY),
    "country": Maybe(COUNTRY),
    "traits": [{"id": among(*TRAITS), "name": str}],
    "hazards": [LINK],
    "measures": [{"id": SLUG, "name": str}],
    "since": Maybe(int),
    "until": Maybe(int),
    "role": Maybe(among(*ROLES)),
    "kind": among(*EXPERTISE_KINDS),
    "project": Maybe(str),
    "source": str,
    "weak": bool,
}
PERSON = {
    "id": str,
    "name": str,
    "country": Maybe(COUNTRY),
    "city": Maybe(CITY),
    "position": Maybe(str),
    "organisation": Maybe(str),
    "organisation_kind": Maybe(among(*ORGANISATION_KINDS)),
    "languages": [LANGUAGE],
    "studied": [{"programme": str, "year": Maybe(int)}],
    "confirmed": Maybe(dated),
    "synthetic": bool,
    "evidence": [EVIDENCE],
}
FOUND = {"score": a_share, "whole": bool, "missing": [str], "reasons": [str]}
EXPLAIN = [{"part": str, "value": float, "weight": float}]
FACET = {"id": str, "name": str, "count": int}
ANSWER = {
    "question": str,
    "understood": UNDERSTOOD,
    "total": int,
    "facets": {slot: [FACET] for slot in ("country", "region", "language", "hazard", "measure", "trait", "kind")},
    "experts": [PERSON | FOUND | {"explain": Left(EXPLAIN)}],
    "relax": [{"drop": term(str), "total": int}],
    "also": [{"id": SLUG, "name": str, "why": str}],
    "behind": int,
    "took_ms": float,
}
LINKED = {"text": str, "language": Maybe(LANGUAGE), "hazards": [LINK], "measures": [LINK]}
PERSON_THERE = {"id": str, "name": str, "position": Maybe(str), "organisation": Maybe(str), "why": str}
PEERS = {
    "city": NAMED_CITY,
    "peers": [
        {
            "id": CITY,
            "name": str,
            "country": COUNTRY,
            "score": a_share,
            "reasons": [str],
            "people_there": int,
            "people": [PERSON_THERE],
        }
    ],
}
PROFILE = {
    "id": CITY,
    "name": str,
    "country": COUNTRY,
    "region": Maybe(REGION),
    "population": int,
    "traits": [{"id": among(*TRAITS), "value": among("yes", "no", "unknown"), "ground": str}],
    "exposure": [
        {
            "hazard": SLUG,
            "level": Maybe(str),
            "grain": among("city", "country", "derived"),
            "source": str,
            "year": Maybe(int),
        }
    ],
    "people": [{"id": str, "name": str, "as": [among("lives_in", "works_in", "gained_in")], "why": str}],
}
PAGE = {"total": int}


def faults(value: Any, form: Any, path: str = "$") -> Iterator[str]:
    """Yield every place where a value is not of its form; fields beyond the form are allowed."""
    if isinstance(form, Maybe):
        if value is not None:
            yield from faults(value, form.form, path)
    elif isinstance(form, dict):
        if not isinstance(value, dict):
            yield f"{path}: {value!r} is no object"
            return
        for name, inner in form.items():
            if name not in value and not isinstance(inner, Left):
                yield f"{path}.{name}: absent"
            elif name in value:
                yield from faults(value[name], inner.form if isinstance(inner, Left) else inner, f"{path}.{name}")
    elif isinstance(form, list):
        if not isinstance(value, list):
            yield f"{path}: {value!r} is no list"
            return
        for place, item in enumerate(value):
            yield from faults(item, form[0], f"{path}[{place}]")
    elif isinstance(form, type):
        allowed = (int, float) if form is float else form
        if not isinstance(value, allowed) or (isinstance(value, bool) and form is not bool):
            yield f"{path}: {value!r} is no {form.__name__}"
    elif not form(value):
        yield f"{path}: {value!r} is not of its form"
