"""Whether words that are the name of a city mean the city: "Nice" after "in" does, "green" and "most" do not."""

from __future__ import annotations

from collections.abc import Iterable

from nlp.normalising import Normalised
from nlp.question.gazetteer import CityMatch
from nlp.question.keys import words
from nlp.question.lexicon import Lexicon
from nlp.question.pieces import Piece
from nlp.question.wording import Wording

_PLACING = frozenset({"in", "from", "lives", "like"})
_TRANSPARENT = frozenset({"stop", "city_nouns", "of", "not"})
_LISTING = frozenset({"and", "or"})


class Evidence:
    """What surrounds a name: capitals, the preposition before it, the list it stands in, how many people live there."""

    def __init__(
        self, question: str, text: Normalised, wording: Wording, lexicon: Lexicon, candidates: Iterable[Piece]
    ) -> None:
        """Look at a question once; `holds` then judges its matches in order of their start."""
        self._question, self._text, self._wording, self._lexicon = question, text, wording, lexicon
        self._words = [text.original(start, end) for start, end in words(text.text)]
        self._shouted = question.isupper()
        self._cues: dict[int, frozenset[str]] = {}
        self._places: set[int] = set()
        for piece in candidates:
            if piece.cues:
                self._cues[piece.end] = self._cues.get(piece.end, frozenset()) | piece.cues
            elif piece.senses:
                self._places.add(piece.end)

    def holds(self, match: CityMatch) -> bool:
        """Whether the match is read as a city."""
        start, end = self._text.original(match.start, match.end)
        steps = self._steps_from_preposition(start)
        held = self._judge(match, self._question[start:end], steps, start == self._words[0][0])
        if held:
            self._places.add(end)
        return held

    def _judge(self, match: CityMatch, written: str, steps: int | None, opening: bool) -> bool:
        placed = steps is not None
        name = self._text.text[match.start : match.end]
        population = match.cities[0].population
        own = any(city.own_name for city in match.cities)
        ordinary = name in self._wording.ordinary or name in self._lexicon.concepts
        if written.lower() == written.upper():  # a script without capitals
            return not ordinary and len(name) > 1 and population >= (30_000 if placed else 300_000)
        capital = _capitalised(written) and not self._shouted
        if ordinary or len(name) < 3:
            return capital and steps == 0 and not opening and own  # "in Nice", not "in the Delta"
        if capital and opening:
            return population >= (100_000 if own else 500_000)
        if capital:
            return own or placed or population >= 50_000
        if placed:
            return population >= (30_000 if own else 200_000) and len(name) >= 4
        return own and population >= 500_000 and len(name) >= 5

    def _steps_from_preposition(self, start: int) -> int | None:
        """Words between the name and a preposition of place, or a place that a list begins with; None without one."""
        listed, articles = False, 0
        following = start
        for word_start, word_end in reversed([span for span in self._words if span[1] <= start]):
            listed = listed or not {",", "、", "،"}.isdisjoint(self._question[word_end:following])
            if word_end in self._places:
                return articles if listed else None
            cues = self._cues.get(word_end, frozenset())
            if cues & _PLACING:
                return articles
            if not cues & (_TRANSPARENT | _LISTING):
                return None
            listed = listed or bool(cues & _LISTING)
            articles += not cues & _LISTING
            following = word_start
        return None


def _capitalised(written: str) -> bool:
    """Whether the first letter is a capital, or that of most of several words ("'s-Hertogenbosch")."""
    initials = [word[0] for word in written.replace("-", " ").replace("'", " ").split() if word[0].isalpha()]
    return bool(initials) and (initials[0].isupper() or sum(map(str.isupper, initials)) * 2 > len(initials))
