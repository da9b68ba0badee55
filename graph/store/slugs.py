"""Keys made of names, the same for the same name however it is written."""

from __future__ import annotations

import hashlib
import unicodedata


def slug(name: str) -> str:
    """The words of a name in lower case, joined by hyphens; letters of every script stay.

    Case, spacing, punctuation and compatibility forms make no difference. A name without letters or digits
    gets a key made of its bytes.
    """
    folded = unicodedata.normalize("NFC", unicodedata.normalize("NFKC", name).casefold())
    return "-".join(folded.translate(_KEPT).split()) or hashlib.sha256(name.encode()).hexdigest()[:16]


class _Kept(dict[int, str]):
    """Letters, digits and marks as they are, all else as a space, for `str.translate`: each looked up once."""

    def __missing__(self, code: int) -> str:
        character = chr(code)
        kept = character if unicodedata.category(character)[0] in "LNM" else " "
        self[code] = kept
        return kept


_KEPT = _Kept()
