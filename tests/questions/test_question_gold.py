"""The gold questions, written before the reader: exactly right in every slot, with years, alternatives and spans."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from graph.model.questions import SLOTS, Term, Understood
from nlp.question.reader import QuestionReader

GOLD = [json.loads(line) for line in (Path(__file__).parent / "gold.jsonl").read_text("utf-8").splitlines()]
TODAY = date(2026, 11, 24)
GIVEN = [*SLOTS, "like"]


def conditions(terms: tuple[Term, ...]) -> set[tuple[str, bool, str | None]]:
    return {(term.id, term.negated, term.bound) for term in terms}


def expected(gold: dict[str, Any], slot: str) -> set[tuple[str, bool, str | None]]:
    return {(term["id"], term["negated"], term.get("as")) for term in gold[slot]}


@pytest.mark.parametrize("item", GOLD, ids=lambda item: item["id"])
def test_a_gold_question_is_read_exactly(item: dict[str, Any], reader: QuestionReader) -> None:
    read, gold = reader.read(item["question"], TODAY), item["understood"]
    assert {slot: conditions(getattr(read, slot)) for slot in GIVEN} == {slot: expected(gold, slot) for slot in GIVEN}
    assert (read.years.since, read.years.until) == (gold["years"]["since"], gold["years"]["until"])
    groups = {frozenset(term.id for term in group) for group in read.any_of}
    assert groups == {frozenset(group) for group in gold["any_of"]}
    if "rest" in gold:
        assert read.rest == gold["rest"]
    if "not_understood" in gold:
        assert list(read.not_understood) == gold["not_understood"]


@pytest.mark.parametrize("item", GOLD, ids=lambda item: item["id"])
def test_a_gold_question_shows_the_words_it_was_read_from(item: dict[str, Any], reader: QuestionReader) -> None:
    read = reader.read(item["question"], TODAY)
    for slot in GIVEN:
        wanted = {
            (term["id"], term["negated"], term["words"], term["start"], term["end"])
            for term in item["understood"][slot]
            if "words" in term
        }
        shown = {(term.id, term.negated, term.words, term.start, term.end) for term in getattr(read, slot)}
        assert wanted <= shown


def test_the_gold_covers_every_slot_and_nine_languages() -> None:
    assert len(GOLD) >= 40
    assert {item["language"] for item in GOLD} == {"en", "es", "fr", "pt", "nl", "id", "vi", "zh", "ar"}
    assert all(any(item["understood"][slot] for item in GOLD) for slot in GIVEN)
    senses = {term["as"] for item in GOLD for slot in ("cities", "countries") for term in item["understood"][slot]}
    assert senses == {"gained_in", "lives_in", "from"}


def test_what_stands_in_a_group_stands_in_its_own_list_too(reader: QuestionReader) -> None:
    for item in GOLD:
        read: Understood = reader.read(item["question"], TODAY)
        listed = {term for slot in SLOTS for term in getattr(read, slot)}
        assert all(term in listed for group in read.any_of for term in group)
