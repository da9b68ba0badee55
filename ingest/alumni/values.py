"""A cell's text -> a value, or a `Doubt` that says what is wrong with it and what to do."""

from __future__ import annotations

import datetime
import re
from collections.abc import Sequence

from graph.model.people import Spoken

EARLIEST_YEAR = 1900

_YES = frozenset({"yes", "y", "true", "1", "1.0", "ja", "oui", "sí", "si", "sim", "x"})
_NO = frozenset({"no", "n", "false", "0", "0.0", "nee", "nein", "non", "não", "nao"})
_YEAR = re.compile(r"(\d{4})(?:\.0+|-\d\d?-\d\d?(?:[ T][\d:.]+)?)?")
_DATE = re.compile(r"(\d{4}-\d\d-\d\d)(?:[ T][\d:.]+Z?)?")
_TAG = re.compile(r"[a-z]{2,3}(?:[-_][a-z0-9]{2,8})*", re.IGNORECASE)


class Doubt(Exception):
    """Why a value is refused, and what to do."""

    def __init__(self, reason: str, mend: str) -> None:
        super().__init__(reason, mend)
        self.reason = reason
        self.mend = mend


def year(value: str, today: datetime.date) -> int:
    """A year from 1900 to the next one; a spreadsheet's "2012.0" or a date that begins with it will do."""
    match = _YEAR.fullmatch(value)
    if match is None:
        raise Doubt("is no year", "Write four digits, such as 2012.")
    number = int(match[1])
    if not EARLIEST_YEAR <= number <= today.year + 1:
        raise Doubt("is not a plausible year", f"Write a year from {EARLIEST_YEAR} to {today.year + 1}.")
    return number


def date(value: str, today: datetime.date) -> str:
    """An ISO 8601 date that is not in the future."""
    match = _DATE.fullmatch(value)
    try:
        day = datetime.date.fromisoformat(match[1] if match else "")
    except ValueError:
        raise Doubt("is no date of the calendar as YYYY-MM-DD", "Write it as 2025-03-01.") from None
    if day > today:
        raise Doubt("lies in the future", "Write a date up to today.")
    return day.isoformat()


def yes_or_no(value: str) -> bool:
    """Yes or no, as people and spreadsheets write it."""
    folded = value.casefold()
    if folded in _YES:
        return True
    if folded in _NO:
        return False
    raise Doubt("is neither yes nor no", "Write yes or no, or leave it empty.")


def one_of(value: str, allowed: Sequence[str]) -> str:
    """One of a closed list, whatever its case and whether parted by blank or hyphen."""
    folded = re.sub(r"[\s_-]+", "-", value.casefold())
    if folded in allowed:
        return folded
    raise Doubt("is not known", f"Write one of: {', '.join(allowed)}.")


def language(value: str) -> str:
    """A BCP 47 tag from a tag or from a language's name."""
    tag = _tag(value) if _TAG.fullmatch(value) else None
    tag = tag or _language_names().get(value.casefold()) or _foreign_language_names().get(value.casefold())
    if tag is None:
        raise Doubt("is no language that is known", 'Write a BCP 47 tag, such as "vi", or the language\'s name.')
    return tag


def languages(value: str) -> tuple[Spoken, ...]:
    """Working languages, parted by semicolons, each with its level behind a colon where that is stated."""
    spoken: dict[str, Spoken] = {}
    for part in value.split(";"):
        name, _, level = part.partition(":")
        if name.strip():
            tag = language(name.strip())
            spoken.setdefault(tag, Spoken(tag, level.strip() or None))
        elif level.strip():
            raise Doubt("has a level without a language", 'Write it as "vi: native; en".')
    return tuple(spoken.values())


def _tag(value: str) -> str | None:
    first, *others = re.split("[-_]", value)
    first = first.lower()
    from babel.core import get_global

    alias = get_global("language_aliases").get(first)
    first = alias if alias and "_" not in alias else first
    if first not in _english_languages():
        return None
    return "-".join(
        [first, *(part.upper() if len(part) == 2 else part.title() if len(part) == 4 else part for part in others)]
    )


_WRITTEN_BY_OFFICES = (
    *("ar", "bn", "de", "el", "es", "fa", "fr", "he", "hi", "id", "it", "ja", "ko", "ms", "nl", "pl", "pt", "ro", "ru"),
    *("sw", "th", "tr", "uk", "ur", "vi", "zh", "am"),
)
_NAMES: dict[str, dict[str, str]] = {}


def _english_languages() -> dict[str, str]:
    if "tags" not in _NAMES:
        from babel import Locale

        _NAMES["tags"] = dict(Locale("en").languages)
    return _NAMES["tags"]


def _language_names() -> dict[str, str]:
    if "english" not in _NAMES:
        _NAMES["english"] = {name.casefold(): tag.replace("_", "-") for tag, name in _english_languages().items()} | {
            "farsi": "fa",
            "mandarin": "zh",
            "mandarin chinese": "zh",
            "tagalog": "tl",
            "bahasa indonesia": "id",
        }
    return _NAMES["english"]


def _foreign_language_names() -> dict[str, str]:
    """Names of languages in the languages that most offices write, and each one's name for itself."""
    if "foreign" not in _NAMES:
        from babel import Locale

        names: dict[str, str] = {}
        for written in _WRITTEN_BY_OFFICES:
            for tag, name in Locale(written).languages.items():
                names.setdefault(name.casefold(), tag.replace("_", "-"))
        _NAMES["foreign"] = names
    return _NAMES["foreign"]
