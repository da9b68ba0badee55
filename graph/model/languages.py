"""Names of languages."""

from __future__ import annotations

from functools import cache


@cache
def language_name(tag: str) -> str:
    """Return the English name of a language (BCP 47), or its tag where no name is known."""
    from babel import Locale

    name: str | None = Locale("en").languages.get(tag.split("-")[0].lower())
    return name or tag
