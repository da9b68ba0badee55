"""The contacts store: what is known of people beside the graph, keyed by alumnus."""

from __future__ import annotations

import json
from collections.abc import Collection, Sequence
from pathlib import Path
from typing import Literal, cast

from graph.contacts.private_file import PrivateFile
from graph.contacts.records import (
    Access,
    Consent,
    ConsentEvent,
    ConsentState,
    ContactDetails,
    Held,
    Tally,
    WithheldPerson,
)
from graph.errors import NotFound, WrongInput

_DEFINITIONS = """
CREATE TABLE IF NOT EXISTS contacts (key TEXT PRIMARY KEY, details TEXT NOT NULL, source TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS consent (
    number INTEGER PRIMARY KEY, key TEXT NOT NULL, happened TEXT NOT NULL, what TEXT NOT NULL,
    ground TEXT, date TEXT, who TEXT NOT NULL, source TEXT);
CREATE INDEX IF NOT EXISTS consent_of ON consent (key);
CREATE TABLE IF NOT EXISTS withheld (
    key TEXT PRIMARY KEY, source TEXT NOT NULL, country TEXT, programme TEXT, rows TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS accesses (
    key TEXT NOT NULL, happened TEXT NOT NULL, who TEXT NOT NULL, purpose TEXT NOT NULL);
CREATE INDEX IF NOT EXISTS accesses_of ON accesses (key);
"""
_NEWEST = "SELECT key, what, ground, date FROM consent WHERE number IN (SELECT max(number) FROM consent GROUP BY key)"


class ContactStore:
    """Contact details, consent with its history, and withheld people, in one private SQLite file.

    After `withdraw` it holds the key and the history of consent, and nothing else of that person.
    """

    def __init__(self, path: Path) -> None:
        self._file = PrivateFile(path, _DEFINITIONS)

    # Consent

    def states(self) -> dict[str, tuple[ConsentState, str | None, str | None]]:
        """State, ground and date of the consent of everyone who ever gave or withdrew it."""
        return {
            str(key): (cast(ConsentState, what), _maybe(ground), _maybe(date))
            for key, what, ground, date in self._file.rows(_NEWEST)
        }

    def consent(self, key: str) -> Consent:
        """The consent of one person; "missing" with an empty history where nothing was recorded."""
        rows = self._file.rows(
            "SELECT happened, what, ground, date, who, source FROM consent WHERE key = ? ORDER BY number", key
        )
        history = tuple(
            ConsentEvent(
                key,
                str(when),
                cast(Literal["given", "withdrawn"], what),
                _maybe(ground),
                _maybe(date),
                str(who),
                _maybe(source),
            )
            for when, what, ground, date, who, source in rows
        )
        return Consent(key, history[-1].what if history else "missing", history)

    def record(self, events: Sequence[ConsentEvent]) -> None:
        """Write down that consent was given; whoever withdrew it stays withdrawn until `give`."""
        withdrawn = {key for key, (state, _, _) in self.states().items() if state == "withdrawn"} if events else set()
        with self._file.transaction() as write:
            write.executemany(_INSERT_EVENT, [_event(event) for event in events if event.key not in withdrawn])

    def give(self, key: str, *, ground: str, who: str, when: str, date: str | None = None) -> Consent:
        """Record that a person gave consent, also after a withdrawal; raises WrongInput without a ground or a name."""
        _require(ground, "ground", "Say how the consent was given.")
        _require(who, "name of who records it", "Say who records it.")
        with self._file.transaction() as write:
            event = ConsentEvent(key, when, "given", ground.strip(), date or when[:10], who.strip())
            write.execute(_INSERT_EVENT, _event(event))
        return self.consent(key)

    def withdraw(self, key: str, *, who: str, when: str, source: str | None = None) -> Consent:
        """Record a withdrawal and erase everything else of the person; the file keeps no byte of it."""
        self.withdraw_all([ConsentEvent(key, when, "withdrawn", None, None, who, source)])
        return self.consent(key)

    def withdraw_all(self, events: Sequence[ConsentEvent]) -> None:
        """Record several withdrawals at once and erase everything else of these people."""
        before = self.states()
        with self._file.transaction() as write:
            for event in events:
                for table in ("contacts", "withheld", "accesses"):
                    write.execute(f"DELETE FROM {table} WHERE key = ?", (event.key,))  # noqa: S608
                if before.get(event.key, ("missing",))[0] != "withdrawn":
                    write.execute(_INSERT_EVENT, _event(event))
        self._file.forget_deleted()

    # Contact details

    def hold(self, contacts: Sequence[ContactDetails]) -> None:
        """Keep the contact details of people, each in place of what was held before."""
        with self._file.transaction() as write:
            write.executemany(
                "INSERT OR REPLACE INTO contacts VALUES (?, ?, ?)",
                [(one.key, json.dumps(dict(one.details), ensure_ascii=False), one.source) for one in contacts],
            )

    def details(self) -> dict[str, dict[str, str]]:
        """The contact details of everyone, for comparing with a file."""
        return {str(key): json.loads(str(found)) for key, found in self._file.rows("SELECT key, details FROM contacts")}

    def contact(self, key: str, *, purpose: str, who: str, when: str) -> dict[str, str]:
        """The contact details of one person; who asked, when and what for is kept.

        Raises WrongInput without a purpose, NotFound where no consent or nothing is held.
        """
        _require(purpose, "purpose", "Say what the details are for.")
        _require(who, "name of who asks", "Say who asks.")
        if self.consent(key).state != "given":
            raise NotFound(f"There are no contact details of {key}.", "Only people who gave consent have any.")
        rows = self._file.rows("SELECT details FROM contacts WHERE key = ?", key)
        if not rows:
            raise NotFound(f"There are no contact details of {key}.", "Load a file that has them.")
        with self._file.transaction() as write:
            write.execute("INSERT INTO accesses VALUES (?, ?, ?, ?)", (key, when, who.strip(), purpose.strip()))
        details: dict[str, str] = json.loads(str(rows[0][0]))
        return details

    # People without consent

    def withhold(self, people: Sequence[WithheldPerson]) -> None:
        """Keep the rows of people whose consent is missing, each in place of what was held before."""
        with self._file.transaction() as write:
            write.executemany(
                "INSERT OR REPLACE INTO withheld VALUES (?, ?, ?, ?, ?)",
                [
                    (one.key, one.source, one.country, one.programme, json.dumps(one.rows, ensure_ascii=False))
                    for one in people
                ],
            )

    def withheld(self) -> dict[str, WithheldPerson]:
        """Everyone who is withheld, by key."""
        rows = self._file.rows("SELECT key, source, country, programme, rows FROM withheld")
        return {
            str(key): WithheldPerson(
                str(key), str(source), _maybe(country), _maybe(programme), tuple(json.loads(str(found)))
            )
            for key, source, country, programme, found in rows
        }

    def release(self, keys: Collection[str]) -> None:
        """Forget the rows of people who are withheld no longer."""
        with self._file.transaction() as write:
            write.executemany("DELETE FROM withheld WHERE key = ?", [(key,) for key in keys])

    def withheld_counts(self) -> list[Tally]:
        """How many people are withheld, by country and programme, without a name."""
        rows = self._file.rows(
            "SELECT country, programme, count(*) FROM withheld GROUP BY country, programme ORDER BY 3 DESC, 1, 2"
        )
        return [Tally(_maybe(country), _maybe(programme), int(str(count))) for country, programme, count in rows]

    def withdrawn_count(self) -> int:
        """How many people withdrew their consent."""
        return sum(state == "withdrawn" for state, _, _ in self.states().values())

    # One person

    def all_held(self, key: str) -> Held:
        """All that is held of one person, consent and its history included."""
        contact = self._file.rows("SELECT details FROM contacts WHERE key = ?", key)
        withheld = self._file.rows("SELECT rows FROM withheld WHERE key = ?", key)
        accesses = self._file.rows("SELECT happened, who, purpose FROM accesses WHERE key = ? ORDER BY rowid", key)
        return Held(
            key=key,
            consent=self.consent(key),
            contact=json.loads(str(contact[0][0])) if contact else {},
            withheld=tuple(json.loads(str(withheld[0][0]))) if withheld else (),
            accesses=tuple(Access(str(when), str(who), str(purpose)) for when, who, purpose in accesses),
        )

    def remove(self, keys: Collection[str]) -> None:
        """Erase contact details, withheld rows and accesses of people who left the network; consent's history stays."""
        with self._file.transaction() as write:
            for table in ("contacts", "withheld", "accesses"):
                write.executemany(f"DELETE FROM {table} WHERE key = ?", [(key,) for key in keys])  # noqa: S608
        self._file.forget_deleted()

    def forget_deleted(self) -> None:
        """Rewrite the file without what was deleted from it."""
        self._file.forget_deleted()

    def close(self) -> None:
        """Close the file; safe to call twice."""
        self._file.close()


_INSERT_EVENT = "INSERT INTO consent (key, happened, what, ground, date, who, source) VALUES (?, ?, ?, ?, ?, ?, ?)"


def _event(event: ConsentEvent) -> tuple[str | None, ...]:
    return (event.key, event.when, event.what, event.ground, event.date, event.who, event.source)


def _maybe(value: object) -> str | None:
    return value if isinstance(value, str) else None


def _require(text: str, what: str, mend: str) -> None:
    if not text.strip():
        raise WrongInput(f"The {what} is empty.", mend)
