"""Every query of the guide, taken from its page, on both engines; what each gives is counted another way in Python."""

from __future__ import annotations

import csv
import json
import re
from collections import Counter, defaultdict
from dataclasses import dataclass
from pathlib import Path

from api import answering
from graph.cypher.results import Result
from graph.model.questions import AskRequest
from tests.docs.conftest import Guided

PAGE = Path(__file__).parents[2] / "docs" / "cypher-guide.md"


@dataclass(frozen=True)
class Question:
    """One question of the page, its query, and the parameters that the page gives."""

    number: int
    title: str
    query: str
    parameters: dict[str, object]


def questions() -> dict[int, Question]:
    """All questions of the page, by number."""
    found = {}
    for section in re.split(r"^## (?=\d)", PAGE.read_text(encoding="utf-8"), flags=re.MULTILINE)[1:]:
        number, _, title = section.partition("\n")[0].partition(". ")
        (query,) = re.findall(r"```cypher\n(.*?)```", section, re.DOTALL)
        line = re.search(r"^Parameters: (.*)$", section, re.MULTILINE)
        stated = re.findall(r"`(\w+)=([^`]+)`", line[1]) if line else []
        found[int(number)] = Question(int(number), title, query, {name: _value(text) for name, text in stated})
    return found


def _value(text: str) -> object:
    """A value as `--param` reads it: JSON where it is some, else text."""
    try:
        return json.loads(text)
    except ValueError:
        return text


QUESTIONS = questions()


def asked(guided: Guided, number: int) -> list[dict[str, object]]:
    question = QUESTIONS[number]
    result: Result = guided.reader.ask(question.query, question.parameters)
    assert result.rows
    assert not result.truncated
    return [dict(zip(result.columns, row, strict=True)) for row in result.rows]


def test_the_page_has_ten_questions() -> None:
    assert sorted(QUESTIONS) == list(range(1, 11))
    assert all(question.title.endswith("?") for question in QUESTIONS.values())
    assert all(f"${name}" in each.query for each in QUESTIONS.values() for name in each.parameters)


def test_coastal_flooding_in_delta_cities_finds_whom_ask_finds(guided: Guided) -> None:
    rows = asked(guided, 1)
    expected = {
        (person.key, each.text)
        for person in guided.people
        for each in person.expertises
        if guided.about(each, "coastal-flooding") and "delta" in guided.traits(each.city)
    }
    assert {(row["person"], row["text"]) for row in rows} == expected
    answer = answering.ask(guided.network, AskRequest("who has handled coastal flooding in a delta city", limit=100))
    assert {row["person"] for row in rows} == {found.id for found in answer.experts if found.whole}


def test_hazards_that_nobody_in_the_region_knows(guided: Guided) -> None:
    countries = guided.countries_of("034")
    living = {person.key for person in guided.people if person.home_country in countries}
    threats: dict[str, set[str]] = defaultdict(set)
    for code in countries:
        for exposure in guided.places.country_exposure[code]:
            if exposure.level == "high":
                threats[exposure.hazard].add(guided.country(code))
    hazards = guided.network.vocabulary.hazards
    expected = {
        hazards[hazard].name: names for hazard, names in threats.items() if not living & guided.knowing(hazard).keys()
    }
    assert living
    assert {row["hazard"]: set(row["names"]) for row in asked(guided, 2)} == expected
    assert len(expected) < len(threats)


def test_measures_used_against_each_hazard(guided: Guided) -> None:
    used: dict[tuple[str, str], set[str]] = defaultdict(set)
    for person in guided.people:
        for each in person.expertises:
            for hazard in guided.links[each.key][0]:
                for measure in guided.links[each.key][1]:
                    used[hazard, measure].add(person.key)
    vocabulary = guided.network.vocabulary
    expected = {
        (vocabulary.hazards[hazard].name, vocabulary.measures[measure].name): (
            len(people),
            hazard in {reduced.hazard for reduced in vocabulary.measures[measure].reduces},
        )
        for (hazard, measure), people in used.items()
    }
    rows = asked(guided, 3)
    assert {(row["hazard"], row["measure"]): (row["people"], row["reduces"]) for row in rows} == expected


def test_projects_that_joined_several_countries(guided: Guided) -> None:
    joined: dict[str, set[tuple[str, str]]] = defaultdict(set)
    for person in guided.people:
        for each in person.expertises:
            if each.project and person.country:
                joined[each.project].add((person.key, guided.country(person.country)))
    expected = {
        project: (len(people), {country for _, country in people})
        for project, people in joined.items()
        if len({country for _, country in people}) > 1
    }
    assert {row["project"]: (row["people"], set(row["countries"])) for row in asked(guided, 4)} == expected


def test_the_least_sure_links_come_first(guided: Guided) -> None:
    rows = asked(guided, 5)
    assert [row["score"] for row in rows] == [score for score in guided.scores if score < 0.6][:50]
    assert all(row["method"] and row["words"] and row["model"] for row in rows)


def test_programmes_and_countries_as_in_the_file_that_was_loaded(guided: Guided) -> None:
    present = {person.key for person in guided.people}
    with (guided.files / "alumni.csv").open(encoding="utf-8", newline="") as table:
        studied = {
            (row["alumnus_id"], row["programme"], row["country"]) for row in csv.DictReader(table) if row["programme"]
        }
    by_programme = Counter(programme for person, programme, _ in studied if person in present)
    found: Counter[str] = Counter()
    for row in asked(guided, 6):
        found[str(row["programme"])] += int(str(row["people"]))
    assert found == by_programme


def test_what_cities_did_about_flooding_as_in_the_file_that_was_loaded(guided: Guided) -> None:
    with (guided.files / "actions.csv").open(encoding="utf-8", newline="") as table:
        expected = {
            (row["city"], row["title"], int(row["year"]), row["status"])
            for row in csv.DictReader(table)
            if any("flooding" in guided.broader(hazard.strip()) for hazard in row["hazard"].split(";"))
        }
    rows = asked(guided, 7)
    assert {(row["city"], row["title"], row["year"], row["status"]) for row in rows} == expected
    living = Counter(guided.city_name(person.home_city) for person in guided.people if person.home_city)
    assert all(row["living_there"] == living[str(row["city"])] for row in rows)


def test_who_decides_where_the_hazard_is(guided: Guided) -> None:
    knowing = guided.knowing("flooding")
    deciding = {
        person.key: person
        for person in guided.people
        if person.key in knowing
        and any(job.until is None and job.role in ("policy-maker", "manager") and job.city for job in person.jobs)
    }
    rows = asked(guided, 8)
    assert {row["person"] for row in rows} <= deciding.keys()
    assert all(row["city_exposed_to"] or row["country_exposed_to"] for row in rows)
    for row in rows:
        assert row["expertises"] == len(knowing[str(row["person"])])
        assert (row["position"], row["organisation"]) in {
            (job.position, job.organisation) for job in deciding[str(row["person"])].jobs
        }
    shores = {
        key
        for key, person in deciding.items()
        if any(
            "coastal" in guided.traits(job.city) and job.until is None and job.role in ("policy-maker", "manager")
            for job in person.jobs
        )
    }
    assert shores
    assert shores <= {row["person"] for row in rows}


def test_languages_of_those_who_know_drought(guided: Guided) -> None:
    knowing = guided.knowing("drought")
    spoken = Counter(each.language for person in guided.people if person.key in knowing for each in person.languages)
    assert sorted(spoken.values(), reverse=True) == [row["people"] for row in asked(guided, 9)]


def test_cities_of_the_same_kind_where_somebody_met_the_hazard(guided: Guided) -> None:
    own = guided.traits("2747891")
    gained = Counter(
        each.city for person in guided.people for each in person.expertises if guided.about(each, "flooding")
    )
    shared = {
        guided.city_name(city): (len(own & guided.traits(city)), count)
        for city, count in gained.items()
        if city and city != "2747891" and own & guided.traits(city)
    }
    rows = asked(guided, 10)
    assert all(shared[str(row["city"])] == (row["shared_traits"], row["expertises"]) for row in rows)
    best = sorted(shared.values(), reverse=True)[:20]
    assert [(row["shared_traits"], row["expertises"]) for row in rows] == best
    assert own >= {"delta"}
