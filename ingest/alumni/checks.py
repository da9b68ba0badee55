"""One row -> its parts, checked; or every reason why it is refused."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from graph.model.people import EXPERTISE_KINDS, ORGANISATION_KINDS, ROLES, Spoken
from ingest.alumni import values as read
from ingest.alumni.contact_details import MASK, found
from ingest.alumni.mapped import Row
from ingest.alumni.places import FormerCountry, PlaceReader
from ingest.alumni.refusals import Note, NoteKind, shown
from ingest.alumni.template import COLUMNS, Part
from ingest.alumni.values import Doubt

STATED_KINDS = tuple(kind for kind in EXPERTISE_KINDS if kind not in ("programme", "position"))
LONGEST_TEXT = 20_000

_PART = {column.name: column.part for column in COLUMNS}
_NUMBERS = frozenset({"alumnus_id", "expertise_id"})
_SPREADSHEET_ERRORS = frozenset({"#N/A", "#REF!", "#VALUE!", "#NAME?", "#DIV/0!", "#NULL!", "#NUM!"})

Value = str | int | bool | tuple[Spoken, ...]


@dataclass(frozen=True, slots=True)
class CheckedRow:
    """A row whose every value was read: cities are GeoNames ids, countries ISO codes, years integers."""

    row: Row
    alumnus: str
    parts: Mapping[Part, Mapping[str, Value]] = field(default_factory=dict)

    def get(self, part: Part, column: str) -> str | None:
        """A column's text, or None where it is empty."""
        value = self.parts.get(part, {}).get(column)
        return value if isinstance(value, str) else None

    def year(self, part: Part, column: str) -> int | None:
        """A column's year, or None where it is empty."""
        value = self.parts.get(part, {}).get(column)
        return value if isinstance(value, int) else None


class RowChecker:
    """Checks rows of one load; equal cells are read once."""

    def __init__(self, places: PlaceReader, today: datetime.date) -> None:
        self._places = places
        self._readers = _readers(places, today)
        self._known: dict[str, dict[str, Value | Doubt]] = {column: {} for column in _PART}
        self._noticed: set[tuple[str, str | None]] = set()

    def check(self, row: Row) -> tuple[CheckedRow | None, list[Note]]:
        """The checked row with its warnings, or None with everything that is wrong with it."""
        doubts: list[tuple[str, str, Doubt]] = []
        warnings: list[tuple[str, str, Doubt]] = []
        parts: dict[Part, dict[str, Value]] = {}
        if row.beyond:
            doubt = Doubt("lies beyond the last header", "Put cells that hold the separator in quotes.")
            doubts.append(("", row.beyond[0], doubt))
        for column, text in row.values.items():
            try:
                parts.setdefault(_PART[column], {})[column] = self._value(column, text)
            except FormerCountry as doubt:
                warnings.append((column, text, doubt))
            except Doubt as doubt:
                doubts.append((column, text, doubt))
        if "alumnus_id" not in row.values:
            doubts.append(("alumnus_id", "", Doubt("is missing", "Give the person a number that stays the same.")))
        self._read_cities(row, parts, doubts, warnings)
        doubts.extend(_order_of_years(row, parts))
        doubts.extend(_lonely_parts(row))
        if doubts:
            return None, [note("refused", row, *doubt) for doubt in doubts]
        return CheckedRow(row, row.values["alumnus_id"], parts), [note("warning", row, *one) for one in warnings]

    def _value(self, column: str, text: str) -> Value:
        known = self._known[column]
        value = known.get(text)
        if value is None:
            value = known[text] = self._read(column, text)
        if isinstance(value, Doubt):
            raise type(value)(value.reason, value.mend)
        return value

    def _read(self, column: str, text: str) -> Value | Doubt:
        try:
            if _PART[column] is not Part.CONTACT:
                _refuse_contact_details(column, text)
            reader = self._readers.get(column)
            return text if reader is None else reader(text)
        except Doubt as doubt:
            return doubt

    def _read_cities(
        self,
        row: Row,
        parts: dict[Part, dict[str, Value]],
        doubts: list[tuple[str, str, Doubt]],
        warnings: list[tuple[str, str, Doubt]],
    ) -> None:
        for part, city_column, country_column in _CITY_COLUMNS:
            text = row.values.get(city_column)
            if text is None or any(column in (city_column, country_column) for column, _, _ in doubts):
                continue
            country = parts.get(part, {}).get(country_column)
            country = country if isinstance(country, str) else None
            try:
                city = self._places.city(text, country)
            except Doubt as doubt:
                doubts.append((city_column, text, doubt))
                continue
            parts[part] |= {city_column: city.id, country_column: city.country}
            notice = self._places.notices.get((text, country))
            if notice and (text, country) not in self._noticed:
                self._noticed.add((text, country))
                warnings.append(
                    (city_column, text, Doubt(notice, "Write another's GeoNames number where it is meant."))
                )


_CITY_COLUMNS = (
    (Part.PERSON, "home_city", "home_country"),
    (Part.JOB, "organisation_city", "organisation_country"),
    (Part.EXPERTISE, "expertise_city", "expertise_country"),
)
_YEAR_PAIRS = ((Part.EXPERTISE, "since", "until"), (Part.JOB, "position_since", "position_until"))


def note(kind: NoteKind, row: Row, column: str, text: str, doubt: Doubt) -> Note:
    """A line of the report on a row; contact columns are masked whole."""
    value = MASK if text and _PART.get(column) is Part.CONTACT else shown(text)
    alumnus = row.values.get("alumnus_id", "")
    if any(one.kind == "e-mail address" for one in found(alumnus)):
        alumnus = shown(alumnus)
    if column in _NUMBERS and value:
        value = alumnus if column == "alumnus_id" else text
    return Note(kind, row.number, row.line, alumnus, column, value, doubt.reason, doubt.mend)


def _readers(places: PlaceReader, today: datetime.date) -> dict[str, Callable[[str], Value]]:
    readers: dict[str, Callable[[str], Value]] = {
        "alumnus_id": _key,
        "expertise_id": _key,
        "languages": read.languages,
        "confirmed": lambda text: read.date(text, today),
        "consent_date": lambda text: read.date(text, today),
        "synthetic": read.yes_or_no,
        "consent": read.yes_or_no,
        "expertise_kind": lambda text: read.one_of(text, STATED_KINDS),
        "organisation_kind": lambda text: read.one_of(text, ORGANISATION_KINDS),
        "email": _address,
    }
    readers |= dict.fromkeys(("role", "expertise_role"), lambda text: read.one_of(text, ROLES))
    readers |= dict.fromkeys(("thesis_language", "expertise_language"), read.language)
    countries = ("country", "home_country", "organisation_country", "expertise_country")
    readers |= dict.fromkeys(countries, places.country)
    years = ("programme_year", "position_since", "position_until", "since", "until")
    return readers | dict.fromkeys(years, lambda text: read.year(text, today))


def _refuse_contact_details(column: str, text: str) -> None:
    if text in _SPREADSHEET_ERRORS:
        raise Doubt("is an error of a spreadsheet", "Mend the formula, or empty the cell.")
    if len(text) > LONGEST_TEXT:
        raise Doubt(f"is longer than {LONGEST_TEXT:,} characters", "Shorten it, or make several expertises of it.")
    kinds = [one.kind for one in found(text) if one.kind == "e-mail address" or column not in _NUMBERS]
    if kinds:
        article = "an" if kinds[0].startswith("e") else "a"
        raise Doubt(f"holds {article} {kinds[0]}", "Take it out; contact details belong in their own columns.")


def _key(text: str) -> str:
    if len(text) > 200 or not text.isprintable():
        raise Doubt("is no number that can be kept", "Write at most 200 printable characters.")
    return text


def _address(text: str) -> str:
    if "@" not in text:
        raise Doubt("is no e-mail address", "Mend it, or leave it empty.")
    return text


def _order_of_years(row: Row, parts: Mapping[Part, Mapping[str, Value]]) -> list[tuple[str, str, Doubt]]:
    wrong = []
    for part, first, last in _YEAR_PAIRS:
        since, until = (parts.get(part, {}).get(column) for column in (first, last))
        if isinstance(since, int) and isinstance(until, int) and since > until:
            doubt = Doubt(f"lies before {first}, which is {since}", f"Mend {first} or {last}.")
            wrong.append((last, row.values[last], doubt))
    return wrong


def _lonely_parts(row: Row) -> list[tuple[str, str, Doubt]]:
    """Values that say something of an expertise, a study or a job that the row does not name."""
    wrong = []
    for needed, dependents, way_out in _NEEDS:
        lonely = [column for column in dependents if column in row.values]
        if lonely and not any(column in row.values for column in needed):
            doubt = Doubt(f"is empty, while {lonely[0]} is filled", way_out)
            wrong.append((needed[0], "", doubt))
    return wrong


_NEEDS: tuple[tuple[tuple[str, ...], tuple[str, ...], str], ...] = (
    (
        ("expertise_text",),
        ("expertise_id", "project", "expertise_city", "since", "until", "expertise_role"),
        "Write what was done, or empty the columns of the expertise.",
    ),
    (("programme", "thesis_title"), ("programme_year",), "Write the programme, or empty its year."),
    (
        ("organisation", "position"),
        ("organisation_city", "position_since", "position_until", "role", "level"),
        "Write the organisation or the job title, or empty the columns of the position.",
    ),
)
