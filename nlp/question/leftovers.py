"""What a question says beyond its conditions: words with meaning, and what looks like a condition but was not read."""

from __future__ import annotations

from nlp.question.pieces import Piece


def unread_places(pieces: list[Piece], question: str) -> list[tuple[int, int]]:
    """Stretches of capitalised words behind a preposition of place that are no known place."""
    found: list[tuple[int, int]] = []
    behind = False
    for piece in pieces:
        if piece.is_word and question[piece.start].isupper():
            if found and question[found[-1][1] : piece.start].strip() == "" and behind:
                found[-1] = found[-1][0], piece.end
            elif behind:
                found.append((piece.start, piece.end))
        else:
            behind = piece.does("in", "from", "lives", "like") or (behind and piece.does("stop", "of", "city_nouns"))
    return found


def rest(pieces: list[Piece], question: str, not_understood: list[tuple[int, int]]) -> str:
    """The unread words in order, without those that are said not to be understood."""
    return " ".join(
        question[piece.start : piece.end]
        for piece in pieces
        if piece.is_word
        and not (len(piece.words) == 1 and piece.words.isascii())
        and not any(start <= piece.start < end for start, end in not_understood)
    )
