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

Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class YearReading:
    """The bounds read, the pieces with those read marked, and stretches of the question that make no sense."""

    years: Years
    pieces: tuple[Piece, ...]
    senseless: tuple[Span, ...]


def read_years(pieces: list[Piece], today: date) -> YearReading:
    """Read every year of the pieces; further bounds narrow, and bounds that contradict each other make no sense."""
    reading = _Reading(list(pieces), today.year)
    reading.read()
    since, until = _together([bound for bound, _ in reading.bounds])
    if since is not None and until is not None and since > until:
        reading.senseless += [stretch for _, stretch in reading.bounds]
        since = until = None
    return YearReading(Years(since, until), tuple(reading.pieces), tuple(reading.senseless))


def _together(bounds: list[Years]) -> tuple[int | None, int | None]:
    """Open bounds narrow each other; single years and ranges ("2010, 2012 and 2015") are spanned."""
    ranges = [(bound.since, bound.until) for bound in bounds if bound.since is not None and bound.until is not None]
    since = [bound.since for bound in bounds if bound.since is not None and bound.until is None]
    until = [bound.until for bound in bounds if bound.until is not None and bound.since is None]
    if ranges:
        since.append(min(first for first, _ in ranges))
        until.append(max(last for _, last in ranges))
    return max(since, default=None), min(until, default=None)


class _Reading:
    """The pieces while their years are read: bounds found so far, each with its stretch of the question."""

    def __init__(self, pieces: list[Piece], this_year: int) -> None:
        self.pieces = pieces
        self.this_year = this_year
        self.bounds: list[tuple[Years, Span]] = []
        self.senseless: list[Span] = []

    def read(self) -> None:
        """Read from left to right."""
        index = 0
        while index < len(self.pieces):
            index = self._read_at(index)

    def _read_at(self, index: int) -> int:
        """Read what stands at the index, and return the index behind it."""
        piece = self.pieces[index]
        if _is_year(piece):
            return self._read_year(index)
        if piece.number is not None and piece.does("stretch"):
            return self._note(Years(since=self.this_year - piece.number), *self._with_preposition(index, index + 1))
        if piece.number is not None and (span := self._span_of_last(index)):
            decades = any(self.pieces[position].does("decade") for position in range(*span))
            return self._note(Years(since=self.this_year - piece.number * (10 if decades else 1)), *span)
        return index + 1

    def _read_year(self, index: int) -> int:
        """Read a year with the small words around it."""
        start, end = _ends(self.pieces[index])
        first, last = self._over_articles(index), self._over_units(index + 1)
        before, after = self._at(first - 1), self._at(last)
        if (second := self._second_year(index)) is not None:
            years, last = Years(start, _ends(self.pieces[second])[1]), self._over_units(second + 1)
            first -= before.does("between", "during", "since")
        elif after.does(*_FOLLOWING):
            years, last = _bounded(start, end, after, "_after"), last + 1
            first -= before.does("between", "during", "since", "until")
        elif before.does(*_LEADING):
            years, first = _bounded(start, end, before, ""), first - 1
        else:
            years, first = Years(start, end), index
        if self._is_possible(years.since) and years.until is not None and years.until > self.this_year:
            years = Years(since=years.since)  # an end that is still to come bounds nothing
        if all(bound is None or self._is_possible(bound) for bound in (years.since, years.until)):
            return self._note(years, first, last)
        self.senseless.append((self.pieces[first].start, self.pieces[last - 1].end))
        return self._use(first, last)

    def _is_possible(self, year: int | None) -> bool:
        return year is not None and EARLIEST <= year <= self.this_year

    def _second_year(self, index: int) -> int | None:
        """Where the other end of a range stands: "2010 to 2015", "2010-2015", "2010 and 2015"."""
        following = self._over_units(index + 1)
        if self._at(following).does("range", "and", "or"):
            following += 1
            while self._at(following).does("year", "stop"):
                following += 1
        return following if _is_year(self._at(following)) else None

    def _span_of_last(self, index: int) -> Span | None:
        """The pieces of "the last ten years" around its number, in whatever order the language has them."""
        first, last = index, index + 1
        while last - index <= 3 and self._at(last).does("year", "decade", "last", "last_after"):
            last += 1
        while index - first < 2 and self._at(first - 1).does("year", "decade", "last"):
            first -= 1
        around = [*self.pieces[first:index], *self.pieces[index + 1 : last]]
        said = any(piece.does("last", "last_after") for piece in around)
        unit = any(piece.does("year", "decade") for piece in around)
        return self._with_preposition(first, last) if said and unit else None

    def _with_preposition(self, first: int, last: int) -> Span:
        while self._at(first - 1).does("stop", "during", "in") and not self._at(first - 1).does("people"):
            first -= 1
            if self.pieces[first].does("during", "in"):
                break
        return first, last

    def _over_units(self, position: int) -> int:
        """The position behind words for "year" that begin there."""
        while self._at(position).does("year"):
            position += 1
        return position

    def _over_articles(self, position: int) -> int:
        """Where the words for "year" and an article before the position begin: "since the year", "in the"."""
        while self._at(position - 1).does("year") and not self._at(position - 1).does("since", "until"):
            position -= 1
        return position - (self._at(position - 1).does("stop") and self._at(position - 2).does(*_LEADING))

    def _at(self, position: int) -> Piece:
        """The piece at a position, or one that does nothing where there is none."""
        return self.pieces[position] if 0 <= position < len(self.pieces) else _NOTHING

    def _note(self, years: Years, first: int, last: int) -> int:
        self.bounds.append((years, (self.pieces[first].start, self.pieces[last - 1].end)))
        return self._use(first, last)

    def _use(self, first: int, last: int) -> int:
        for position in range(first, last):
            self.pieces[position] = self.pieces[position].used()
        return last


_NOTHING = Piece(0, 0, "")


def _is_year(piece: Piece) -> bool:
    return piece.number is not None and 1000 <= piece.number <= 9999 and not piece.cues


def _ends(piece: Piece) -> Span:
    """First and last year of a year, or of a decade ("the 1990s")."""
    year = piece.number or 0
    return year, year + 9 if piece.decade else year


def _bounded(start: int, end: int, cue: Piece, suffix: str) -> Years:
    if cue.does("since" + suffix):
        return Years(since=start)
    if cue.does("after" + suffix):
        return Years(since=end + 1)
    if cue.does("before" + suffix):
        return Years(until=start - 1)
    if cue.does("until" + suffix):
        return Years(until=end)
    return Years(start, end)
