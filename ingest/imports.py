"""What each import brought, row by row and without contact columns: where a record came from, and the way back.

The rows that a person is made of today are kept, with the file and the row they came from. Of the last import
the rows that stood before it are kept too, so that it can be undone. Written before the graph is.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from graph.contacts import Tally
from graph.contacts.private_file import PrivateFile
from graph.errors import NotFound

_DEFINITIONS = """
CREATE TABLE IF NOT EXISTS imports (
    number INTEGER PRIMARY KEY AUTOINCREMENT, file TEXT NOT NULL, source TEXT NOT NULL,
    began TEXT NOT NULL, ended TEXT);
CREATE TABLE IF NOT EXISTS people (
    key TEXT PRIMARY KEY, source TEXT NOT NULL, digest TEXT NOT NULL,
    country TEXT, programme TEXT, findable INTEGER NOT NULL);
CREATE TABLE IF NOT EXISTS rows (
    key TEXT NOT NULL, row_key TEXT NOT NULL, position INTEGER NOT NULL, import INTEGER NOT NULL,
    number INTEGER NOT NULL, line INTEGER, cells TEXT NOT NULL, PRIMARY KEY (key, row_key));
CREATE TABLE IF NOT EXISTS before (
    import INTEGER NOT NULL, key TEXT NOT NULL, person TEXT, rows TEXT NOT NULL, PRIMARY KEY (import, key));
CREATE TABLE IF NOT EXISTS actions (key TEXT PRIMARY KEY, file TEXT NOT NULL, digest TEXT NOT NULL);
"""
_CELLS_OF = "SELECT cells FROM rows WHERE key = ?"


@dataclass(frozen=True, slots=True)
class ImportedRow:
    """A row as it stood in the file, by our column names and without contact columns; `import_number` brought it."""

    key: str
    number: int
    line: int | None
    cells: Mapping[str, str]
    import_number: int = 0
    file: str = ""
    source: str = ""
    when: str = ""


@dataclass(frozen=True, slots=True)
class ImportedPerson:
    """A person as an import leaves one; `findable` where an expertise is linked to a hazard."""

    key: str
    source: str
    country: str | None
    programme: str | None
    findable: bool
    rows: tuple[ImportedRow, ...]

    @property
    def digest(self) -> str:
        """A hash of the rows' keys and cells: tells whether the rows are those already held."""
        content = json.dumps([(row.key, sorted(row.cells.items())) for row in self.rows], ensure_ascii=False)
        return hashlib.blake2b(content.encode("utf-8", "surrogatepass"), digest_size=16).hexdigest()


@dataclass(frozen=True, slots=True)
class KnownPerson:
    """What is held of a person, for comparing with a file."""

    source: str
    digest: str
    findable: bool
    row_keys: frozenset[str]


@dataclass(frozen=True, slots=True)
class Import:
    """One import: its number, file, source, and when it began and ended (None where it was cut off)."""

    number: int
    file: str
    source: str
    began: str
    ended: str | None


class ImportLog:
    """Imports and the rows they brought, in one private SQLite file."""

    def __init__(self, path: Path) -> None:
        self._file = PrivateFile(path, _DEFINITIONS)

    def begin(self, file: str, source: str, when: str) -> int:
        """Begin an import and return its number; what could be undone of earlier ones is forgotten."""
        with self._file.transaction() as write:
            write.execute("DELETE FROM before")
            cursor = write.execute("INSERT INTO imports (file, source, began) VALUES (?, ?, ?)", (file, source, when))
            return int(cursor.lastrowid or 0)

    def finish(self, number: int, when: str) -> None:
        """Write down that an import came to its end."""
        with self._file.transaction() as write:
            write.execute("UPDATE imports SET ended = ? WHERE number = ?", (when, number))

    def last(self) -> Import | None:
        """The last import, or None."""
        rows = self._file.rows("SELECT number, file, source, began, ended FROM imports ORDER BY number DESC LIMIT 1")
        return next((Import(int(str(n)), str(f), str(s), str(b), _maybe(e)) for n, f, s, b, e in rows), None)

    def known(self) -> dict[str, KnownPerson]:
        """What is held of everyone, by key."""
        row_keys: dict[str, set[str]] = {}
        for key, row_key in self._file.rows("SELECT key, row_key FROM rows"):
            row_keys.setdefault(str(key), set()).add(str(row_key))
        people = self._file.rows("SELECT key, source, digest, findable FROM people")
        return {
            str(key): KnownPerson(str(source), str(digest), bool(findable), frozenset(row_keys.get(str(key), ())))
            for key, source, digest, findable in people
        }

    def record(self, number: int, people: Sequence[ImportedPerson]) -> None:
        """Keep these people's rows in place of those held before, which stay for `undo`; all of it or nothing."""
        with self._file.transaction() as write:
            for person in people:
                write.execute(
                    "INSERT OR IGNORE INTO before VALUES (?, ?, ?, ?)", (number, person.key, *self._now(person.key))
                )
                write.execute("DELETE FROM rows WHERE key = ?", (person.key,))
                write.execute(
                    "INSERT OR REPLACE INTO people VALUES (?, ?, ?, ?, ?, ?)",
                    (person.key, person.source, person.digest, person.country, person.programme, person.findable),
                )
                write.executemany("INSERT INTO rows VALUES (?, ?, ?, ?, ?, ?, ?)", _row_values(number, person))

    def rows(self, key: str) -> list[ImportedRow]:
        """The rows that a person is made of today, with where each came from."""
        found = self._file.rows(
            "SELECT r.row_key, r.number, r.line, r.cells, r.import, i.file, i.source, i.began "
            "FROM rows r JOIN imports i ON i.number = r.import WHERE r.key = ? ORDER BY r.position",
            key,
        )
        return [
            ImportedRow(
                key=str(row_key),
                number=int(str(number)),
                line=line if isinstance(line, int) else None,
                cells=json.loads(str(cells)),
                import_number=int(str(brought_by)),
                file=str(file),
                source=str(source),
                when=str(when),
            )
            for row_key, number, line, cells, brought_by, file, source, when in found
        ]

    def unfindable(self) -> list[Tally]:
        """How many people no question about a hazard can find, by country and programme."""
        rows = self._file.rows(
            "SELECT country, programme, count(*) FROM people WHERE NOT findable GROUP BY 1, 2 ORDER BY 3 DESC, 1, 2"
        )
        return [Tally(_maybe(country), _maybe(programme), int(str(count))) for country, programme, count in rows]

    def held(self, keys: Collection[str]) -> list[Mapping[str, str]]:
        """The cells of every row held of these people, those that stood before the last import too."""
        found: list[Mapping[str, str]] = []
        for key in keys:
            found.extend(json.loads(str(cells)) for (cells,) in self._file.rows(_CELLS_OF, key))
            for (rows,) in self._file.rows("SELECT rows FROM before WHERE key = ?", key):
                found.extend(json.loads(row[-1]) for row in json.loads(str(rows)))
        return found

    def erase(self, keys: Iterable[str]) -> None:
        """Erase people, what stood before the last import too; the file keeps no byte of them."""
        some = [(key,) for key in keys]
        with self._file.transaction() as write:
            for table in ("people", "rows", "before"):
                write.executemany(f"DELETE FROM {table} WHERE key = ?", some)  # noqa: S608
        self._file.forget_deleted()

    def keep_for_undo(self, number: int, keys: Iterable[str]) -> None:
        """Keep the rows of people who are about to be removed by this import, so that it can be undone."""
        with self._file.transaction() as write:
            for key in keys:
                write.execute("INSERT OR IGNORE INTO before VALUES (?, ?, ?, ?)", (number, key, *self._now(key)))
                write.execute("DELETE FROM people WHERE key = ?", (key,))
                write.execute("DELETE FROM rows WHERE key = ?", (key,))

    def brought_by_last(self) -> list[str]:
        """The keys of people whom nobody held before the last import brought them."""
        rows = self._file.rows(
            "SELECT key FROM before WHERE person IS NULL AND import = (SELECT max(number) FROM imports) ORDER BY key"
        )
        return [str(key) for (key,) in rows]

    def step_back(self) -> tuple[Import, list[str]]:
        """Put back the rows that stood before the last import; returns it and the keys of the people concerned.

        Raises NotFound where no import can be undone.
        """
        last = self.last()
        if last is None:
            raise NotFound("There is no import to undo.", "")
        stood = self._file.rows("SELECT key, person, rows FROM before WHERE import = ?", last.number)
        if not stood:
            raise NotFound(f"Import {last.number} ({last.file}) changed nobody, or was undone.", "")
        with self._file.transaction() as write:
            for key, person, rows in stood:
                write.execute("DELETE FROM people WHERE key = ?", (key,))
                write.execute("DELETE FROM rows WHERE key = ?", (key,))
                if isinstance(person, str):
                    write.execute("INSERT INTO people VALUES (?, ?, ?, ?, ?, ?)", json.loads(person))
                write.executemany("INSERT INTO rows VALUES (?, ?, ?, ?, ?, ?, ?)", json.loads(str(rows)))
            write.execute("DELETE FROM before WHERE import = ?", (last.number,))
        self._file.forget_deleted()
        return last, [str(key) for key, _, _ in stood]

    def nothing_to_undo(self) -> None:
        """Forget what stood before the last import."""
        with self._file.transaction() as write:
            write.execute("DELETE FROM before")
        self._file.forget_deleted()

    def actions(self) -> dict[str, tuple[str, str]]:
        """The file and the digest of every action that was loaded, by key."""
        rows = self._file.rows("SELECT key, file, digest FROM actions")
        return {str(key): (str(file), str(digest)) for key, file, digest in rows}

    def record_actions(self, file: str, digests: Mapping[str, str]) -> None:
        """Keep the digests of actions that are in the graph now."""
        with self._file.transaction() as write:
            write.executemany(
                "INSERT OR REPLACE INTO actions VALUES (?, ?, ?)", [(key, file, one) for key, one in digests.items()]
            )

    def forget_deleted(self) -> None:
        """Rewrite the file without what was deleted from it."""
        self._file.forget_deleted()

    def close(self) -> None:
        """Close the file; safe to call twice."""
        self._file.close()

    def _now(self, key: str) -> tuple[str | None, str]:
        person = self._file.rows("SELECT * FROM people WHERE key = ?", key)
        rows = self._file.rows("SELECT * FROM rows WHERE key = ? ORDER BY position", key)
        return (json.dumps(person[0], ensure_ascii=False) if person else None, json.dumps(rows, ensure_ascii=False))


def _row_values(number: int, person: ImportedPerson) -> list[tuple[object, ...]]:
    return [
        (
            person.key,
            row.key,
            position,
            row.import_number or number,
            row.number,
            row.line,
            json.dumps(dict(row.cells), ensure_ascii=False),
        )
        for position, row in enumerate(person.rows)
    ]


def _maybe(value: object) -> str | None:
    return value if isinstance(value, str) else None
