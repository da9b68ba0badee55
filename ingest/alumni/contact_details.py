"""E-mail addresses and telephone numbers inside free text: found, so that they can be kept out and masked.

A telephone number is a run of digits and separators that is marked as one (a plus sign, two leading zeros, a word
such as "tel") or grouped as one (a leading zero, an area code in brackets). Years, dates, decimals, amounts with a
unit and numbers named as those of a project are none.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

MASK = "•••"

_INVISIBLE = dict.fromkeys(map(ord, "\u200b\u200c\u200d\u2060\ufeff\u00ad\u200e\u200f"))
_DASHES = dict.fromkeys(map(ord, "\u2010\u2011\u2012\u2013\u2014\u2015\u2212\u00b7\u2022"), "-")

_FOREIGN_DIGIT = re.compile(r"[^\D0-9]")

_AT = r"(?:\s{0,2}@\s{0,2}|\s{0,2}[(\[{<]\s?(?:at|@|arroba)\s?[)\]}>]\s{0,2})"
_DOT = r"(?:\.|\s\.\s|\s{0,2}[(\[{<]\s?(?:dot|punt|punto|point|\.)\s?[)\]}>]\s{0,2}|\s(?:dot|punt|punto|point)\s)"
_NAME = r"[\w.+'%-]*[\w+]"
_DOMAIN = rf"[\w-]+(?:{_DOT}[\w-]+)*?{_DOT}[^\W\d_]{{2,24}}\b"
_EMAIL = re.compile(
    rf"{_NAME}{_AT}{_DOMAIN}|{_NAME}\s(?:at|arroba)\s[\w-]+(?:\s(?:dot|punto|point)\s[\w-]+)+"
    rf"|mailto:\S+|{_NAME}@\[[\d.:a-f]+\]",
    re.IGNORECASE,
)

_SUSPECT = re.compile(r"@|[(\[{<]\s?(?:at|arroba)|\s(?:dot|punto|point)\s|mailto|(?:\d\D{0,3}){6}", re.IGNORECASE)

_NO_NUMBER = re.compile(
    r"https?://(?!wa\.me)\S+|\bdoi\b\S*\s?\S+|\b10\.\d{4,9}/\S+"  # links and publications
    r"|\b(?:19|20)\d\d[-/.](?:0?[1-9]|1[0-2])[-/.](?:0?[1-9]|[12]\d|3[01])\b"  # dates
    r"|(?<![+\d])\b(?:0?[1-9]|[12]\d|3[01])[-/. ](?:0?[1-9]|1[0-2])[-/. ](?:19|20)\d\d\b"
    r"|(?<![+\d])\b(?:0?[1-9]|1[0-2])(?:[-/.](?:19|20)\d\d\b| (?:19|20)\d\d\b(?![\s.-]?\d))"
    r"|(?<![\d.,])[+-]?\d{1,3}[.,]\d+(?!\d|[.,]\d|[\s-]\d|\s?[-/(]\s?\d)"  # decimals, degrees
    r"|\d+(?=\s?°)"
)
_RUN = re.compile(
    r"(?<![a-z0-9_.,/-])(?:\+|\(\+|\(|\(0)?\s?\d(?:[\s().\-/]{0,3}\d)+(?![a-z0-9_°])|(?<=wa\.me/)\+?\d+", re.IGNORECASE
)
_MARKED = re.compile(
    r"(?:\b(?:tel|tél|telephone|téléphone|telefoon|telefon|teléfono|telefone|telepon|phone|mobile|mob|móvil|cell|cellphone"
    r"|gsm|fax|whatsapp|viber|signal|handy|nomor hp|no hp|hp|điện thoại|số điện thoại|đt|sđt|call me at|call me on"
    r"|reach me on|reach me at|wa\.me/|телефон|тел)|电话|電話|手机|手機|هاتف|جوال|تليفون|फोन|फ़ोन)"
    r"[\s.:=#/-]{0,3}(?:is|no|nr|number|num|nummer|numéro|número)?[\s.:=#/-]{0,3}$",
    re.IGNORECASE,
)
_NAMED_OTHERWISE = re.compile(
    r"(?:project|projet|proyecto|projekt|proyek|dự án|contract|grant|loan|credit|award|file|dossier|case|invoice"
    r"|order|id|isbn|issn|ref|reference|code|gauge|station|account|tender|licence|license|permit|patent|utm|epsg)\.?"
    r"[\s.:=#-]{0,3}(?:no|nr|number|num|n°|nummer|numéro|número)?[\s.:=#-]{0,3}(?:[a-z]{1,4}[-/]?)?$",
    re.IGNORECASE,
)
_UNIT = re.compile(
    r"\s?(?:%|‰|m[23³²]\b|m\b|km|cm|mm|ha\b|l\b|kg|tonnes?|tons?|mw\b|kw|gwh|kwh|eur|usd|gbp|vnd|idr|dollars?|euros?|people"
    r"|persons?|inhabitants|residents|households|homes|houses|families|hectares|acres|litres|liters|cubic|square|metres|meters"
    r"|cusecs|mg|ppm|cfs|habitants|habitantes|personnes|personas|người|hộ|trees|mangroves|years|million|€|\$)",
    re.IGNORECASE,
)
_CURRENCY = re.compile(r"(?:€|\$|£|¥|₫|\b(?:EUR|USD|GBP|VND|IDR|Rs|INR|BDT))\s?$", re.IGNORECASE)
_YEAR = re.compile(r"(?:1[89]|20)\d\d")


@dataclass(frozen=True, slots=True)
class Found:
    """An address or number in the plain form of a text: where it stands there, and which of the two it is."""

    start: int
    end: int
    kind: str


def found(text: str) -> list[Found]:
    """Find the e-mail addresses and telephone numbers of a text; positions are those in `plain(text)`."""
    text = plain(text)
    if not _SUSPECT.search(text):
        return []
    addresses = [Found(m.start(), m.end(), "e-mail address") for m in _EMAIL.finditer(text)]
    numbers = [
        number
        for number in _numbers(text)
        if not any(address.start < number.end and number.start < address.end for address in addresses)
    ]
    return sorted(addresses + numbers, key=lambda one: one.start)


def masked(text: str) -> str:
    """The text with every address and number replaced by `MASK`; unchanged where it has none."""
    spans = found(text)
    if not spans:
        return text
    text = plain(text)
    for span in reversed(spans):
        text = text[: span.start] + MASK + text[span.end :]
    return text


def plain(text: str) -> str:
    """The text with compatibility characters, invisible ones, digits of every script and dashes in their plain form."""
    if text.isascii():
        return text
    text = unicodedata.normalize("NFKC", text).translate(_INVISIBLE).translate(_DASHES)
    return _FOREIGN_DIGIT.sub(lambda digit: str(unicodedata.decimal(digit[0])), text)


def _numbers(text: str) -> Iterator[Found]:
    hidden = _NO_NUMBER.sub(lambda match: "\0" * len(match[0]), text)
    for run in _RUN.finditer(hidden):
        if _is_telephone(run[0], before=text[: run.start()], after=text[run.end() :]):
            yield Found(run.start(), run.end(), "telephone number")
    for match in _NO_NUMBER.finditer(text):
        if _MARKED.search(text[: match.start()]) and sum(map(str.isdigit, match[0])) >= 7:
            yield Found(match.start(), match.end(), "telephone number")


def _is_telephone(run: str, before: str, after: str) -> bool:
    groups = re.findall(r"\d+", run)
    digits = "".join(groups)
    if not 6 <= len(digits) <= 16 or all(_YEAR.fullmatch(group) for group in groups):
        return False
    if _MARKED.search(before):
        return True
    if _NAMED_OTHERWISE.search(before) or _UNIT.match(after) or _CURRENCY.search(before):
        return False
    return _is_grouped_as_one(run.strip(), groups, digits)


def _is_grouped_as_one(run: str, groups: list[str], digits: str) -> bool:
    count = len(digits)
    if run.startswith(("+", "(+")):
        return count >= 8
    if run.startswith("00") and digits[2] != "0":
        return 10 <= count <= 16
    if run.lstrip("(").startswith("0"):
        return 9 <= count <= 12 and digits[1] != "0" and run[:2] != "0."
    sizes = [len(group) for group in groups]
    if sizes in ([3, 3, 4], [1, 3, 3, 4]):
        return groups[-3][0] in "23456789" and groups[0] in ("1", groups[-3])
    mobile = re.fullmatch(r"1[3-9]\d{9}|[6-9]\d{9}", digits)
    return mobile is not None and sizes in ([11], [10], [5, 5], [3, 4, 4])
