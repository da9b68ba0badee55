"""What one question may ask for and how long its answer may take: refused in words, and inside the work."""

from __future__ import annotations

from dataclasses import dataclass, field
from time import perf_counter

import pytest

from graph.answers.conditions import MOST_CONDITIONS, MOST_MEMBERS
from graph.answers.deadline import Deadline
from graph.answers.experts import ask as answer
from graph.errors import LimitReached, WrongInput
from graph.model.questions import AskRequest, Filters, Term, Understood
from tests.answers.made_up import CITIES, HAZARDS, Did, Person, term


@dataclass(frozen=True)
class Looks(Deadline):
    """A deadline that passes at a certain look."""

    most: int = 10**9
    seen: list[int] = field(default_factory=list)

    def look(self) -> None:
        self.seen.append(1)
        if len(self.seen) > self.most:
            raise LimitReached("over")


ASKED = Understood(
    hazards=(term("drought"), term("coastal-flooding")),
    cities=(term("104", "gained_in"),),
    languages=(term("en"), term("vi", negated=True)),
)


def _looks(asking, most: int) -> int:
    ask = asking(Person("A", [Did(hazards=["drought"])]), Person("B", [Did(hazards=["coastal-flooding"], city="104")]))
    deadline = Looks(0.0, 0.0, most)
    answer(ask.index, AskRequest("floods"), ASKED, ask.embedder, deadline=deadline)
    return len(deadline.seen)


def test_the_time_is_looked_at_between_all_steps_of_the_work(asking):
    looks = _looks(asking, 10**9)
    # One for each condition and exclusion, for each that is relaxed or met in part, and for each person shown.
    assert looks >= 5 + 4 + 4 + 2
    for most in range(looks):
        with pytest.raises(LimitReached):
            _looks(asking, most)


def test_a_question_past_its_time_is_refused_with_the_time_and_what_to_do(asking):
    ask = asking(Person("A", [Did()]))
    deadline = Deadline.after(2, began=perf_counter() - 3)
    with pytest.raises(LimitReached, match="2 seconds") as refused:
        answer(ask.index, AskRequest("floods"), Understood(), ask.embedder, deadline=deadline)
    assert "C2C_ASK_SECONDS" in refused.value.mend
    in_time = answer(ask.index, AskRequest("floods"), Understood(), ask.embedder, deadline=Deadline.after(600))
    assert in_time.question == "floods"


def test_what_is_said_twice_in_other_words_is_one_condition(asking):
    ask = asking(Person("A", [Did(hazards=["drought"])]))
    twice = Understood(hazards=(term("drought", words="drought"), term("drought", words="no rain"), term("tornado")))
    again = Filters(Understood(hazards=(Term("drought", "Drought"),)))
    assert [each.drop.id for each in ask(twice, filters=again).relax] == ["tornado", "drought"]
    assert ask(twice, filters=again).experts[0].missing == ("hazard: tornado",)


def test_more_conditions_than_people_ask_for_are_refused_with_their_number(asking):
    ask = asking(Person("A", [Did()]))
    bound = ("gained_in", "lives_in", "from")
    many = tuple(term(str(number), bound[number % 3]) for number in range(MOST_CONDITIONS + 1))
    with pytest.raises(WrongInput, match=f"{MOST_CONDITIONS + 1} conditions") as refused:
        ask(Understood(cities=many))
    assert refused.value.mend
    assert len(ask(Understood(cities=many[:MOST_CONDITIONS])).relax) == MOST_CONDITIONS
    # As alternatives they are one condition, until there are too many of those.
    assert ask(Understood(cities=many, any_of=(many,))).total == 0
    wide = tuple(term(str(number), "gained_in") for number in range(MOST_MEMBERS + 1))
    with pytest.raises(WrongInput, match=f"{MOST_MEMBERS:,}"):
        ask(Understood(cities=wide, any_of=(wide,)))


def test_a_group_is_met_by_any_of_very_many(asking):
    ask = asking(Person("A", [Did(hazards=["drought"], city="101")]), Person("B", [Did(city="105")]))
    cities = tuple(term(city.id, "gained_in") for city in CITIES)
    others = tuple(term(str(number), "gained_in") for number in range(900, 1_700))
    hazards = tuple(term(hazard.id) for hazard in HAZARDS)
    wide = Understood(hazards=hazards, cities=(*others, *cities), any_of=((*hazards, *others),))
    assert ask.whole(Understood(cities=(*others, *cities), any_of=((*others, *cities),))) == ["A", "B"]
    assert ask(wide, limit=1).total == 0
    assert ask.whole(Understood(hazards=hazards, cities=others, any_of=((*hazards, *others),))) == ["A"]
