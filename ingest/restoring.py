"""People made again of rows that are held: of someone withheld who now consents, or as they stood before an import."""

from __future__ import annotations

import datetime
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from graph.contacts import ContactDetails, WithheldPerson
from graph.model.places import City
from ingest.alumni.checks import RowChecker
from ingest.alumni.file import Progress
from ingest.alumni.keys import fingerprint
from ingest.alumni.mapped import Row
from ingest.alumni.people import KeyedRow, assemble
from ingest.alumni.places import PlaceReader
from ingest.comparing import Loadable, as_imported
from ingest.erasure import texts_of
from ingest.imports import Import, ImportedRow
from ingest.stores import Stores
from ingest.writing import load
from nlp.ports import Linker


@dataclass(frozen=True, slots=True)
class Undone:
    """The import that was undone, who stands again as before, who is gone, and texts that no cache should keep."""

    undone: Import
    restored: tuple[str, ...]
    gone: tuple[str, ...]
    forgotten: tuple[str, ...]


def load_withheld(
    person: WithheldPerson, stores: Stores, linker: Linker, cities: Sequence[City], now: datetime.datetime
) -> bool:
    """Load someone whose rows were withheld, contact details first; False where the rows no longer make a person."""
    rows = [_held_row(row) for row in person.rows]
    made = _made_again(person.key, rows, person.source, cities, now, linker.name)
    if made is None:
        return False
    when = now.isoformat(timespec="seconds")
    if made.assembled.contact:
        stores.contacts.hold([ContactDetails(person.key, made.assembled.contact, person.source)])
    number = stores.imports.begin(f"rows withheld of {person.source}", person.source, when)
    load([made], person.source, stores, linker, number, lambda _stage, _done, _total: None)
    stores.imports.finish(number, when)
    stores.contacts.release([person.key])
    stores.contacts.forget_deleted()
    return True


def undo_last(
    stores: Stores, linker: Linker, cities: Sequence[City], now: datetime.datetime, progress: Progress
) -> Undone:
    """Put back the people that the last import changed or removed, and take out those it brought.

    Consent and contact details stay as they are now: whoever withdrew since stays out. Raises NotFound where there
    is nothing to undo.
    """
    brought = stores.imports.brought_by_last()
    texts = texts_of(stores, brought)
    undone, keys = stores.imports.step_back()
    checker = RowChecker(PlaceReader(cities), now.date())
    known = stores.imports.known()
    again: list[Loadable] = []
    for key in keys:
        if key in known:
            made = _assembled(key, stores.imports.rows(key), known[key].source, checker, now, linker.name)
            if made is not None:
                again.append(made)
    restored = {one.alumnus.key for one in again}
    gone = [key for key in keys if key not in restored]
    stores.network.advance()
    stores.people.remove(gone)
    stores.contacts.remove([key for key in gone if key in brought])
    for source in sorted({known[key].source for key in restored}):
        some = [one for one in again if known[one.alumnus.key].source == source]
        load(some, source, stores, linker, undone.number, progress)
    stores.imports.nothing_to_undo()
    return Undone(undone, tuple(sorted(restored)), tuple(gone), tuple(texts))


def _made_again(
    key: str, rows: Sequence[ImportedRow], source: str, cities: Sequence[City], now: datetime.datetime, linker: str
) -> Loadable | None:
    return _assembled(key, rows, source, RowChecker(PlaceReader(cities), now.date()), now, linker)


def _assembled(
    key: str, rows: Sequence[ImportedRow], source: str, checker: RowChecker, now: datetime.datetime, linker: str
) -> Loadable | None:
    good = []
    for row in rows:
        checked, _ = checker.check(Row(row.number, row.line, row.cells))
        if checked is not None:
            good.append(KeyedRow(checked, row.key, brought_by=row.import_number))
    assembled, _ = assemble(key, good, source, now.date())
    if assembled is None:
        return None
    kept = tuple(as_imported(row) for row in assembled.rows)
    return Loadable(assembled, fingerprint(assembled.alumnus, linker), kept)


def _held_row(row: Mapping[str, object]) -> ImportedRow:
    cells, number, line = row["cells"], row["number"], row["line"]
    return ImportedRow(
        key=str(row["key"]),
        number=number if isinstance(number, int) else 0,
        line=line if isinstance(line, int) else None,
        cells={str(column): str(text) for column, text in cells.items()} if isinstance(cells, Mapping) else {},
    )
