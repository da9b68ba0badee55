"""A table's rows under our column names: what a mapping makes of other people's columns."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from graph.errors import WrongInput
from ingest.alumni.mapping import ColumnMapping, nearest
from ingest.alumni.reading import RawRow, Table, column_letter
from ingest.alumni.template import COLUMNS

_OURS = tuple(column.name for column in COLUMNS)
_REQUIRED = tuple(column.name for column in COLUMNS if column.required)
_PLACE = re.compile(r"\{([^{}]*)\}")

Taker = Callable[[Sequence[str]], str]
"""What one of our columns gets from the cells of a row."""


@dataclass(frozen=True, slots=True)
class Row:
    """A row as mapped: our columns that are filled, without blanks around; and how many cells had no header."""

    number: int
    line: int | None
    values: Mapping[str, str]
    beyond: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Mapped:
    """How a table's columns were taken: in words for each of ours, those that nothing uses, the takers."""

    used: Mapping[str, str]
    unused: tuple[str, ...]
    takers: Mapping[str, Taker]
    width: int

    def rows(self, table: Table) -> Iterator[Row]:
        """Each row of the table under our column names."""
        takers = tuple(self.takers.items())
        for raw in table.rows:
            cells = raw.cells
            if len(cells) < self.width:
                cells = [*cells, *[""] * (self.width - len(cells))]
            values = {ours: value for ours, take in takers if (value := take(cells))}
            yield Row(raw.number, raw.line, values, _beyond(raw, self.width))


def map_columns(table: Table, mapping: ColumnMapping) -> Mapped:
    """Find for each of our columns what fills it; raises WrongInput for columns that are not there or stand twice."""
    positions = _positions(table)
    translations = {_position(table, positions, theirs): values for theirs, values in mapping.their_values.items()}
    takers: dict[str, Taker] = {}
    used: dict[str, str] = {}
    taken: set[int] = set()

    def cell(index: int) -> Taker:
        taken.add(index)
        return _cell(index, translations.get(index))

    for ours, theirs in mapping.columns.items():
        takers[ours], used[ours] = _taker(table, positions, theirs, cell)
    if mapping.same_names:
        for index, header in enumerate(table.headers):
            ours = like_ours(header)
            if ours in _OURS and ours not in takers:
                _stands_once(table, positions, header)
                takers[ours], used[ours] = cell(index), header
    for ours, value in mapping.constants.items():
        takers[ours], used[ours] = _constant(value), f'"{value}" in each row'
    for ours, values in mapping.values.items():
        if ours in takers:
            takers[ours] = _translated(takers[ours], values)
    for ours, needed in mapping.only_with.items():
        if ours in takers and needed in takers:
            takers[ours] = _only_with(takers[ours], takers[needed])
    _require(table, takers)
    unused = tuple(header for index, header in enumerate(table.headers) if index not in taken)
    in_order = {ours: takers[ours] for ours in _OURS if ours in takers}
    return Mapped({ours: used[ours] for ours in in_order}, unused, in_order, len(table.headers))


def like_ours(header: str) -> str:
    """A header as our columns are written: "Alumnus ID" is alumnus_id."""
    return re.sub(r"[\s_-]+", "_", header.strip().casefold())


def _positions(table: Table) -> dict[str, list[int]]:
    positions: dict[str, list[int]] = {}
    for index, header in enumerate(table.headers):
        positions.setdefault(like_ours(header), []).append(index)
    return positions


def _position(table: Table, positions: Mapping[str, list[int]], theirs: str) -> int:
    name = like_ours(theirs)
    if name not in positions:
        raise WrongInput(
            f'The mapping names the column "{theirs}", which {table.name} does not have.',
            nearest(theirs, table.headers),
        )
    _stands_once(table, positions, theirs)
    return positions[name][0]


def _stands_once(table: Table, positions: Mapping[str, list[int]], header: str) -> None:
    places = positions[like_ours(header)]
    if len(places) > 1:
        letters = " and ".join(column_letter(index) for index in places)
        raise WrongInput(
            f'The column "{header}" stands {len(places)} times in {table.name}: {letters}.',
            "Keep one of them, or give the other another name.",
        )


def _taker(
    table: Table, positions: Mapping[str, list[int]], theirs: str | tuple[str, ...], cell: Callable[[int], Taker]
) -> tuple[Taker, str]:
    if isinstance(theirs, tuple):
        parts = [cell(_position(table, positions, name)) for name in theirs]
        return _key(parts), " + ".join(theirs)
    names = _PLACE.findall(theirs)
    if not names:
        return cell(_position(table, positions, theirs)), theirs
    return _filled(theirs, {name: cell(_position(table, positions, name)) for name in names}), theirs


def _cell(index: int, values: Mapping[str, str] | None) -> Taker:
    def take(cells: Sequence[str]) -> str:
        return cells[index].strip()

    return take if values is None else _translated(take, values)


def _key(parts: Sequence[Taker]) -> Taker:
    """Several columns joined to a key; empty where all of them are."""

    def take(cells: Sequence[str]) -> str:
        values = [part(cells) for part in parts]
        return "-".join(values) if any(values) else ""

    return take


def _filled(pattern: str, places: Mapping[str, Taker]) -> Taker:
    """The pattern with its places filled; empty where all of them are."""

    def take(cells: Sequence[str]) -> str:
        values = {name: place(cells) for name, place in places.items()}
        if not any(values.values()):
            return ""
        return " ".join(_PLACE.sub(lambda match: values[match[1]], pattern).split())

    return take


def _constant(value: str) -> Taker:
    return lambda _cells: value


def _translated(take: Taker, values: Mapping[str, str]) -> Taker:
    folded = {theirs.casefold(): ours for theirs, ours in values.items() if theirs != "*"}
    other = values.get("*")

    def translate(cells: Sequence[str]) -> str:
        value = take(cells)
        if not value and "" not in folded:
            return ""
        return folded.get(value.casefold(), value if other is None else other)

    return translate


def _only_with(take: Taker, needed: Taker) -> Taker:
    return lambda cells: take(cells) if needed(cells) else ""


def _require(table: Table, takers: Mapping[str, Taker]) -> None:
    for name in _REQUIRED:
        if name not in takers:
            raise WrongInput(
                f'{table.name} has no column "{name}"; its columns: {", ".join(table.headers)}.',
                f"Name the column that holds it {name}, or say in a mapping file which one it is (--mapping).",
            )


def _beyond(raw: RawRow, width: int) -> tuple[str, ...]:
    return tuple(cell for cell in raw.cells[width:] if cell.strip()) if len(raw.cells) > width else ()
