"""A reading is exactly right or not; spans and the words left over are told apart from that."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from graph.errors import WrongInput
from graph.model.questions import Term, Understood, Years
from nlp.evaluation.questions import GoldQuestion, judge_questions, read_gold

TODAY = date(2026, 11, 24)
DROUGHT = Term("drought", "Drought", "drought", 0, 7)
DELTA = Term("delta", "delta", "delta", 11, 16, bound="gained_in")
GOLD = {
    "hazards": [{"id": "drought", "negated": False, "start": 0, "end": 7}],
    "traits": [{"id": "delta", "negated": False, "as": "gained_in"}],
    "years": {"since": 2015, "until": None},
    "any_of": [],
    "rest": "planner",
}
RIGHT = Understood(hazards=(DROUGHT,), traits=(DELTA,), years=Years(2015), rest="planner")


class Fixed:
    """A reader of one answer, so that judging can be tested apart from reading."""

    def __init__(self, read: Understood) -> None:
        self.understood = read

    def read(self, question: str, today: date) -> Understood:
        return self.understood


def judged(read: Understood) -> tuple[bool, float | None, float | None]:
    report = judge_questions([GoldQuestion("1", "drought in delta", "en", GOLD)], Fixed(read), TODAY)
    quality = report.together
    return report.judgements[0].exact, quality.spans.value, quality.rest.value


def test_a_right_reading_is_exact() -> None:
    assert judged(RIGHT) == (True, 1, 1)


@pytest.mark.parametrize(
    "wrong",
    [
        Understood(traits=(DELTA,), years=Years(2015)),
        Understood(hazards=(DROUGHT, Term("hail", "Hail")), traits=(DELTA,), years=Years(2015)),
        Understood(hazards=(Term("drought", "Drought", negated=True),), traits=(DELTA,), years=Years(2015)),
        Understood(hazards=(DROUGHT,), traits=(Term("delta", "delta", bound="lives_in"),), years=Years(2015)),
        Understood(hazards=(DROUGHT,), traits=(DELTA,), years=Years(2015, 2020)),
        Understood(hazards=(DROUGHT,), traits=(DELTA,), years=Years(2015), any_of=((DROUGHT, DELTA),)),
    ],
)
def test_anything_missing_added_or_bound_otherwise_is_not_exact(wrong: Understood) -> None:
    assert judged(wrong)[0] is False


def test_spans_and_the_rest_are_scored_apart() -> None:
    elsewhere = Term("drought", "Drought", "drought", 3, 10)
    read = Understood(hazards=(elsewhere,), traits=(DELTA,), years=Years(2015), rest="")
    assert judged(read) == (True, 0, 0)


def test_a_question_without_a_reading_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "gold.jsonl"
    file.write_text('{"id": "1", "question": "x", "language": "en"}\n')
    with pytest.raises(WrongInput, match="line 1"):
        read_gold(file)
