"""The fingerprint of a person: changed by what is stated, not by order or day."""

from __future__ import annotations

from dataclasses import replace

from graph.model.people import Alumnus, Expertise, Source, Spoken
from graph.store.people import fingerprint

SOURCE = Source("made-up file", "2026-01-01")
PERSON = Alumnus(
    "A",
    "Made-up Person",
    SOURCE,
    languages=(Spoken("en"), Spoken("vi", "native")),
    expertises=(Expertise("A/1", "one", "project", SOURCE), Expertise("A/2", "two", "thesis", SOURCE, weak=True)),
)


def test_order_and_day_make_no_difference() -> None:
    tomorrow = Source("made-up file", "2026-01-02")
    same = replace(
        PERSON,
        source=tomorrow,
        languages=PERSON.languages[::-1],
        expertises=tuple(replace(each, source=tomorrow) for each in PERSON.expertises[::-1]),
    )
    assert fingerprint(same) == fingerprint(PERSON)


def test_everything_else_makes_one() -> None:
    first, second = PERSON.expertises
    others = [
        replace(PERSON, name="Another Made-up Person"),
        replace(PERSON, country="VN"),
        replace(PERSON, confirmed="2026-01-01"),
        replace(PERSON, languages=(Spoken("en", "vi"), Spoken("vi", "native"))),
        replace(PERSON, expertises=(first,)),
        replace(PERSON, expertises=(replace(first, text="One"), second)),
        replace(PERSON, expertises=(replace(first, since=2001), second)),
        replace(PERSON, source=Source("another file", "2026-01-01")),
    ]
    assert len({fingerprint(other) for other in [PERSON, *others]}) == len(others) + 1
