"""The linker as it is wired by default, and statements written before it was tuned."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path

import pytest

from nlp.embedders.static import StaticEmbedder
from nlp.linker import HazardLinker
from nlp.vocabulary import vocabulary


@dataclass(frozen=True, slots=True)
class Statement:
    """A made-up statement with the hazards it is about; `named` where it uses a name of its hazard, or denies it."""

    id: str
    text: str
    language: str
    hazards: frozenset[str]
    part: str
    named: bool


@pytest.fixture(scope="session")
def linker() -> HazardLinker:
    return HazardLinker(vocabulary(), StaticEmbedder())


@pytest.fixture(scope="session")
def statements() -> list[Statement]:
    lines = (Path(__file__).parent / "statements.jsonl").read_text(encoding="utf-8").splitlines()
    read = [json.loads(line) for line in lines]
    return [Statement(**{**statement, "hazards": frozenset(statement["hazards"])}) for statement in read]
