"""The index against a plain re-reading of the contract, on random networks and random questions."""

from __future__ import annotations

import random
from dataclasses import replace
from functools import cache
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from graph.model.links import Link
from graph.model.people import EXPERTISE_KINDS, ROLES, Job
from graph.model.questions import SLOTS, Filters, Term, Understood, Years
from tests.answers.made_up import CITIES, COUNTRIES, HAZARDS, MEASURES, REGIONS, Asker, Did, Person, network, term
from tests.answers.oracle import is_whole

_IDS = {
    "hazards": [hazard.id for hazard in HAZARDS],
    "measures": [measure.id for measure in MEASURES],
    "traits": ["delta", "coastal", "capital", "small-island-state", "riverside"],
    "cities": [city.id for city in CITIES] + ["999"],
    "countries": [country.code for country in COUNTRIES],
    "regions": [region.code for region in REGIONS],
    "languages": ["en", "vi", "pt", "pt-BR", "sw"],
    "roles": list(ROLES[:4]),
}
_PLACES = ("traits", "cities", "countries", "regions")


def _someone(draw: random.Random, key: str) -> Person:
    def maybe(values):
        return draw.choice([None, *values])

    def did() -> Did:
        since = maybe(range(1995, 2021, 5))
        hazards = draw.sample(_IDS["hazards"], draw.randrange(3))
        links = [Link(each, draw.random(), reviewed=draw.choice([None, None, "rejected", "added"])) for each in hazards]
        city = maybe(CITIES)
        return Did(
            f"Made-up work {draw.randrange(10**6)}",
            links,
            draw.sample(_IDS["measures"], draw.randrange(2)),
            city.id if city else None,
            None if city else maybe(_IDS["countries"]),
            since,
            maybe([since + 4]) if since else maybe([2008]),
            maybe(_IDS["roles"]),
            draw.choice(EXPERTISE_KINDS),
        )

    home = maybe(CITIES)
    return Person(
        key,
        [did() for _ in range(draw.randrange(5))],
        maybe(_IDS["countries"]),
        home.id if home else None,
        None if home else maybe(_IDS["countries"]),
        draw.sample(["en", "vi", "pt-BR"], draw.randrange(3)),
        [Job("Made-up Works", "utility", "Made-up post", maybe(_IDS["roles"]), since=2015)]
        if draw.random() < 0.7
        else [],
    )


@st.composite
def questions(draw: st.DrawFn) -> Understood:
    slots: dict[str, list[Term]] = {slot: [] for slot in SLOTS}
    for _ in range(draw(st.integers(0, 4))):
        slot = draw(st.sampled_from(SLOTS))
        bound = draw(st.sampled_from(["gained_in", "lives_in", "from"])) if slot in _PLACES else None
        new = term(draw(st.sampled_from(_IDS[slot])), bound, negated=draw(st.sampled_from([False, False, True])))
        if new not in slots[slot]:
            slots[slot].append(new)
    terms = [each for found in slots.values() for each in found]
    group = tuple(draw(st.lists(st.sampled_from(terms), max_size=3, unique=True))) if terms else ()
    year = st.none() | st.integers(1994, 2022)
    return Understood(
        **{slot: tuple(found) for slot, found in slots.items()},
        years=Years(draw(year), draw(st.none() | year)),
        any_of=(group,) if group else (),
    )


def _has_condition(asked: Understood) -> bool:
    return asked != Understood() and (
        any(not term.negated for slot in SLOTS for term in getattr(asked, slot)) or asked.years != Years()
    )


@pytest.fixture(scope="module")
def networks(tmp_path_factory, embedder):
    @cache
    def made(seed: int) -> tuple[list[Person], Asker]:
        draw = random.Random(seed)
        people = [_someone(draw, f"A-{number:02d}") for number in range(70)]
        directory: Path = tmp_path_factory.mktemp("network")
        return people, Asker(network(directory, embedder, people), embedder)

    return made


_settings = settings(deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=100)


@_settings
@given(seed=st.integers(0, 3), asked=questions())
def test_whole_people_are_exactly_those_of_the_contract(networks, seed, asked):
    people, ask = networks(seed)
    if asked == Understood():
        return  # no condition at all: the topic decides, which other tests hold
    expected = {person.key for person in people if is_whole(person.stored(), asked)}
    assert set(ask.whole(asked)) == expected


@_settings
@given(seed=st.integers(0, 1), asked=questions())
def test_relaxing_gives_what_asking_without_the_condition_gives(networks, seed, asked):
    _, ask = networks(seed)
    if not _has_condition(asked):
        return
    answer = ask(asked, limit=100)
    for relaxation in answer.relax:
        without = _without(asked, relaxation.drop)
        assert relaxation.total == ask(without).total


def _without(asked: Understood, dropped: Term) -> Understood:
    if dropped.name.startswith("since "):
        return replace(asked, years=Years(None, asked.years.until))
    if dropped.name.startswith("until "):
        return replace(asked, years=Years(asked.years.since, None))
    groups = [group for group in asked.any_of if "|".join(t.id for t in group if not t.negated) == dropped.id]
    gone = [each for each in groups[0] if not each.negated] if groups and "|" in dropped.id else [dropped]
    slots = {slot: tuple(each for each in getattr(asked, slot) if each not in gone) for slot in SLOTS}
    left = tuple(tuple(each for each in group if each not in gone) for group in asked.any_of)
    return replace(asked, **slots, any_of=tuple(group for group in left if group))


_FACET_FILTERS = {
    "country": ("countries", "gained_in"),
    "region": ("regions", "gained_in"),
    "trait": ("traits", "gained_in"),
    "language": ("languages", None),
    "hazard": ("hazards", None),
    "measure": ("measures", None),
}


@settings(_settings, max_examples=25)
@given(seed=st.integers(0, 1), asked=questions())
def test_a_facet_counts_what_asking_for_its_value_too_would_give(networks, seed, asked):
    _, ask = networks(seed)
    if not _has_condition(asked):
        return
    answer = ask(asked)
    assert set(answer.facets) == {*_FACET_FILTERS, "kind"}
    for name, values in answer.facets.items():
        for value in values:
            if name == "kind":
                filters = Filters(kinds=(value.id,))
            else:
                slot, bound = _FACET_FILTERS[name]
                filters = Filters(Understood(**{slot: (term(value.id, bound),)}))
            assert ask(asked, filters=filters).total == value.count, (name, value)


@_settings
@given(seed=st.integers(0, 3), asked=questions(), size=st.integers(1, 7))
def test_pages_laid_together_are_one_long_page(networks, seed, asked, size):
    _, ask = networks(seed)
    whole = ask(asked, limit=100)
    pages = [
        expert
        for offset in range(0, whole.total, size)
        for expert in ask(asked, limit=size, offset=offset).experts
        if expert.whole
    ]
    assert [(e.id, e.score) for e in pages] == [(e.id, e.score) for e in whole.experts if e.whole]


@_settings
@given(seed=st.integers(0, 3), asked=questions())
def test_scores_fall_and_their_parts_make_them(networks, seed, asked):
    _, ask = networks(seed)
    experts = ask(asked, limit=100, explain=True).experts
    scores = [expert.score for expert in experts]
    assert scores == sorted(scores, reverse=True)
    assert all(0 <= score <= 1 for score in scores)
    wholes = [expert.whole for expert in experts]
    assert wholes == sorted(wholes, reverse=True)
    for expert in experts:
        assert sum(part.value * part.weight for part in expert.explain) == pytest.approx(expert.score, abs=1e-5)
        assert bool(expert.missing) is not expert.whole
