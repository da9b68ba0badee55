"""The text of a file whose encoding nobody stated: by its mark, as UTF-8, or by how well it reads."""

from __future__ import annotations

import re
import unicodedata

from charset_normalizer import from_bytes

from graph.errors import WrongInput

_MARKS = ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe\0\0", "utf-32"), (b"\0\0\xfe\xff", "utf-32"))
_UTF16_MARKS = (b"\xff\xfe", b"\xfe\xff")
_UNITS = re.compile(r"(?<![a-z])[ck]?m[²³]")
_TYPOGRAPHY = "‘’“”–—…€°·«»²³×±§\u00a0"
_CANDIDATES = (
    *("cp1252", "cp1250", "cp1251", "cp1253", "cp1254", "cp1255", "cp1256", "cp1257", "cp1258", "cp874", "koi8_r"),
    *("gb18030", "big5", "shift_jis", "euc_jp", "euc_kr", "mac_roman"),
)


def decoded(name: str, content: bytes, stated: str | None = None) -> tuple[str, str]:
    """The text and the encoding it was read in; raises WrongInput where there is none that reads well."""
    if stated is not None:
        return _decode(name, content, stated), stated
    for mark, encoding in _MARKS:
        if content.startswith(mark):
            return _decode(name, content, encoding), encoding.removesuffix("-sig")
    if content.startswith(_UTF16_MARKS):
        return _decode(name, content, "utf-16"), "utf-16"
    if b"\0" in content[:4096]:
        return _without_mark(name, content)
    try:
        return content.decode("utf-8"), "utf-8"
    except UnicodeDecodeError:
        guessed = _guessed(content)
        if guessed is None:
            raise WrongInput(f"The encoding of {name} is not known.", "Save it as CSV (UTF-8).") from None
        return _decode(name, content, guessed), guessed


def _decode(name: str, content: bytes, encoding: str) -> str:
    try:
        return content.decode(encoding)
    except LookupError as error:
        raise WrongInput(f'There is no encoding "{encoding}".', 'Write one such as "utf-8" or "cp1252".') from error
    except UnicodeDecodeError as error:
        raise WrongInput(
            f"{name} looks like {encoding}, and byte {error.start:,} is none of it.", "Save it as CSV (UTF-8)."
        ) from error


def _without_mark(name: str, content: bytes) -> tuple[str, str]:
    """UTF-16 without its mark has a zero in every second byte of plain letters; anything else with zeros is no text."""
    sample = content[:4096]
    for encoding, zeros in (("utf-16-le", sample[1::2]), ("utf-16-be", sample[0::2])):
        if zeros.count(0) > 0.6 * len(zeros) and len(content) % 2 == 0:
            return _decode(name, content, encoding), encoding
    raise WrongInput(f"{name} is no text file.", "Save it as CSV (UTF-8) or XLSX and load that.")


def _guessed(content: bytes) -> str | None:
    """The likeliest encoding of an office's program, of those in which nearly all that is no ASCII reads as letters."""
    telling = b"\n".join(line for line in content.splitlines() if not line.isascii())[:60_000]
    readable = [encoding for encoding in _CANDIDATES if _reads_as_letters(telling, encoding)]
    if not readable:
        return None
    foreign = sum(byte > 127 for byte in telling)
    if readable[0] == "cp1252" and len(telling) < 200 and foreign < 0.4 * len(telling):
        return "cp1252"  # too short to tell western alphabets apart
    best = from_bytes(telling, cp_isolation=readable).best()
    return best.encoding if best else readable[0]


def _reads_as_letters(telling: bytes, encoding: str) -> bool:
    try:
        text = telling.decode(encoding)
    except UnicodeDecodeError:
        return False
    foreign = [sign for sign in _UNITS.sub("", text) if not sign.isascii() and sign not in _TYPOGRAPHY]
    return sum(unicodedata.category(sign)[0] in "LM" for sign in foreign) >= 0.95 * len(foreign)
