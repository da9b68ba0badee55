"""What a language does where two words meet: contractions, elisions, and the capital at the beginning."""

from __future__ import annotations

import re

_RULES: dict[str, tuple[tuple[re.Pattern[str], str], ...]] = {
    language: tuple((re.compile(pattern), replacement) for pattern, replacement in rules)
    for language, rules in {
        "es": (
            (r"\b([Dd])e el ", r"\1el "),
            (r"\b([Aa]) el ", r"\1l "),
            (r"\by (?=[Ii](?![aeou])|[Hh]i(?![aeo]))", "e "),
            (r"\bo (?=[Oo]|[Hh]o)", "u "),
        ),
        "fr": (
            (r"\b([Dd])e le (?=\S)", r"\1u "),
            (r"\b([Dd])e les (?=\S)", r"\1es "),
            (r"\b([Dd])e des (?=\S)", r"\1e "),
            (r"\bà le (?=\S)", "au "),
            (r"\bà les (?=\S)", "aux "),
            (r"\b([Dd]|[Qq]u|[Jj]|[Ll]|[Nn]|[Ss])e (?=[aeiouéèêâîôûœàAEIOUÉ])", r"\1'"),
            (r"\b([Dd])e (?=h[aeiouôéy](?!ut|ie|nd))", r"\1'"),
        ),
        "pt": (
            (r"\b([Dd])e (?=[oa]s? )", r"\1"),
            (r"\bem (?=[oa]s? )", "n"),
            (r"\bEm (?=[oa]s? )", "N"),
            (r"\bem (?=u(m|ma|ns|mas) )", "n"),
            (r"\bpor (?=[oa]s? )", "pel"),
            (r"\ba (?=os? )", "a"),
            (r"\ba a(?=s? )", "à"),
        ),
        "zh": ((r"(?<=[\u4e00-\u9fff]) (?=[\u4e00-\u9fff\d])", ""),),
    }.items()
}

_AFTER_STOP = re.compile(r"(?<=[.?!] )[^\W\d]")


def polish(text: str, language: str) -> str:
    """Return the text as its language writes it, beginning with a capital letter."""
    for pattern, replacement in _RULES.get(language, ()):
        text = pattern.sub(replacement, text)
    return capital(_AFTER_STOP.sub(lambda letter: letter.group().upper(), text))


def capital(text: str) -> str:
    """Return the text with its first letter as a capital."""
    return text[:1].upper() + text[1:]
