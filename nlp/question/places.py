"""Cities with the country named beside them, and which of several cities of one name is meant."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from nlp.question.gazetteer import KnownCity
from nlp.question.pieces import Piece

SIZABLE = 200_000
"""People from which a city of that very name is meant, rather than a larger one that is also called so."""


def fold_countries(pieces: list[Piece]) -> list[Piece]:
    """Make "Rotterdam, Netherlands" one piece: the city in that country, without a condition for the country."""
    folded: list[Piece] = []
    index = 0
    while index < len(pieces):
        piece = pieces[index]
        country = _country_after(pieces, index)
        if piece.cities and country is not None and (code := _shared(piece, pieces[country])):
            closing = country + 1 < len(pieces) and pieces[country + 1].words == ")"
            folded.append(replace(piece, country=code, end=pieces[country].end))
            index = country + 1 + closing
            continue
        together = folded and _names_country(folded[-1]) and folded[-1].end == piece.start  # as in Chinese
        if piece.cities and together and (code := _shared(piece, folded[-1])):
            piece = replace(piece, country=code, start=folded.pop().start)
        folded.append(piece)
        index += 1
    return folded


def choose(cities: tuple[KnownCity, ...], countries: Iterable[str]) -> tuple[KnownCity, ...]:
    """The cities with the one meant first: in a country that the question names, its own name, most people."""
    named = frozenset(countries)
    return tuple(sorted(cities, key=lambda city: (city.country not in named, *_likeliness(cities, city))))


def _likeliness(cities: tuple[KnownCity, ...], city: KnownCity) -> tuple[bool, int]:
    """A sizable city that bears the name itself goes before a larger one that is only also called so."""
    sizable = city.population >= SIZABLE or city.population * 10 >= cities[0].population
    return not (city.own_name and sizable), -city.population


def _country_after(pieces: list[Piece], index: int) -> int | None:
    following = index + 1
    if following < len(pieces) and (
        pieces[following].words in (",", "(", "،", "，") or _only_places(pieces[following])
    ):
        following += 1
    if following < len(pieces) and pieces[following].does("stop"):
        following += 1
    return following if following < len(pieces) and _names_country(pieces[following]) else None


def _only_places(piece: Piece) -> bool:
    return piece.does("in", "of") and not piece.does("and", "or", "not", "lives")


def _names_country(piece: Piece) -> bool:
    return piece.place is not None and piece.place.slot == "countries" and piece.origin is None


def _shared(city: Piece, country: Piece) -> str | None:
    """The country, if a city of that name lies in it."""
    code = country.place.id if country.place else None
    return code if any(known.country == code for known in city.cities) else None
