"""Names made comparable, in any script."""

from __future__ import annotations

import re
import unicodedata

_ACCENTS = re.compile(r"[\u0300-\u036f]")
_APART = re.compile(r"[\W_]+")
_LETTERS = str.maketrans({"ı": "i", "ł": "l", "ø": "o", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe", "ħ": "h"})


def normalised(name: str) -> str:
    """Return a name without case, accents and punctuation; words are parted by one space.

    Accents are dropped from Latin, Greek and Cyrillic letters; the signs of other scripts are vowels, and stay.
    """
    if name.isascii():
        return _APART.sub(" ", name.casefold()).strip()
    bare = _ACCENTS.sub("", unicodedata.normalize("NFKD", name.casefold())).translate(_LETTERS)
    kept = "".join(sign if sign.isalnum() or unicodedata.category(sign)[0] == "M" else " " for sign in bare)
    return unicodedata.normalize("NFC", " ".join(kept.split()))
