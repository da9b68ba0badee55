"""The made-up people: where they come from, what is known of them, and their consent."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from itertools import pairwise

from ingest.alumni.template import COLUMNS, Part
from ingest.synthetic.checking import Figures, shares

PEOPLE = 1_500
THIS_YEAR = 2026

Row = dict[str, str]


def test_two_in_five_have_a_record_of_one_line_and_one_in_ten_hardly_anything(people: dict[str, list[Row]]) -> None:
    bare = [own for own in people.values() if not any(row["thesis_title"] or row["organisation"] for row in own)]
    records = [own for own in people.values() if own[0]["thesis_title"] and not any(r["expertise_text"] for r in own)]
    careers = [own for own in people.values() if any(row["expertise_text"] for row in own)]
    assert len(bare) == PEOPLE / 10
    assert len(records) == PEOPLE * 2 / 5
    assert len(careers) == PEOPLE / 2
    for (row,) in bare:
        filled = {column.name for column in COLUMNS if row[column.name] and column.part is not Part.CONTACT}
        consent = {"consent", "consent_date", "consent_ground"}
        assert filled - consent == {"alumnus_id", "name", "country", "synthetic", "programme"}
    for (row,) in records:
        assert row["programme_year"]
        assert row["position"]
        assert row["position_until"] == ""


def test_people_come_from_at_least_160_countries(people: dict[str, list[Row]]) -> None:
    assert len({own[0]["country"] for own in people.values()}) >= 160


def test_a_name_is_rarely_given_twice(people: dict[str, list[Row]]) -> None:
    names = Counter(own[0]["name"] for own in people.values())
    assert len(names) > 0.97 * PEOPLE
    assert max(names.values()) <= 4


def test_about_three_texts_a_person(counted: Figures) -> None:
    assert 2.85 * PEOPLE < counted.texts < 3.15 * PEOPLE


def test_years_fit_career_and_graduation(people: dict[str, list[Row]]) -> None:
    checked = 0
    for own in people.values():
        graduated = own[0]["programme_year"]
        for row in own:
            for since, until in (("since", "until"), ("position_since", "position_until")):
                if row[since]:
                    checked += 1
                    assert int(graduated) <= int(row[since]) <= int(row[until] or THIS_YEAR) <= THIS_YEAR
    assert checked > PEOPLE


def test_jobs_follow_each_other_without_overlap(people: dict[str, list[Row]]) -> None:
    changes = 0
    for own in people.values():
        jobs = sorted(
            (int(row["position_since"]), int(row["position_until"] or THIS_YEAR)) for row in own if row["position"]
        )
        for (_, until), (since, _) in pairwise(jobs):
            changes += 1
            assert until <= since
    assert changes > 300


def test_several_people_share_a_project_in_one_place(rows: list[Row]) -> None:
    people, towns = defaultdict(set), defaultdict(set)
    for row in rows:
        if row["project"]:
            people[row["project"]].add(row["alumnus_id"])
            towns[row["project"]].add(row["expertise_city"])
    assert sum(len(members) > 1 for members in people.values()) > len(people) / 3
    assert max(len(members) for members in people.values()) >= 4
    assert all(len(places - {""}) <= 1 for places in towns.values())


def test_languages_spoken_fit_and_most_speak_english(people: dict[str, list[Row]]) -> None:
    first_rows = [own[0] for own in people.values() if own[0]["languages"]]
    assert sum("en:" in row["languages"] for row in first_rows) > 0.85 * len(first_rows)
    for row in first_rows:
        if row["country"] in ("Mexico", "Peru", "Colombia"):
            assert row["languages"].startswith("es: native")


def test_contact_details_are_fictional_and_known_of_about_half(people: dict[str, list[Row]]) -> None:
    firsts = [own[0] for own in people.values()]
    emails = [row["email"] for row in firsts if row["email"]]
    assert 0.43 * PEOPLE < len(emails) < 0.57 * PEOPLE
    assert all(re.fullmatch(r"[a-z.]*\d{5}@example\.org", email) for email in emails)
    assert len(set(emails)) == len(emails)
    telephones = [row["telephone"] for row in firsts if row["telephone"]]
    assert telephones
    assert all(re.fullmatch(r"\+44 7700 900\d{3}|\+1 202 555 01\d\d", number) for number in telephones)
    assert all("Example Street" in row["address"] for row in firsts if row["address"])


def test_consent_is_given_missing_and_refused(people: dict[str, list[Row]]) -> None:
    firsts = [own[0] for own in people.values()]
    share = shares(row["consent"] for row in firsts)
    assert 0.90 < share["yes"] < 0.96
    assert 0.02 < share[""] < 0.08
    assert 0.005 < share["no"] < 0.04
    assert all(bool(row["consent"]) == bool(row["consent_date"]) == bool(row["consent_ground"]) for row in firsts)


def test_three_quarters_were_confirmed_and_some_say_more(people: dict[str, list[Row]]) -> None:
    firsts = [own[0] for own in people.values()]
    assert 0.70 * PEOPLE < sum(bool(row["confirmed"]) for row in firsts) < 0.80 * PEOPLE
    assert {"woman", "man"} <= {row["gender"] for row in firsts}
    assert 0.2 * PEOPLE < sum(bool(row["open_to"]) for row in firsts) < 0.5 * PEOPLE
