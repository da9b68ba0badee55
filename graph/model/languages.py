"""Names of languages."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache


@cache
def language_name(tag: str) -> str:
    """Return the English name of a language (BCP 47), or its tag where no name is known."""
    from babel import Locale

    name: str | None = Locale("en").languages.get(tag.split("-")[0].lower())
    return name or tag


@cache
def language_names() -> Mapping[str, str]:
    """Return the English name of every language by its tag, without variants by script or country."""
    from babel import Locale

    return {tag: name for tag, name in Locale("en").languages.items() if "_" not in tag}
