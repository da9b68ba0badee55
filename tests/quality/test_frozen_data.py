"""The frozen statements and questions: what they promise, and that nobody changed them without saying so."""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from graph.model.people import ROLES
from nlp.evaluation.questions import read_gold
from nlp.vocabulary import vocabulary
from nlp.vocabulary.loading import LANGUAGES

FROZEN = Path(__file__).parent / "frozen"


def lines(name: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in (FROZEN / name).read_text(encoding="utf-8").splitlines()]


STATEMENTS, QUESTIONS = lines("statements.jsonl"), lines("questions.jsonl")


@pytest.mark.parametrize("line", (FROZEN / "SHA256SUMS").read_text().splitlines(), ids=lambda line: line.split()[1])
def test_nobody_changed_what_is_frozen(line: str) -> None:
    told, name = line.split()
    assert hashlib.sha256((FROZEN / name).read_bytes()).hexdigest() == told


def test_every_language_has_its_statements() -> None:
    assert Counter(item["language"] for item in STATEMENTS) == dict.fromkeys(LANGUAGES, 150)
    without = Counter(item["language"] for item in STATEMENTS if not item["hazards"])
    assert without == dict.fromkeys(LANGUAGES, 45)
    about_two = Counter(item["language"] for item in STATEMENTS if len(item["hazards"]) == 2)
    assert about_two == dict.fromkeys(LANGUAGES, 15)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_language_speaks_of_every_hazard(language: str) -> None:
    known = vocabulary()
    own = [item for item in STATEMENTS if item["language"] == language]
    counted = Counter(hazard for item in own for hazard in item["hazards"])
    assert counted.keys() == known.hazards.keys()
    assert min(counted.values()) >= 2
    assert {hazard for item in own for hazard in item.get("accept", ())} <= known.hazards.keys()
    assert {measure for item in own for measure in item.get("measures", ())} <= known.measures.keys()


def test_no_two_are_the_same() -> None:
    assert len({item["id"] for item in [*STATEMENTS, *QUESTIONS]}) == len(STATEMENTS) + len(QUESTIONS)
    assert len({item["text"].casefold() for item in STATEMENTS}) == len(STATEMENTS)
    assert len({item["question"].casefold() for item in QUESTIONS}) == len(QUESTIONS)
    # Nor do two begin alike: skeletons filled in would.
    openings = Counter((item["language"], item["text"].casefold()[:16]) for item in STATEMENTS)
    assert max(openings.values()) <= 3


def test_every_language_has_its_questions() -> None:
    assert Counter(item["language"] for item in QUESTIONS) == dict.fromkeys(LANGUAGES, 60)


def test_readings_name_what_there_is() -> None:
    known = vocabulary()
    regions = {code for names in known.region_names.values() for code in names}
    allowed = {
        "hazards": known.hazards.keys(),
        "measures": known.measures.keys(),
        "traits": known.trait_names["en"].keys(),
        "roles": set(ROLES),
        "regions": regions,
    }
    for item in QUESTIONS:
        for slot, ids in allowed.items():
            assert {term["id"] for term in item["understood"][slot]} <= set(ids), item["id"]


def test_words_stand_where_a_reading_says() -> None:
    for item in read_gold(FROZEN / "questions.jsonl"):
        for slot in ("hazards", "measures", "traits", "cities", "countries", "regions", "languages", "roles", "like"):
            for term in item.understood[slot]:
                assert item.question[term["start"] : term["end"]] == term["words"], item.id
