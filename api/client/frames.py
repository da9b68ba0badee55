"""Results as pandas data frames: one row for each piece of evidence, each link, each row, each thing in a list."""

from __future__ import annotations

import types
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any, Union, get_args, get_origin

from api import schemas as wire
from graph.errors import Unavailable, WrongInput

if TYPE_CHECKING:
    from pandas import DataFrame

PERSON = (
    "id", "name", "country", "city", "city_name", "position", "organisation", "organisation_kind", "languages",
    "confirmed", "synthetic",
)  # fmt: skip
FOUND = ("rank", "score", "whole", "missing", "reasons")
EVIDENCE = {
    "expertise": "expertise", "text": "text", "text_language": "language", "evidence_city": "city",
    "evidence_country": "country", "traits": "traits", "hazards": "hazards", "measures": "measures", "since": "since",
    "until": "until", "role": "role", "kind": "kind", "project": "project", "source": "source", "weak": "weak",
}  # fmt: skip
"""The columns of a piece of evidence, each with its field in the wire form."""
LINKED = ("text_number", "text", "language", "of", "link", "score", "words")

_WHOLE, _YES_OR_NO = "Int64", "boolean"
"""Types of pandas that hold nothing where nothing is known, so that a year stays a whole number."""
_TYPES = {
    "rank": _WHOLE, "since": _WHOLE, "until": _WHOLE, "text_number": _WHOLE, "synthetic": _YES_OR_NO,
    "whole": _YES_OR_NO, "weak": _YES_OR_NO, "score": "float64",
}  # fmt: skip


def frame(result: object) -> DataFrame:
    """A data frame of a result of the client, or of a list of its objects.

    An answer, people: a row for each piece of evidence. Linked texts: a row for each link. Cypher: its own rows.
    Any other list of one kind: a row for each, with its fields. Raises WrongInput for anything else, Unavailable
    where pandas is not installed.
    """
    if isinstance(result, wire.CypherWire):
        return _of_cypher(result)
    if isinstance(result, wire.AnswerWire):
        return _of_rows(_found_rows(result.experts), (*FOUND, *PERSON, *EVIDENCE))
    if isinstance(result, wire.PeersWire):
        return _of_list(result.peers, wire.PeerWire)
    if isinstance(result, wire.People | wire.Cities | wire.Hazards | wire.Measures):
        return frame(result.items)
    if isinstance(result, wire.PersonWire):
        return frame([result])
    if not isinstance(result, Iterable) or isinstance(result, str | bytes | Mapping | wire.Wire):
        raise WrongInput(
            f"There is no frame of a {type(result).__name__}.",
            "Give an answer, a Cypher result, linked texts, or a list of people, cities or other results.",
        )
    things = list(result)
    kinds = {type(thing) for thing in things}
    if not kinds:
        return _of_rows((), ())
    kind = kinds.pop()
    if kinds or not issubclass(kind, wire.Wire):
        raise WrongInput(
            "The list holds things of several kinds, or none of the client's.", "Give a list of one kind of results."
        )
    return _of_list(things, kind)


def _of_list(things: Sequence[Any], kind: type[wire.Wire]) -> DataFrame:
    if issubclass(kind, wire.ExpertWire):
        return _of_rows(_found_rows(things), (*FOUND, *PERSON, *EVIDENCE))
    if issubclass(kind, wire.PersonWire):
        return _of_rows(_person_rows(things), (*PERSON, *EVIDENCE))
    if issubclass(kind, wire.LinkedWire):
        return _of_rows(_link_rows(things), LINKED)
    types_by_name = {name: _pandas_type(field.annotation) for name, field in kind.model_fields.items()}
    rows = ([_plain(getattr(thing, name)) for name in types_by_name] for thing in things)
    return _of_rows(rows, tuple(types_by_name), types_by_name)


def _found_rows(experts: Iterable[wire.ExpertWire]) -> Iterator[list[Any]]:
    for rank, expert in enumerate(experts, 1):
        found = [rank, expert.score, expert.whole, expert.missing, expert.reasons]
        for row in _person_rows([expert]):
            yield found + row


def _person_rows(people: Iterable[wire.PersonWire]) -> Iterator[list[Any]]:
    """A row for each piece of evidence; whoever has none has a row without, so that nobody is left out in silence."""
    for person in people:
        known = [getattr(person, name) for name in PERSON]
        for evidence in person.evidence:
            yield known + [_plain(getattr(evidence, name)) for name in EVIDENCE.values()]
        if not person.evidence:
            yield known + [None] * len(EVIDENCE)


def _link_rows(texts: Iterable[wire.LinkedWire]) -> Iterator[list[Any]]:
    """A row for each link; a text that was linked to nothing has a row without."""
    for number, linked in enumerate(texts, 1):
        text = [number, linked.text, linked.language]
        for of, links in (("hazard", linked.hazards), ("measure", linked.measures)):
            for link in links:
                yield [*text, of, link.id, link.score, link.words]
        if not linked.hazards and not linked.measures:
            yield [*text, None, None, None, None]


def _of_cypher(result: wire.CypherWire) -> DataFrame:
    columns = list(zip(*result.rows, strict=True)) if result.rows else [()] * len(result.columns)
    types_by_name = {name: _pandas_type_of(cells) for name, cells in zip(result.columns, columns, strict=True)}
    return _of_rows(result.rows, tuple(result.columns), types_by_name)


def _of_rows(
    rows: Iterable[Sequence[Any]], columns: tuple[str, ...], types_by_name: Mapping[str, str | None] = _TYPES
) -> DataFrame:
    try:
        import pandas
    except ImportError as error:
        raise Unavailable("pandas is not installed here.", 'Install it: pip install "city2city[pandas]".') from error
    made = pandas.DataFrame.from_records(list(rows), columns=list(columns), coerce_float=False)
    return made.astype({name: kind for name in made.columns if (kind := types_by_name.get(name))})


def _plain(value: Any) -> Any:
    """A cell: of something named its id, of several the list of their ids."""
    if isinstance(value, list):
        return [_plain(each) for each in value]
    return value.id if isinstance(value, wire.NamedWire | wire.LinkWire | wire.PeerPersonWire) else value


def _pandas_type(annotation: Any) -> str | None:
    """The type for a field of the wire form, where it matters; texts and lists stay what they are."""
    kinds = (
        set(get_args(annotation)) - {type(None)} if get_origin(annotation) in (Union, types.UnionType) else {annotation}
    )
    return {int: _WHOLE, bool: _YES_OR_NO, float: "float64"}.get(kinds.pop()) if len(kinds) == 1 else None


def _pandas_type_of(cells: Iterable[Any]) -> str | None:
    """The type for a column of which only the values are known."""
    kinds = {type(cell) for cell in cells if cell is not None}
    if kinds == {int}:
        return _WHOLE
    if kinds == {bool}:
        return _YES_OR_NO
    return "float64" if kinds and kinds <= {int, float} else None
