"""Readings judged by a file of questions with their exact reading, by language.

A question is exactly right when every slot's set of (id, negated, and how a place or trait binds), the years and the
groups of which one suffices equal the gold ones. Spans and the words left over are scored apart.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, Protocol

from graph.errors import WrongInput
from graph.model.questions import SLOTS, Term, Understood
from nlp.evaluation.figures import Figure, mean_of, ratio_of
from nlp.evaluation.lines import json_lines, text_field

TERM_SLOTS = (*SLOTS, "like")
Condition = tuple[str, bool, str | None]


class Reader(Protocol):
    """Reads questions."""

    def read(self, question: str, today: date) -> Understood:
        """Return what a question means on a day."""


@dataclass(frozen=True, slots=True)
class GoldQuestion:
    """A question with its exact reading in the wire's form; `today` is the day that "the last ten years" end on."""

    id: str
    question: str
    language: str | None
    understood: dict[str, Any]


@dataclass(frozen=True, slots=True)
class Judgement:
    """What was right of one reading: all of it, how many of its spans, the words left over; and what was wrong."""

    gold: GoldQuestion
    exact: bool
    spans: int
    right_spans: int
    rest: bool | None
    wrong: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class QuestionQuality:
    """How well the questions of one language are read, or of all (`language` None)."""

    language: str | None
    lines: int
    exact: Figure
    spans: Figure
    rest: Figure


@dataclass(frozen=True, slots=True)
class QuestionReport:
    """All languages together, then each, and every judgement."""

    together: QuestionQuality
    languages: tuple[QuestionQuality, ...]
    judgements: tuple[Judgement, ...]


def read_gold(path: Path) -> list[GoldQuestion]:
    """Read lines of `{"id","question","language","understood":{…}}`. Raises WrongInput, naming the line."""
    found = []
    for where, record in json_lines(path):
        understood = record.get("understood")
        if not isinstance(understood, dict):
            raise WrongInput(f'{where}: "understood" is missing.', "Give every line its exact reading.")
        _check(where, understood)
        language = record.get("language")
        found.append(
            GoldQuestion(
                text_field(where, record, "id"),
                text_field(where, record, "question"),
                language if isinstance(language, str) else None,
                understood,
            )
        )
    if not found:
        raise WrongInput(f"{path} has no lines.", 'Write {"id","question","language","understood":{…}} on each line.')
    return found


def judge_questions(gold: Sequence[GoldQuestion], reader: Reader, today: date) -> QuestionReport:
    """Read every question as on `today` and judge the readings."""
    judged = tuple(_judged(each, reader.read(each.question, today)) for each in gold)
    languages = sorted({each.gold.language or "" for each in judged})
    own = {code: [each for each in judged if (each.gold.language or "") == code] for code in languages}
    return QuestionReport(_quality(None, judged), tuple(_quality(code, own[code]) for code in languages), judged)


def _quality(language: str | None, judged: Sequence[Judgement]) -> QuestionQuality:
    return QuestionQuality(
        language,
        len(judged),
        mean_of([each.exact for each in judged]),
        ratio_of([each.right_spans for each in judged], [each.spans for each in judged]),
        mean_of([each.rest for each in judged if each.rest is not None]),
    )


def _judged(gold: GoldQuestion, read: Understood) -> Judgement:
    wanted, wrong = gold.understood, []
    for slot in TERM_SLOTS:
        right, found = _wanted(wanted.get(slot, [])), _found(getattr(read, slot))
        wrong += [f"{slot} lacks {_said(each)}" for each in sorted(right - found, key=str)]
        wrong += [f"{slot} has {_said(each)}" for each in sorted(found - right, key=str)]
    years = wanted.get("years") or {}
    if (read.years.since, read.years.until) != (years.get("since"), years.get("until")):
        wrong.append(
            f"years {read.years.since} to {read.years.until}, not {years.get('since')} to {years.get('until')}"
        )
    groups = {frozenset(term.id for term in group) for group in read.any_of}
    if groups != (right_groups := _groups(wanted.get("any_of", []))):
        wrong.append(f"any_of {_shown(groups)}, not {_shown(right_groups)}")
    spans = [(slot, term) for slot in TERM_SLOTS for term in wanted.get(slot, []) if term.get("start") is not None]
    shown = {(slot, term.id, term.start, term.end) for slot in TERM_SLOTS for term in getattr(read, slot)}
    right_spans = sum((slot, term["id"], term["start"], term["end"]) in shown for slot, term in spans)
    rest = read.rest.split() == str(wanted["rest"]).split() if "rest" in wanted else None
    return Judgement(gold, not wrong, len(spans), right_spans, rest, tuple(wrong))


def _wanted(terms: Sequence[dict[str, Any]]) -> set[Condition]:
    return {(term["id"], bool(term.get("negated", False)), term.get("as")) for term in terms}


def _found(terms: Sequence[Term]) -> set[Condition]:
    return {(term.id, term.negated, term.bound) for term in terms}


def _groups(groups: Sequence[Sequence[Any]]) -> set[frozenset[str]]:
    return {frozenset(each["id"] if isinstance(each, dict) else str(each) for each in group) for group in groups}


def _said(condition: Condition) -> str:
    id, negated, binding = condition
    return ("not " if negated else "") + id + (f" ({binding})" if binding else "")


def _shown(groups: set[frozenset[str]]) -> str:
    return " and ".join(sorted("/".join(sorted(group)) for group in groups)) or "none"


def _check(where: str, understood: dict[str, Any]) -> None:
    for slot in TERM_SLOTS:
        terms = understood.get(slot, [])
        if not isinstance(terms, list) or not all(isinstance(term, dict) and "id" in term for term in terms):
            raise WrongInput(
                f'{where}: "{slot}" is not a list of conditions.', 'Write [{"id": "…", "negated": false}].'
            )
