"""Names as keys: how a run of words is spelled so that a name in a text and a name in an index meet.

A key is the normalised words of a name with one space between them, hashed to 64 bits. Among some 300,000 names a
question of a thousand word runs meets a wrong name by chance about once in 10^11 questions, so no spelling is kept.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from hashlib import blake2b

LONGEST_NAME = 6
"""Most words of a name that are looked up together."""
LONGEST_UNSPACED = 14
"""Most characters of a name in a script without spaces."""

_BREAKS = frozenset(',;:?!()[]{}"\n\r\t/|،؛؟。，、；：？！')
_CLITICS = ("وبال", "وال", "بال", "كال", "فال", "لل", "وب", "ول", "ب", "ل", "و", "ف", "ك")
_UNSPACED = (
    (0x0E00, 0x0EFF),  # Thai, Lao
    (0x1000, 0x109F),  # Burmese
    (0x1780, 0x17FF),  # Khmer
    (0x3040, 0x30FF),  # Kana
    (0x3400, 0x4DBF),  # Han
    (0x4E00, 0x9FFF),
    (0x20000, 0x2FFFF),
)


def key(name: str) -> int:
    """The 64-bit key of a normalised name."""
    return int.from_bytes(blake2b(name.encode("utf-8", "surrogatepass"), digest_size=8).digest(), "little")


def is_unspaced(character: str) -> bool:
    """Whether the character's script writes without spaces between words."""
    code = ord(character)
    return code >= 0x0E00 and any(low <= code <= high for low, high in _UNSPACED)


def is_word_character(character: str) -> bool:
    """Letters, digits and the marks that stand on them."""
    return character.isalnum() or unicodedata.category(character)[0] == "M"


def words(normalised: str) -> Iterator[tuple[int, int]]:
    """Spans of the words of a normalised text; a run of a script without spaces is one word of its own."""
    start: int | None = None
    unspaced = False
    for position, character in enumerate(normalised):
        if not is_word_character(character):
            if start is not None:
                yield start, position
            start = None
            continue
        now_unspaced = is_unspaced(character) if character > "\u0dff" else False
        if start is not None and now_unspaced != unspaced:
            yield start, position
            start = None
        if start is None:
            start = position
        unspaced = now_unspaced
    if start is not None:
        yield start, len(normalised)


def spelled(normalised: str) -> str:
    """The words of a normalised name with one space between them; empty where it has none."""
    return " ".join(normalised[start:end] for start, end in words(normalised))


def runs(normalised: str) -> Iterator[tuple[int, int, str]]:
    """Every run of words that might be a name: where it starts and ends, and how it is spelled."""
    spans = list(words(normalised))
    for index, (start, end) in enumerate(spans):
        if is_unspaced(normalised[start]):
            yield from _unspaced_runs(normalised, start, end)
            continue
        name = ""
        for following_start, following_end in spans[index : index + LONGEST_NAME]:
            if name and not _joined(normalised[end:following_start]):
                break
            end = following_end
            word = normalised[following_start:following_end]
            name = f"{name} {word}" if name else word
            yield start, end, name
        yield from _without_clitic(normalised, start, spans[index][1])


def _unspaced_runs(normalised: str, start: int, end: int) -> Iterator[tuple[int, int, str]]:
    for first in range(start, end):
        for last in range(first + 1, min(first + LONGEST_UNSPACED, end) + 1):
            yield first, last, normalised[first:last]


def _without_clitic(normalised: str, start: int, end: int) -> Iterator[tuple[int, int, str]]:
    """An Arabic word without the particle written onto it; its article stays, or comes back, as names have it."""
    word = normalised[start:end]
    for clitic in _CLITICS:
        if word.startswith(clitic) and len(word) - len(clitic) >= 3:
            stem = word[len(clitic) :]
            yield start + len(clitic), end, stem
            if clitic.endswith("ال") or clitic == "لل":
                yield start + len(clitic), end, "ال" + stem


def _joined(gap: str) -> bool:
    return len(gap) <= 2 and not _BREAKS.intersection(gap)


def deletions(name: str) -> set[str]:
    """The name and every spelling of it with one character left out: two names within one edit share one of these."""
    return {name} | {name[:position] + name[position + 1 :] for position in range(len(name))}


def one_edit_apart(first: str, second: str) -> bool:
    """Whether one insertion, deletion, substitution or swap of neighbours turns one into the other."""
    if first == second or abs(len(first) - len(second)) > 1:
        return False
    start = next(
        (i for i, (a, b) in enumerate(zip(first, second, strict=False)) if a != b), min(len(first), len(second))
    )
    first, second = first[start:], second[start:]
    if len(first) == len(second):
        return first[1:] == second[1:] or (first[:2] == second[1::-1] and first[2:] == second[2:])
    longer, shorter = (first, second) if len(first) > len(second) else (second, first)
    return longer[1:] == shorter
