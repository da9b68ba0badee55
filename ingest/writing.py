"""Writes what a comparison found, in an order in which a cut-off load harms nothing."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import TypeVar

from graph.contacts import ConsentEvent, ContactDetails
from graph.model.links import Linked
from graph.model.people import Expertise
from graph.model.stored import StoredPerson
from ingest.alumni.file import AlumniFile, Progress
from ingest.comparing import Comparison, Loadable
from ingest.erasure import remove_people, withdraw_people
from ingest.imports import ImportedPerson
from ingest.stores import Stores
from nlp.ports import Linker

T = TypeVar("T")
Said = tuple[str, str | None]
"""A text and the language that it is stated to be in."""
OnNew = Callable[[Sequence[StoredPerson]], None]

TOGETHER = 1_000
"""People written at once: on disk, whole, before the next are begun."""


def write_people(
    file: AlumniFile,
    found: Comparison,
    stores: Stores,
    linker: Linker,
    number: int,
    now: datetime.datetime,
    remove_missing: bool,
    progress: Progress,
    on_new: OnNew = lambda _new: None,
) -> tuple[list[str], list[str]]:
    """Write a comparison; returns the keys that left the graph and the texts that no cache should keep.

    `on_new` is given the people, as they were written, who were not in the graph before.
    """
    when = now.isoformat(timespec="seconds")
    out = [ConsentEvent(key, when, "withdrawn", None, None, "load", file.source) for key in found.withdrawn]
    forgotten = withdraw_people(stores, out)
    forgotten += _take_out_again(found, stores, when)
    stores.contacts.record(found.consents)
    _hold_contacts(file, found, stores)
    _withhold(found, stores)
    load(found.to_load, file.source, stores, linker, number, progress, on_new)
    _note_rows(found, file.source, stores, number)
    gone = [*found.withdrawn]
    if remove_missing and found.missing:
        forgotten += remove_people(stores, found.missing, number)
        gone += found.missing
    return gone, forgotten


def load(
    people: Sequence[Loadable],
    source: str,
    stores: Stores,
    linker: Linker,
    number: int,
    progress: Progress,
    on_new: OnNew = lambda _new: None,
) -> None:
    """Link and write people, a thousand at a time: their rows first, then the graph."""
    done, known = 0, dict[Said, Linked]()
    for some in _parts(people):
        links = _links(some, linker, known)
        stores.imports.record(number, [_imported(one, source, links) for one in some])
        stores.network.advance()  # before the write: an index that was not told is known to be behind
        on_new(stores.people.put([_stored(one, links) for one in some]))
        done += len(some)
        progress("linking and writing people", done, len(people))


def _stored(one: Loadable, links: Mapping[str, Linked]) -> StoredPerson:
    own = {expertise.key: links[expertise.key] for expertise in one.alumnus.expertises}
    return StoredPerson(one.alumnus, own, one.fingerprint)


def _links(people: Sequence[Loadable], linker: Linker, known: dict[Said, Linked]) -> dict[str, Linked]:
    """Links by expertise key; `known` are those of this load so far: one text in five stood before in its file."""
    expertises = [expertise for one in people for expertise in one.alumnus.expertises]
    new = [said for said in dict.fromkeys(map(_said, expertises)) if said not in known]
    known |= zip(new, linker.link([text for text, _ in new], [language for _, language in new]), strict=True)
    return {expertise.key: known[_said(expertise)] for expertise in expertises}


def _said(expertise: Expertise) -> Said:
    return expertise.text, expertise.language


def _imported(one: Loadable, source: str, links: dict[str, Linked]) -> ImportedPerson:
    findable = any(links[expertise.key].hazards for expertise in one.alumnus.expertises)
    return _person(one, source, findable)


def _person(one: Loadable, source: str, findable: bool) -> ImportedPerson:
    alumnus = one.alumnus
    return ImportedPerson(
        key=alumnus.key,
        source=source,
        country=alumnus.country or alumnus.home_country,
        programme=alumnus.studies[-1].programme if alumnus.studies else None,
        findable=findable,
        rows=one.rows,
    )


def _note_rows(found: Comparison, source: str, stores: Stores, number: int) -> None:
    """Keep rows that read otherwise than before though they mean the same."""
    known = stores.imports.known()
    other = [
        person
        for one in found.to_note
        if (person := _person(one, source, known[one.alumnus.key].findable)).digest != known[person.key].digest
        or known[person.key].source != source
    ]
    for some in _parts(other):
        stores.imports.record(number, some)


def _hold_contacts(file: AlumniFile, found: Comparison, stores: Stores) -> None:
    held = stores.contacts.details()
    changed = [
        ContactDetails(one.alumnus.key, one.assembled.contact, file.source)
        for one in found.allowed
        if one.assembled.contact and held.get(one.alumnus.key) != one.assembled.contact
    ]
    if changed:
        stores.contacts.hold(changed)


def _withhold(found: Comparison, stores: Stores) -> None:
    held = stores.contacts.withheld()
    changed = [one for one in found.withheld if held.get(one.key) != one]
    allowed = [one.alumnus.key for one in found.allowed if one.alumnus.key in held]
    if changed:
        stores.contacts.withhold(changed)
    if allowed:
        stores.contacts.release(allowed)


def _take_out_again(found: Comparison, stores: Stores, when: str) -> list[str]:
    """Complete withdrawals that were cut off between two stores."""
    there = stores.people.fingerprints().keys() | stores.imports.known().keys() if found.stay_out else set()
    left = [key for key in found.stay_out if key in there]
    return withdraw_people(stores, [ConsentEvent(key, when, "withdrawn", None, None, "load") for key in left])


def _parts(things: Sequence[T]) -> Iterator[Sequence[T]]:
    for first in range(0, len(things), TOGETHER):
        yield things[first : first + TOGETHER]
