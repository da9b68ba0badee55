"""The texts keep every promise: many languages, no repetition, and a truth that fits."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from ingest.alumni.contact_details import found
from ingest.synthetic.checking import Figures, repeated, skeletons
from ingest.synthetic.phrasebook import town_names
from ingest.synthetic.truth import Truth
from tests.synthetic.hazards import HAZARDS

Row = dict[str, str]


def _texts_of(rows: list[Row]) -> Iterator[tuple[str, Row]]:
    for row in rows:
        for column in ("thesis_title", "expertise_text"):
            if row[column]:
                yield row[column], row


def test_no_text_holds_an_address_or_a_telephone_number(rows: list[Row]) -> None:
    assert [text for text, _ in _texts_of(rows) if found(text)] == []


def test_six_languages_and_more_with_english_at_most_three_fifths(counted: Figures) -> None:
    assert len(counted.languages) >= 6
    assert {"en", "es", "fr", "pt", "nl", "id"} <= set(counted.languages)
    assert min(counted.languages.values()) >= 0.05
    assert counted.languages["en"] <= 0.60


def test_no_text_occurs_twice(rows: list[Row], counted: Figures) -> None:
    assert repeated(text for text, _ in _texts_of(rows)) == []
    assert counted.repeated_texts == 0


def test_no_sentence_skeleton_occurs_more_than_25_times(rows: list[Row], people: dict[str, list[Row]]) -> None:
    """Names are taken from the columns, not from what the generator says of itself."""
    columns = ("expertise_city", "expertise_country", "organisation", "project", "programme", "home_city")
    own_names = {language: town_names(language) for language in ("ar", "es", "fr", "id", "nl", "pt", "vi", "zh")}
    counts: Counter[str] = Counter()
    for text, row in _texts_of(rows):
        names = {other[column] for other in people[row["alumnus_id"]] for column in columns}
        towns = {by_name[name] for by_name in own_names.values() for name in names if name in by_name}
        counts.update(skeletons(text, names | towns))
    assert counts.most_common(1)[0][1] <= 25
    assert len(counts) > 3_000


def test_at_most_half_of_the_texts_name_their_hazard(counted: Figures) -> None:
    assert 0.2 < counted.names_hazard <= 0.5


PLAIN_NAMES = {
    "en": {"flooding": "flood", "drought": "drought", "landslide": "landslide", "water-pollution": "pollut"},
    "es": {"flooding": "inundaci", "drought": "sequía", "landslide": "deslizamiento", "water-pollution": "contamina"},
    "nl": {"flooding": "overstrom", "drought": "droogte", "land-subsidence": "bodemdaling"},
    "id": {"flooding": "banjir", "drought": "kekeringan", "landslide": "longsor"},
}


def test_a_text_said_not_to_name_its_hazard_does_not(truths: list[Truth]) -> None:
    checked = 0
    for truth in truths:
        for hazard, name in PLAIN_NAMES.get(truth.language, {}).items():
            if hazard in truth.hazards and name in truth.text.lower():
                checked += 1
                assert truth.names_hazard, truth.text
    assert checked > 50


def test_texts_have_6_to_40_words(counted: Figures) -> None:
    assert counted.fewest_words >= 6
    assert counted.most_words <= 40


def test_all_45_hazards_occur_and_nothing_else(truths: list[Truth]) -> None:
    assert len(HAZARDS) == 45
    assert {hazard for truth in truths for hazard in truth.hazards} == set(HAZARDS)


def test_common_hazards_are_far_commoner(truths: list[Truth]) -> None:
    counts = Counter(hazard for truth in truths for hazard in truth.hazards)
    assert min(counts[h] for h in ("flooding", "drought", "water-supply-failure")) > 5 * counts["avalanche"]


def test_some_texts_are_about_two_hazards_and_some_about_none(counted: Figures, truths: list[Truth]) -> None:
    assert 0.12 < counted.two_hazards < 0.18
    assert 0.07 < counted.no_hazard < 0.12
    denials = [
        t for t in truths if t.language == "en" and re.search(r"No experience|never|Not a special|not my", t.text)
    ]
    assert denials
    assert all(not truth.hazards for truth in denials if truth.kind != "thesis")


def test_truth_says_of_each_text_what_the_sheet_says(truths: list[Truth], people: dict[str, list[Row]]) -> None:
    by_key = {truth.expertise: truth for truth in truths}
    assert len(by_key) == len(truths)
    met = 0
    for key, own in people.items():
        for row in own:
            if row["thesis_title"]:
                met += 1
                assert by_key[f"{key}/thesis"].text == row["thesis_title"]
                assert by_key[f"{key}/thesis"].weak
            if row["expertise_text"]:
                met += 1
                truth = by_key[f"{key}/{row['expertise_id']}"]
                assert truth.text == row["expertise_text"]
                assert truth.kind == row["expertise_kind"]
                assert not truth.weak
                assert str(truth.since or "") == row["since"]
    assert met == len(truths)
