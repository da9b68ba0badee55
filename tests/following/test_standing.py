"""When answers hold, and what they say when the graph may be gone."""

import pytest

from api.following.standing import CONFIRMED_SECONDS, Standing, Told
from graph.errors import Unavailable


class Clock:
    """A clock that a test sets."""

    now = 1_000.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


def test_where_nobody_follows_every_answer_holds(clock: Clock) -> None:
    standing = Standing(clock=clock)
    assert standing.told() == Told(behind=0, as_of=None)
    standing.confirm(behind=0)
    clock.now += 3600
    assert standing.told() == Told()
    standing.require_graph()


def test_a_followed_graph_is_to_be_confirmed_again_within_five_seconds(clock: Clock) -> None:
    standing = Standing(clock=clock)
    standing.followed = True
    standing.confirm(behind=12)
    clock.now += CONFIRMED_SECONDS
    assert standing.told() == Told(behind=12)
    clock.now += 0.1
    with pytest.raises(Unavailable, match="does not answer; the index was last compared with it at 20"):
        standing.told()
    with pytest.raises(Unavailable):
        standing.require_graph()
    standing.confirm(behind=0)
    assert standing.told() == Told()


def test_a_setting_lets_answers_go_on_and_say_as_of_when(clock: Clock) -> None:
    standing = Standing(goes_on=True, clock=clock)
    standing.followed = True
    standing.confirm(behind=3)
    clock.now += 60
    told = standing.told()
    assert told.behind == 3
    assert told.as_of is not None
    assert told.as_of.endswith("+00:00")
    with pytest.raises(Unavailable):
        standing.require_graph()


def test_an_index_that_was_compared_long_ago_says_so(clock: Clock) -> None:
    lapsed, going_on = Standing(clock=clock), Standing(goes_on=True, clock=clock)
    for standing in (lapsed, going_on):
        standing.lapse("2026-01-02T03:04:05+00:00")
    assert going_on.told() == Told(as_of="2026-01-02T03:04:05+00:00")
    with pytest.raises(Unavailable, match="2026-01-02"):
        lapsed.told()
