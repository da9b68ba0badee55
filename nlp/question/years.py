"""Years of a question: since, before, between, in one year, in the last so many years."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from graph.model.questions import Years
from nlp.question.pieces import Piece

EARLIEST = 1900
"""No expertise of a living person began before; an earlier year is not understood."""

_LEADING = ("since", "after", "before", "until", "during")
_FOLLOWING = ("since_after", "after_after", "before_after", "until_after")


@dataclass(frozen=True, slots=True)
class YearReading:
    """The bounds read, the pieces with those read marked, and stretches (in the normalised text) that make no sense."""

    years: Years
    pieces: tuple[Piece, ...]
    senseless: tuple[tuple[int, int], ...]


def read_years(pieces: list[Piece], today: date) -> YearReading:
    """Read every year of the pieces; a later bound narrows an earlier one."""
    pieces = list(pieces)
    bounds: list[tuple[Years, int, int]] = []
    senseless: list[tuple[int, int]] = []
    index = 0
    while index < len(pieces):
        if _is_year(pieces[index]):
            index = _read_at(pieces, index, today, bounds, senseless)
        elif pieces[index].does("stretch"):
            span = _with_preposition(pieces, index, index + 1)
            index = _note(Years(since=today.year - (pieces[index].number or 0)), pieces, *span, bounds)
        elif pieces[index].number is not None and (around := _span_of_last(pieces, index)):
            length = (pieces[index].number or 0) * (10 if any(pieces[i].does("decade") for i in range(*around)) else 1)
            index = _note(Years(since=today.year - length), pieces, *around, bounds)
        else:
            index += 1
    since = max((bound.since for bound, *_ in bounds if bound.since is not None), default=None)
    until = min((bound.until for bound, *_ in bounds if bound.until is not None), default=None)
    if since is not None and until is not None and since > until:
        senseless += [(start, end) for _, start, end in bounds]
        since = until = None
    return YearReading(Years(since, until), tuple(pieces), tuple(senseless))


def _is_year(piece: Piece) -> bool:
    return piece.number is not None and (1000 <= piece.number <= 9999) and not piece.cues


def _read_at(
    pieces: list[Piece],
    index: int,
    today: date,
    bounds: list[tuple[Years, int, int]],
    senseless: list[tuple[int, int]],
) -> int:
    """Read the year at the index with the small words around it; return the index behind what was read."""
    first, last = index, index + 1
    year = pieces[index].number or 0
    end_year = year + 9 if pieces[index].decade else year
    years: Years | None = None
    second = _second_year(pieces, index)
    while first > 0 and pieces[first - 1].does("year") and not pieces[first - 1].does("since", "until"):
        first -= 1
    if first > 1 and pieces[first - 1].does("stop") and pieces[first - 2].does(*_LEADING):
        first -= 1
    before = pieces[first - 1] if first > 0 else None
    while last < len(pieces) and pieces[last].does("year"):
        last += 1
    after = pieces[last] if last < len(pieces) else None
    if second is not None:
        other = pieces[second].number or 0
        years, last = Years(year, other + 9 if pieces[second].decade else other), second + 1
        while last < len(pieces) and pieces[last].does("year"):
            last += 1
        first -= before is not None and before.does("between", "during", "since")
    elif after is not None and after.does(*_FOLLOWING):
        years, last = _bounded(year, end_year, after, "_after"), last + 1
        first -= before is not None and before.does("since", "during", "until", "between")
    elif before is not None and before.does(*_LEADING):
        years, first = _bounded(year, end_year, before, ""), first - 1
    else:
        first, years = index, Years(year, end_year)
    if all(bound is None or EARLIEST <= bound <= today.year for bound in (years.since, years.until)):
        return _note(years, pieces, first, last, bounds)
    if years.since is not None and EARLIEST <= years.since <= today.year:
        return _note(Years(since=years.since), pieces, first, last, bounds)  # an end still to come bounds nothing
    senseless.append((pieces[first].start, pieces[last - 1].end))
    return _use(pieces, first, last)


def _second_year(pieces: list[Piece], index: int) -> int | None:
    """Where the other end of a range stands: "2010 to 2015", "2010-2015"; "2010 and 2015" only behind "between"."""
    following = index + 1
    while following < len(pieces) and pieces[following].does("year"):
        following += 1
    if following < len(pieces) and pieces[following].does("range"):
        conjoined = pieces[following].does("and")
        opened = any(pieces[i].does("between") for i in range(max(0, index - 3), index))
        following += 1
        while following < len(pieces) and pieces[following].does("year", "stop"):
            following += 1
        if conjoined and not opened:
            return None
    return following if following < len(pieces) and following > index and _is_year(pieces[following]) else None


def _bounded(year: int, end_year: int, cue: Piece, suffix: str) -> Years:
    if cue.does("since" + suffix):
        return Years(since=year)
    if cue.does("after" + suffix):
        return Years(since=end_year + 1)
    if cue.does("before" + suffix):
        return Years(until=year - 1)
    if cue.does("until" + suffix):
        return Years(until=end_year)
    return Years(year, end_year)


def _span_of_last(pieces: list[Piece], index: int) -> tuple[int, int] | None:
    """The pieces of "the last ten years" around its number, in whatever order the language has them."""
    first, last = index, index + 1
    said = unit = False
    while last < len(pieces) and last - index <= 3:
        if pieces[last].does("year", "decade"):
            unit = True
            said = said or pieces[last].does("last")
        elif pieces[last].does("last", "last_after"):
            said = True
        else:
            break
        last += 1
    while first > 0 and index - first < 2:
        if pieces[first - 1].does("last"):
            said = True
            unit = unit or pieces[first - 1].does("year")
        elif pieces[first - 1].does("year", "decade"):
            unit = True
        else:
            break
        first -= 1
    return _with_preposition(pieces, first, last) if said and unit else None


def _with_preposition(pieces: list[Piece], first: int, last: int) -> tuple[int, int]:
    while first > 0 and pieces[first - 1].does("stop", "during", "in") and not pieces[first - 1].does("people"):
        first -= 1
        if pieces[first].does("during", "in"):
            break
    return first, last


def _note(years: Years, pieces: list[Piece], first: int, last: int, bounds: list[tuple[Years, int, int]]) -> int:
    bounds.append((years, pieces[first].start, pieces[last - 1].end))
    return _use(pieces, first, last)


def _use(pieces: list[Piece], first: int, last: int) -> int:
    for position in range(first, last):
        pieces[position] = pieces[position].used()
    return last
