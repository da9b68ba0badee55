"""How people of one language build their sentences: patterns by section, read from `grammars/LANGUAGE.txt`.

A section holds one pattern a line. In a pattern `{name}` stands for a phrase of the hazard (q b p e n), for something
of the setting (city, project, since …) or for one line of another section. The sections b, q and p hold verbs, one
a line, as `form, form: {b}`: what is done with a thing of that kind, in the forms that [forms] names; a `*` says
where the verb goes if not first.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from graph.errors import WrongInput

GRAMMARS = Path(__file__).parent / "grammars"
VERB_SECTIONS = ("b", "q", "p")
_SLOT = re.compile(r"\{([a-z.\- ]+)\}")


@dataclass(frozen=True, slots=True)
class Slot:
    """A place in a pattern that something is put into."""

    name: str


Pattern = tuple[str | Slot, ...]


@dataclass(frozen=True, slots=True)
class Grammar:
    """The patterns of a language by section, and what joins the parts that may be left out."""

    sections: Mapping[str, tuple[Pattern, ...]]
    joints: Mapping[str, str]


@cache
def read_grammar(language: str) -> Grammar:
    """Read the patterns of a language; raises WrongInput where a verb has other forms than the language."""
    sections: dict[str, list[str]] = {}
    name = ""
    for raw in (GRAMMARS / f"{language}.txt").read_text("utf-8").splitlines():
        line = raw.strip()
        if line.startswith("[") and line.endswith("]"):
            name = line[1:-1]
            sections[name] = []
        elif line and not line.startswith("#"):
            sections[name].append(line)
    forms = sections.pop("forms")[0].split()
    joints = dict(_joint(line) for line in sections.pop("joints"))
    for verbs in VERB_SECTIONS:
        sections |= _conjugated(verbs, sections.pop(verbs), forms, language)
    return Grammar({name: tuple(map(_pattern, lines)) for name, lines in sections.items()}, joints)


def _joint(line: str) -> tuple[str, str]:
    part, _, quoted = line.partition(":")
    return part, quoted.strip().strip("'")


def _conjugated(section: str, lines: list[str], forms: list[str], language: str) -> dict[str, list[str]]:
    """`design, designing: {b}` becomes a line of section b.do and one of b.doing."""
    made: dict[str, list[str]] = {f"{section}.{form}": [] for form in forms}
    for line in lines:
        verb, _, rest = line.partition(":")
        written = [part.strip() for part in verb.split(",")]
        if len(written) != len(forms):
            raise WrongInput(
                f"grammars/{language}.txt [{section}]: {line!r} has {len(written)} forms, the language {len(forms)}.",
                "Write each form that [forms] names.",
            )
        for form, word in zip(forms, written, strict=True):
            rest_of_form = rest.strip()
            made[f"{section}.{form}"].append(
                rest_of_form.replace("*", word) if "*" in rest_of_form else f"{word} {rest_of_form}"
            )
    return made


def _pattern(line: str) -> Pattern:
    pieces = _SLOT.split(line)
    return tuple(Slot(piece) if at % 2 else piece for at, piece in enumerate(pieces) if at % 2 or piece)
