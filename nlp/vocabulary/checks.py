"""What the data files must keep to, said so that whoever mends a file knows what to change.

`problems()` is empty for a sound vocabulary. A test runs it, and so can anybody who has edited a file.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from nlp.normalising import accents, fold
from nlp.vocabulary.loading import LANGUAGES, closure, read

Entries = Mapping[str, Any]
"""A data file as it was read: id -> its fields."""

CODE = re.compile(r"[A-Z]{2}\d{4}")
"""A code of the Hazard Information Profiles, 2025 edition."""
IDENTIFIER = re.compile(r"[a-z]+(?:-[a-z]+)*")
MEASURE_KINDS = ("structural", "nature-based", "non-structural")
DELIBERATELY_SHARED = frozenset(
    {
        ("vi", "hạn mặn"),  # the drought and the salt that come up the Mekong together
        ("en", "bilharzia"),  # caught in water, from worms that snails carry
        ("en", "schistosomiasis"),
        ("fr", "bilharziose"),
        ("pt", "esquistossomose"),
        ("ar", "البلهارسيا"),
        ("zh", "血吸虫病"),
    }
)
"""Names that mean two hazards at once."""


def problems() -> list[str]:
    """Check the files of this package; one message for each problem, none where all is well.

    Raises:
        Unavailable: a file is missing or is not JSON.
    """
    hazards, measures, groups = read("hazards"), read("measures"), read("groups")
    return [*hazard_problems(hazards), *measure_problems(measures, hazards), *group_problems(groups, hazards)]


def hazard_problems(hazards: Entries) -> Iterator[str]:
    """Check identifiers, codes, kinds, causes and names of hazards."""
    yield from entry_problems("hazards.json", hazards)
    kinds = {id: hazard["kind_of"] for id, hazard in hazards.items()}
    for id, hazard in hazards.items():
        code = hazard["code"]
        if code is not None and not CODE.fullmatch(code):
            yield f'hazards.json: the code "{code}" of {id} is not two capitals and four digits, nor null.'
        for field in ("kind_of", "causes"):
            yield from unknown("hazards.json", id, field, hazard[field], hazards)
        if any(id in closure(parent, kinds) for parent in kinds[id]):
            yield f"hazards.json: {id} is a kind of itself, by way of {', '.join(kinds[id])}."
        if id in hazard["causes"]:
            yield f"hazards.json: {id} is said to cause itself."
    codes: defaultdict[str, list[str]] = defaultdict(list)
    for id, hazard in hazards.items():
        codes[hazard["code"]].append(id)
    yield from (
        f'hazards.json: the code "{code}" stands at {" and ".join(ids)}.'
        for code, ids in codes.items()
        if code is not None and len(ids) > 1
    )
    yield from shared_names("hazards.json", hazards)


def measure_problems(measures: Entries, hazards: Entries) -> Iterator[str]:
    """Check identifiers, kinds, what each reduces and names of measures."""
    yield from entry_problems("measures.json", measures)
    for id, measure in measures.items():
        if measure["kind"] not in MEASURE_KINDS:
            yield f'measures.json: the kind "{measure["kind"]}" of {id} is none of {", ".join(MEASURE_KINDS)}.'
        if not measure["reduces"]:
            yield f"measures.json: {id} reduces no hazard."
        yield from unknown("measures.json", id, "reduces", [each["hazard"] for each in measure["reduces"]], hazards)
        yield from (
            f"measures.json: {id} does not say why it reduces {each['hazard']}."
            for each in measure["reduces"]
            if not each["why"].strip()
        )
    yield from shared_names("measures.json", measures)


def group_problems(groups: Entries, hazards: Entries) -> Iterator[str]:
    """Check the members of groups, and that a group's name is no hazard's."""
    named = {key for _, key, _, _ in keyed_names(hazards)}
    for id, group in groups.items():
        yield from unknown("groups.json", id, "members", group["members"], hazards)
        if len(group["members"]) < 2:
            yield f"groups.json: {id} has fewer than two members."
    for language, key, name, id in keyed_names(groups):
        if key in named:
            yield f'groups.json: the {language} name "{name}" of {id} is a hazard\'s name too.'


def entry_problems(file: str, entries: Entries) -> Iterator[str]:
    """Check what hazards and measures have in common: identifier, definition, and names in every language."""
    for id, entry in entries.items():
        if not IDENTIFIER.fullmatch(id):
            yield f'{file}: the identifier "{id}" is not lower-case words with hyphens.'
        if not entry["definition"].strip():
            yield f"{file}: {id} has no definition."
        yield from (
            f"{file}: {id} has no name in {language}."
            for language in LANGUAGES
            if not any(name.strip() for name in entry["names"].get(language, ()))
        )
        for language, names in entry["names"].items():
            if language not in LANGUAGES:
                yield f'{file}: {id} has names in "{language}", which is none of {", ".join(LANGUAGES)}.'
            yield from (
                f'{file}: the {language} name "{name}" of {id} is empty, has spaces around it, or stands there twice.'
                for name in dict.fromkeys(names)
                if not name or name != name.strip() or list(names).count(name) > 1
            )


def unknown(file: str, id: str, field: str, targets: Iterable[str], known: Entries) -> Iterator[str]:
    """Yield a message for each target that is no hazard."""
    for target in targets:
        if target not in known:
            yield f'{file}: {field} of {id} names "{target}", which is no hazard.'


def shared_names(file: str, entries: Entries) -> Iterator[str]:
    """Yield a message for each name that two entries have in one language."""
    ids: defaultdict[tuple[str, ...], dict[str, str]] = defaultdict(dict)
    for _, key, name, id in keyed_names(entries):
        ids[key][id] = name
    for (language, *_), named in ids.items():
        name = next(iter(named.values()))
        if len(named) > 1 and (language, name) not in DELIBERATELY_SHARED:
            yield f'{file}: the {language} name "{name}" stands at {" and ".join(named)}; keep it at one.'


def keyed_names(entries: Entries) -> Iterator[tuple[str, tuple[str, ...], str, str]]:
    """Yield (language, what the name is found by, name, id): Vietnamese tones tell names apart."""
    for id, entry in entries.items():
        for language, names in entry["names"].items():
            for name in names:
                tones = accents(name) if language == "vi" else ""
                yield language, (language, fold(name), tones), name, id
