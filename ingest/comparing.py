"""A checked file compared with what the network holds: who is new, changed, the same, withheld, out, missing."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import dataclass, field

from graph.contacts import ConsentEvent, WithheldPerson
from graph.model.people import Alumnus
from ingest.alumni.checks import RowChecker
from ingest.alumni.file import AlumniFile, PersonInFile
from ingest.alumni.keys import fingerprint
from ingest.alumni.mapped import Row
from ingest.alumni.mapping import ColumnMapping
from ingest.alumni.people import Assembled, KeyedRow, assemble
from ingest.alumni.refusals import Note
from ingest.alumni.template import COLUMNS, Part
from ingest.imports import ImportedRow, KnownPerson
from ingest.stores import Stores

_CONTACT_COLUMNS = frozenset(column.name for column in COLUMNS if column.part is Part.CONTACT)


@dataclass(frozen=True, slots=True)
class Loadable:
    """A person who may be loaded, with the rows as the import log keeps them."""

    assembled: Assembled
    fingerprint: str
    rows: tuple[ImportedRow, ...]

    @property
    def alumnus(self) -> Alumnus:
        """The person."""
        return self.assembled.alumnus


@dataclass(slots=True)
class Comparison:
    """What a load would do. `to_load` go into the graph; `to_note` only have rows that read otherwise.

    `stay_out` withdrew earlier, `withdrawn` say no in this file, `withheld` say nothing, `missing` left the file.
    """

    to_load: list[Loadable] = field(default_factory=list)
    to_note: list[Loadable] = field(default_factory=list)
    allowed: list[Loadable] = field(default_factory=list)
    consents: list[ConsentEvent] = field(default_factory=list)
    withheld: list[WithheldPerson] = field(default_factory=list)
    withdrawn: list[str] = field(default_factory=list)
    stay_out: list[str] = field(default_factory=list)
    missing: list[str] = field(default_factory=list)
    notes: list[Note] = field(default_factory=list)
    from_other_files: int = 0
    new: int = 0
    changed: int = 0
    unchanged: int = 0


def compare(
    file: AlumniFile,
    mapping: ColumnMapping,
    stores: Stores,
    linker: str,
    checker: RowChecker,
    now: datetime.datetime,
    remove_missing: bool = False,
) -> Comparison:
    """Compare every person of a file with graph, contacts and imports; nothing is written."""
    return _Comparing(file, mapping, stores, linker, checker, now, remove_missing).run()


class _Comparing:
    def __init__(
        self,
        file: AlumniFile,
        mapping: ColumnMapping,
        stores: Stores,
        linker: str,
        checker: RowChecker,
        now: datetime.datetime,
        remove_missing: bool,
    ) -> None:
        self._file, self._mapping, self._stores, self._linker = file, mapping, stores, linker
        self._checker, self._now, self._remove_missing = checker, now, remove_missing
        self._known: Mapping[str, KnownPerson] = stores.imports.known()
        self._states = stores.contacts.states()
        self._fingerprints = stores.people.fingerprints()
        self._found = Comparison()

    def run(self) -> Comparison:
        for key, person in self._file.people.items():
            self._place(key, person)
        self._find_missing()
        return self._found

    def _place(self, key: str, person: PersonInFile) -> None:
        state = self._states.get(key, ("missing", None, None))[0]
        if state == "withdrawn":
            self._found.stay_out.append(key)
        elif person.refuses_consent:
            self._found.withdrawn.append(key)
        elif person.rows:
            self._assemble(key, person, state == "given")

    def _assemble(self, key: str, person: PersonInFile, consent_is_known: bool) -> None:
        rows = [*person.rows, *self._rows_that_left(key, person)]
        assembled, refused = assemble(key, rows, self._file.source, self._now.date())
        self._found.notes.extend(refused)
        if assembled is None:
            return
        if not (consent_is_known or assembled.consent or self._mapping.consent):
            self._found.withheld.append(_withheld(assembled, self._file.source))
            return
        self._found.consents.extend(self._consent(assembled))
        loadable = Loadable(
            assembled, fingerprint(assembled.alumnus, self._linker), tuple(as_imported(row) for row in assembled.rows)
        )
        self._sort(key, loadable)

    def _sort(self, key: str, loadable: Loadable) -> None:
        found, known = self._found, self._known.get(key)
        found.allowed.append(loadable)
        found.from_other_files += known is not None and known.source != self._file.source
        if key not in self._fingerprints:
            found.new += 1
            found.to_load.append(loadable)
        elif self._fingerprints[key] != loadable.fingerprint or known is None:
            found.changed += 1
            found.to_load.append(loadable)
        else:
            found.unchanged += 1
            found.to_note.append(loadable)

    def _rows_that_left(self, key: str, person: PersonInFile) -> list[KeyedRow]:
        """Rows held of this person that the file no longer has: kept, unless they are to be removed and surely gone."""
        known = self._known.get(key)
        left = known.row_keys - {row.key for row in person.rows} if known else frozenset()
        if not left:
            return []
        kept = []
        for held in self._stores.imports.rows(key):
            if held.key not in left:
                continue
            ours = held.source == self._file.source and not person.some_refused
            if ours:
                where = f"; it was row {held.number} of {held.file}"
                self._found.notes.append(_missing(key, "expertise_id", held.key, where, self._remove_missing))
                if self._remove_missing:
                    continue
            checked, _ = self._checker.check(Row(held.number, held.line, held.cells))
            if checked is not None:
                kept.append(KeyedRow(checked, held.key, left_the_file=True, brought_by=held.import_number))
        return kept

    def _consent(self, assembled: Assembled) -> list[ConsentEvent]:
        """What the file newly says of a person's consent: the first time, or at a later date than is known."""
        key, whole_file = assembled.alumnus.key, self._mapping.consent
        date = assembled.consent_date if assembled.consent else None
        ground = assembled.consent_ground if assembled.consent else None
        if whole_file and not (date or ground):
            date, ground = whole_file.date, whole_file.ground
        state, _, known_date = self._states.get(key, ("missing", None, None))
        if state == "given" and not (date and (known_date is None or date > known_date)):
            return []
        when = self._now.isoformat(timespec="seconds")
        return [ConsentEvent(key, when, "given", ground, date, "load", self._file.source)]

    def _find_missing(self) -> None:
        source, there = self._file.source, self._file.people.keys()
        missing = [key for key, known in self._known.items() if known.source == source and key not in there]
        withheld = self._stores.contacts.withheld()
        missing += [key for key, person in withheld.items() if person.source == source and key not in there]
        self._found.missing = sorted(set(missing))
        self._found.notes.extend(
            _missing(key, "alumnus_id", key, "", self._remove_missing) for key in self._found.missing
        )


def _missing(alumnus: str, column: str, value: str, where: str, removed: bool) -> Note:
    reason = f"is missing from the file and {'removed' if removed else 'kept'}{where}"
    mend = "Load a file that has it to bring it back." if removed else "Load with --remove-missing to remove it."
    return Note("missing", None, None, alumnus, column, value, reason, mend)


def as_imported(row: KeyedRow) -> ImportedRow:
    """A row as the import log keeps it: without contact columns."""
    cells = {column: text for column, text in row.checked.row.values.items() if column not in _CONTACT_COLUMNS}
    return ImportedRow(row.key, row.checked.row.number, row.checked.row.line, cells, row.brought_by)


def _withheld(assembled: Assembled, source: str) -> WithheldPerson:
    alumnus = assembled.alumnus
    return WithheldPerson(
        key=alumnus.key,
        source=source,
        country=alumnus.country or alumnus.home_country,
        programme=alumnus.studies[-1].programme if alumnus.studies else None,
        rows=tuple(
            {
                "key": row.key,
                "number": row.checked.row.number,
                "line": row.checked.row.line,
                "cells": dict(row.checked.row.values),
            }
            for row in assembled.rows
        ),
    )
