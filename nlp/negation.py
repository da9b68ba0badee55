"""Which stretches of a text deny what they name: "no experience with floods", "las sequías no son mi campo".

Only a person's doing or knowing can be denied. "No floods since 2015" and "without flooding the fields" tell what came
of the work, so they are mentions like any other, and so are "not only", "no-regret" and "no longer". A negation
therefore counts where a word for doing or knowing follows it in the clause ("never … worked", "no … experience"),
where a phrase denies by itself ("nothing to do with"), or where it sets one subject against another ("drought, not
floods"). The words are data: `nlp/vocabulary/negations.json`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from nlp.normalising import Normalised, accents, normalise
from nlp.vocabulary.negation_cues import CLAUSE_END, COMMAS, UNSPACED, WORD, Cues, all_cues

LONGEST_ITEM = 4
"""Words of a member of a list, as in "no experience with floods, bush fires or drought"."""
LONGEST_REACH = 400
"""Characters that a denial reaches where no punctuation ends it, so that time stays bounded."""

SENTENCE = re.compile(f"[^{CLAUSE_END}]+")
PIECE = re.compile(f"[^{COMMAS}]+")
NOTHING_MORE = re.compile(r"\W*\w{0,4}\W*")
"""Nothing, or a preposition left behind: "floods I have never worked on"."""


def negated_spans(text: str) -> list[tuple[int, int]]:
    """Return the stretches of a text that deny what they name, in code points, in order and apart from each other.

    The text may be in any of the nine languages of the vocabulary, or mix them.
    """
    return negated_spans_normalised(text, normalise(text))


def negated_spans_normalised(text: str, normalised: Normalised) -> list[tuple[int, int]]:
    """Like `negated_spans`, for a text that was folded already."""
    words, letters = set(WORD.findall(normalised.text)), set(normalised.text)
    # By words, not by letters, where words stand apart: the French "n" of "n'ai" is a letter of nearly every text.
    spoken = [cues for cues in all_cues() if not cues.signs.isdisjoint(letters if cues.language in UNSPACED else words)]
    if not spoken:
        return []  # as in most texts
    folded = with_line_ends(text, normalised)
    spans = [span for cues in spoken for span in spans_of(cues, text, folded, normalised)]
    return merged(normalised.original(*span) for span in spans)


def spans_of(cues: Cues, text: str, folded: str, normalised: Normalised) -> Iterator[tuple[int, int]]:
    """Yield the denied stretches of the folded text by the words of one language."""
    masked = cues.harmless.sub(lambda match: "\x00" * len(match[0]), folded)
    for start, end in clauses(cues, masked):
        for match in cues.backward.finditer(masked, start, end):
            if is_written_right(cues, text, normalised, match.span()):
                yield start, end
        for match in cues.denials.finditer(masked, start, end):
            said = ("phrase",) if match["phrase"] else ("cue", "deed")
            if all(is_written_right(cues, text, normalised, match.span(part)) for part in said):
                yield scope(cues, masked, (start, end), match)
        for match in cues.contrasts.finditer(masked, start, end):
            if is_written_right(cues, text, normalised, match.span("cue")):
                yield match.start("cue"), end_of_list(cues, masked, match.end(), end)


def clauses(cues: Cues, folded: str) -> Iterator[tuple[int, int]]:
    """Yield the bounds of the clauses: between full stops, and before words that begin another clause."""
    for sentence in SENTENCE.finditer(folded):
        start = sentence.start()
        for stop in cues.stops.finditer(folded, *sentence.span()):
            if folded[start : stop.start()].strip(f" {COMMAS}"):
                yield start, stop.start()
                start = stop.start()
        yield start, sentence.end()


def scope(cues: Cues, folded: str, clause: tuple[int, int], match: re.Match[str]) -> tuple[int, int]:
    """Return how far a denial reaches: what follows it, or the piece before it where nothing does.

    In Chinese the subject stands before the negation as often as behind ("对洪水没有经验"), so it is the whole piece.
    """
    start, end = clause
    list_end = end_of_list(cues, folded, match.end(), end)
    if match["phrase"]:
        return match.start(), list_end
    start = max(start, match.start() - LONGEST_REACH)
    piece_start = max(start, *(folded.rfind(comma, start, match.start()) + 1 for comma in COMMAS))
    is_last = NOTHING_MORE.fullmatch(folded, match.end(), list_end)
    if cues.language in UNSPACED:
        return piece_start, list_end
    if is_last and len(match["between"].split()) <= 1 and match["cue"] not in cues.forward:
        return piece_start, list_end
    return match.start(), list_end


def end_of_list(cues: Cues, folded: str, start: int, clause_end: int) -> int:
    """Return where the piece ends that begins at `start`: at a comma, unless the comma goes on with a list."""
    pieces = PIECE.finditer(folded, start, min(clause_end, start + LONGEST_REACH))
    first = next(pieces, None)
    if first is None:
        return clause_end
    list_end = first.end()
    for piece in pieces:
        if folded[piece.start() - 1] == "、" or cues.joiners.match(folded, piece.start(), piece.end()):
            list_end = piece.end()
        elif len(piece.group().split()) > LONGEST_ITEM:
            break
        elif cues.joiners.search(folded, piece.start(), piece.end()):
            return piece.end()
    return list_end


def is_written_right(cues: Cues, text: str, normalised: Normalised, span: tuple[int, int]) -> bool:
    """Whether a Vietnamese cue has its own accents or none: "chưa" is "not yet", "chùa" a pagoda."""
    if cues.language != "vi":
        return True
    given = accents(text[slice(*normalised.original(*span))])
    return not given.strip() or (normalised.text[slice(*span)], given) in cues.accented


def with_line_ends(text: str, normalised: Normalised) -> str:
    """Return the folded text with the line ends that folding made into spaces."""
    if "\n" not in text and "\r" not in text:
        return normalised.text
    return "".join(
        "\n" if letter == " " and not {"\n", "\r"}.isdisjoint(text[start:end]) else letter
        for letter, start, end in zip(normalised.text, normalised.starts, normalised.ends, strict=True)
    )


def merged(spans: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    """Return the spans in order, overlapping ones as one."""
    apart: list[tuple[int, int]] = []
    for start, end in sorted(spans):
        if apart and start <= apart[-1][1]:
            apart[-1] = apart[-1][0], max(end, apart[-1][1])
        elif start < end:
            apart.append((start, end))
    return apart
