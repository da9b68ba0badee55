"""How each condition binds: what excludes it, and whether a place is where it was gained, a home, or an origin."""

from __future__ import annotations

from dataclasses import dataclass, replace

from graph.model.questions import Binding
from nlp.question.pieces import Piece
from nlp.question.wording import Wording

_PLACES = frozenset({"cities", "countries", "regions", "traits"})
_COMMAS = frozenset({",", "،", "、", "，", "/"})


@dataclass(frozen=True, slots=True)
class Bound:
    """A condition's piece with what its surroundings say of it.

    `joined` says how it continues a list with the condition before it: "or", "and", "," or not at all.
    """

    piece: Piece
    slot: str
    negated: bool
    binding: Binding | None
    like: bool
    joined: str


def slot_of(piece: Piece) -> str:
    """The slot of the reading that the piece belongs to."""
    if piece.language:
        return "languages"
    if piece.concept:
        return piece.concept.slot
    if piece.cities:
        return "cities"
    place = piece.place
    return place.slot if place else ""


def bind(pieces: list[Piece], wording: Wording) -> list[Bound]:
    """Bind every condition among the pieces, in order."""
    bound: list[Bound] = []
    gap: list[Piece] = []
    for position, piece in enumerate(pieces):
        if piece.is_condition:
            if wording.country_beside_role and _beside_role(pieces, position, wording.country_beside_role):
                piece = replace(piece, origin=piece.place)
            bound.append(_bound(piece, gap, bound[-1] if bound else None, wording))
            gap = []
        else:
            gap.append(piece)
    return bound


def _beside_role(pieces: list[Piece], position: int, side: str) -> bool:
    """Whether a country stands right beside a role or a word for people: in Vietnamese after it, in Chinese before."""
    neighbour = position - 1 if side == "after" else position + 1
    named = pieces[position].senses and 0 <= neighbour < len(pieces)
    return bool(named) and (_is_role(pieces[neighbour]) or pieces[neighbour].does("people"))


def _is_role(piece: Piece) -> bool:
    return piece.concept is not None and piece.concept.slot == "roles"


def _bound(piece: Piece, gap: list[Piece], previous: Bound | None, wording: Wording) -> Bound:
    slot = slot_of(piece)
    joined = _joined(gap, previous)
    place = slot in _PLACES
    like = place and slot != "traits" and _is_like(gap, previous, joined)
    return Bound(
        piece=piece,
        slot=slot,
        negated=_is_negated(gap, slot, previous, joined),
        binding=_binding(piece, gap, previous, joined, wording) if place else None,
        like=like,
        joined=joined,
    )


def _joined(gap: list[Piece], previous: Bound | None) -> str:
    if previous is None or not all(_may_join(piece) for piece in gap):
        return ""
    if any(piece.does("or") for piece in gap):
        return "or"
    if any(piece.does("and") for piece in gap):
        return "and"
    return "," if any(piece.words in _COMMAS for piece in gap) else ""


def _may_join(piece: Piece) -> bool:
    """Whether the piece may stand between two conditions of one list."""
    small = piece.does("and", "or", "in", "of", "stop", "not", "from", "lives", "like", "city_nouns", "articles")
    return piece.words in _COMMAS or (small and not piece.does("but"))


def _is_negated(gap: list[Piece], slot: str, previous: Bound | None, joined: str) -> bool:
    armed = False
    for piece in gap:
        if piece.does("not"):
            armed = True
        elif piece.does("but", "neutral") or (armed and (piece.mark or piece.does("and", "or"))):
            armed = False
    if armed or previous is None or not previous.negated:
        return armed
    if joined:
        return _family(slot) == _family(previous.slot) and not any(piece.does("from", "lives") for piece in gap)
    return not gap and slot == "roles"  # "no Dutch consultants" is one exclusion


def _binding(piece: Piece, gap: list[Piece], previous: Bound | None, joined: str, wording: Wording) -> Binding:
    if piece.origin:
        return "from"
    said: Binding | None = None
    for cue in gap:
        if cue.does("lives"):
            said = "lives_in"
        elif _says_from(cue, gap, previous, wording):
            said = "from"
        elif cue.does("in", "like"):
            said = said or "gained_in"
        elif cue.mark or not cue.does("stop", "articles", "of", "city_nouns", "and", "or", "not"):
            said = None
    if said == "gained_in" and previous and previous.binding and _goes_on(gap, previous, joined):
        return previous.binding
    if said:
        return said
    if previous is not None and previous.binding and not previous.piece.origin and (joined or _is_one_phrase(gap)):
        return previous.binding
    return "gained_in"


def _goes_on(gap: list[Piece], previous: Bound, joined: str) -> bool:
    """Whether "in" only goes on: "living in Recife or in Natal", "from delta cities in Bangladesh"."""
    narrowed = previous.slot == "traits" and all(cue.does("in") and not cue.does("not") for cue in gap)
    return narrowed or (bool(joined) and previous.binding == "lives_in")


def _says_from(cue: Piece, gap: list[Piece], previous: Bound | None, wording: Wording) -> bool:
    if cue.does("from"):
        return True
    if not (wording.of_after_role and cue.does("of")):
        return False
    position = gap.index(cue)
    before = gap[position - 1] if position > 0 else previous.piece if previous else None
    return before is not None and (before.does("people") or _is_role(before))


def _is_one_phrase(gap: list[Piece]) -> bool:
    """Whether nothing but articles and "of" stands between, as in "from the delta cities of Vietnam"."""
    return all(piece.does("of", "city_nouns", "articles") for piece in gap)


def _is_like(gap: list[Piece], previous: Bound | None, joined: str) -> bool:
    for position, cue in enumerate(gap):
        if cue.does("like") and all(piece.does("stop", "in") for piece in gap[position + 1 :]):
            before = gap[position - 1] if position > 0 else None
            placed = (
                before.does("city_nouns", "people") if before else previous is not None and previous.slot in _PLACES
            )
            return placed or " " in cue.words or before is None
    return bool(previous and previous.like and joined) and not any(
        cue.does("in", "not", "from", "lives") for cue in gap
    )


def _family(slot: str) -> str:
    if slot in _PLACES:
        return "places"
    return "subjects" if slot in ("hazards", "measures") else slot
