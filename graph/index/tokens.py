"""Texts to the words that are counted: normalised, English plurals folded, unspaced scripts as pairs of characters."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

# Thai, Lao, Myanmar, Khmer, Kana and Han are written without spaces: pairs of characters stand for their words.
_UNSPACED = "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
# Vowel signs of Indic scripts are marks, not letters, to Python; they belong to the word all the same.
_MARKS = "\u0900-\u0dff\u0610-\u061a\u064b-\u065f"
_WORD = re.compile(rf"[\w{_MARKS}{_UNSPACED}]+")
_RUN = re.compile(rf"[{_UNSPACED}]+|[^{_UNSPACED}]+")
_HAS_UNSPACED = re.compile(rf"[{_UNSPACED}]")
_DROPPED = re.compile("[\u0300-\u036f\u064b-\u065f\u0640]")

# What questions are made of, and the commonest words of the languages that texts come in, normalised as below.
_FUNCTION_WORDS = """
    a about after against all also an and any anybody anyone are as at be been before being between both but by can
    could did do doe done during each ever every find for from get give had handled has have having he help her his how
    i if in into is it know known knows like list many may me more most much my need no not of off on one or other our
    out over people person please she should show since so some somebody someone such than that the their them then
    there these they this those through to under until up us was we were what when where which while who whom whose
    why will with within without work worked working would you your expert expertise experience experienced specialist
    professional colleague alumni alumnu deal dealt dealing
    aan als bij de die dat door een en er heeft het hij in is met naar niet om onder ook op over te tot uit van voor
    was wat werd wie wordt zij ze zijn ervaring
    au aux avec ce ces cette dans de des du elle en est et il ils je la le les leur mais ne nous ou par pas pour qui
    que quel quelle sa sans se ses son sont sur un une vous experience
    al algun alguien como con cual de del donde el ella ellos en era es esta este fue ha han la las lo los mas no para
    pero por que quien se sin sobre son su sus un una uno y experiencia
    ao aos as com da das do dos e em foi mas na nas no nos o os ou para pela pelo por quem se sem sua um uma
    ada adalah atau dalam dan dari dengan di ini itu juga kepada ke oleh pada siapa tidak untuk yang
    ai ban bi cac cho co cua da den duoc hay la nao nhung o va ve voi
"""
FUNCTION_WORDS: frozenset[str] = frozenset(_FUNCTION_WORDS.split())
"""Words that say nothing of what a text is about."""


def normalised(text: str) -> str:
    """Return the text in lower case without accents; marks that change a letter of other scripts stay."""
    if text.isascii():
        return text.lower()
    plain = _DROPPED.sub("", unicodedata.normalize("NFKD", text.casefold()).replace("đ", "d"))
    return unicodedata.normalize("NFC", plain)


def words(text: str) -> list[str]:
    """Return the words of a text in order, repeats included."""
    found: list[str] = []
    for word in _WORD.findall(normalised(text)):
        found.extend(_folded(word))
    return found


def meaningful(found: list[str]) -> list[str]:
    """Return the words that say what a text is about, each once, in order."""
    return [word for word in dict.fromkeys(found) if word not in FUNCTION_WORDS and (len(word) > 1 or word.isdigit())]


@lru_cache(maxsize=100_000)
def _folded(word: str) -> tuple[str, ...]:
    if word.isascii():
        return (_singular(word),)
    if not _HAS_UNSPACED.search(word):
        return (word,)
    pieces: list[str] = []
    for run in _RUN.findall(word):
        if _HAS_UNSPACED.match(run):
            pieces.extend(run[at : at + 2] for at in range(max(1, len(run) - 1)))
        else:
            pieces.extend(_folded(run))
    return tuple(pieces)


def _singular(word: str) -> str:
    if len(word) > 4 and word.endswith("ies"):
        return word[:-3] + "y"
    if len(word) > 3 and word.endswith("s") and word[-2] not in "siu":
        return word[:-1]
    return word
