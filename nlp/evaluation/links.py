"""Links judged by a file of texts with the right hazards, by language.

Over the lines with a hazard, without threshold: top-1 (the first hazard is gold or accepted; a broader or narrower kind
is otherwise wrong) and recall at 3. At the linker's threshold: precision, recall, abstention, and false links on lines
without a hazard. The calibration error is taken over the first three hazards of every line, all languages together.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from graph.errors import WrongInput
from graph.model.links import Link
from nlp.evaluation.calibration import Bin, bins, calibration_error
from nlp.evaluation.figures import Figure, mean_of, ratio_of, statistic_of
from nlp.evaluation.lines import id_list, json_lines, text_field
from nlp.evaluation.metrics import recall_at, top1
from nlp.ports import Linker

CALIBRATED = 3
"""So many of the first hazards of each line are held against their scores."""


@dataclass(frozen=True, slots=True)
class Statement:
    """A text with the hazards it applies to; `accepted` are right as a first answer too, but need not be found."""

    id: str
    text: str
    language: str | None
    hazards: frozenset[str]
    accepted: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class LinkedStatement:
    """A statement with every hazard ranked, and those that reach the threshold."""

    statement: Statement
    ranked: tuple[Link, ...]
    linked: tuple[Link, ...]


@dataclass(frozen=True, slots=True)
class LinkQuality:
    """How good the links of one language are, or of all (`language` None)."""

    language: str | None
    lines: int
    top1: Figure
    recall_at_3: Figure
    precision: Figure
    recall: Figure
    abstention: Figure
    false_links: Figure


@dataclass(frozen=True, slots=True)
class LinkReport:
    """All languages together, then each; the calibration of the scores; and what was most often taken for what."""

    linker: str
    together: LinkQuality
    languages: tuple[LinkQuality, ...]
    calibration: Figure
    calibration_bins: tuple[Bin, ...]
    confusions: tuple[tuple[str, str, int], ...]
    """Right hazard, first hazard instead, how often."""


def read_statements(path: Path, hazards: Collection[str]) -> list[Statement]:
    """Read lines of `{"id","text","language","hazards":[ids],"accept"?:[ids]}`.

    Raises WrongInput, naming the line, for a line of another form or an identifier that is not among `hazards`.
    """
    found: dict[str, Statement] = {}
    for where, record in json_lines(path):
        id = text_field(where, record, "id")
        if id in found:
            raise WrongInput(f"{where}: the id {id!r} stands twice.", "Give every line an id of its own.")
        found[id] = Statement(
            id,
            text_field(where, record, "text"),
            text_field(where, record, "language") if record.get("language") is not None else None,
            id_list(where, record, "hazards", hazards),
            id_list(where, record, "accept", hazards),
        )
    if not found:
        raise WrongInput(f"{path} has no lines.", 'Write {"id","text","language","hazards":[…]} on each line.')
    return list(found.values())


def link_statements(statements: Sequence[Statement], linker: Linker) -> list[LinkedStatement]:
    """Link and rank every statement; the linker is told nothing but the text."""
    texts = [statement.text for statement in statements]
    return [
        LinkedStatement(statement, tuple(ranked.hazards), tuple(linked.hazards))
        for statement, ranked, linked in zip(statements, linker.rank(texts), linker.link(texts), strict=True)
    ]


def judge_links(linked: Sequence[LinkedStatement], linker: str = "") -> LinkReport:
    """Judge linked statements."""
    languages = sorted({each.statement.language or "" for each in linked})
    scores, right = _scored(linked)
    return LinkReport(
        linker=linker,
        together=_quality(None, linked),
        languages=tuple(
            _quality(language, [each for each in linked if (each.statement.language or "") == language])
            for language in languages
        ),
        calibration=_calibration(scores, right),
        calibration_bins=tuple(bins(scores.ravel(), right.ravel())),
        confusions=_confusions(linked),
    )


def _quality(language: str | None, linked: Sequence[LinkedStatement]) -> LinkQuality:
    about = [each for each in linked if each.statement.hazards]
    nothing = [each for each in linked if not each.statement.hazards]
    return LinkQuality(
        language=language,
        lines=len(linked),
        top1=mean_of([top1(_ids(each.ranked), _right(each.statement)) for each in about]),
        recall_at_3=mean_of([recall_at(3, _ids(each.ranked), each.statement.hazards) for each in about]),
        precision=ratio_of(
            [sum(link.id in _right(each.statement) for link in each.linked) for each in linked],
            [len(each.linked) for each in linked],
        ),
        recall=ratio_of(
            [len(each.statement.hazards & set(_ids(each.linked))) for each in about],
            [len(each.statement.hazards) for each in about],
        ),
        abstention=mean_of([not each.linked for each in about]),
        false_links=mean_of([bool(each.linked) for each in nothing]),
    )


def _ids(links: Sequence[Link]) -> list[str]:
    return [link.id for link in links]


def _right(statement: Statement) -> frozenset[str]:
    return statement.hazards | statement.accepted


def _scored(linked: Sequence[LinkedStatement]) -> tuple[np.ndarray, np.ndarray]:
    """Scores and whether they are right, shape (lines, CALIBRATED) each."""
    first = [each.ranked[:CALIBRATED] for each in linked]
    scores = np.array([[link.score for link in links] for links in first])
    right = np.array(
        [[link.id in _right(e.statement) for link in links] for e, links in zip(linked, first, strict=True)]
    )
    return scores, right


def _calibration(scores: np.ndarray, right: np.ndarray) -> Figure:
    return statistic_of(len(scores), lambda drawn: calibration_error(scores[drawn].ravel(), right[drawn].ravel()))


def _confusions(linked: Sequence[LinkedStatement], shown: int = 15) -> tuple[tuple[str, str, int], ...]:
    counted: dict[tuple[str, str], int] = {}
    for each in linked:
        first = each.ranked[0].id if each.ranked else ""
        if each.statement.hazards and first not in _right(each.statement):
            pair = (min(each.statement.hazards), first)
            counted[pair] = counted.get(pair, 0) + 1
    ordered = sorted(counted.items(), key=lambda item: (-item[1], item[0]))
    return tuple((gold, taken, count) for (gold, taken), count in ordered[:shown])
