"""The demo network at 1,500 people keeps every promise that the full one makes."""

from __future__ import annotations

import csv
import datetime
import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import pytest

from graph.errors import LimitReached, WrongInput
from graph.model.people import EXPERTISE_KINDS, ORGANISATION_KINDS, ROLES
from graph.model.places import City
from ingest.alumni.checks import RowChecker
from ingest.alumni.contact_details import found
from ingest.alumni.file import read_alumni
from ingest.alumni.mapping import ColumnMapping
from ingest.alumni.places import PlaceReader
from ingest.alumni.template import COLUMNS, Part
from ingest.sources.names import normalised
from ingest.sources.places import Places, read_places
from ingest.synthetic import generating
from ingest.synthetic.__main__ import main
from ingest.synthetic.checking import Figures, figures, repeated, shares, skeletons, word_count
from ingest.synthetic.generating import Generated, generate
from ingest.synthetic.phrasebook import town_names
from ingest.synthetic.truth import Truth, read_truth

PEOPLE = 1_500
THIS_YEAR = 2026
HAZARDS = [
    "flooding",
    "coastal-flooding",
    "estuarine-flooding",
    "flash-flooding",
    "riverine-flooding",
    "groundwater-flooding",
    "surface-water-flooding",
    "glacial-lake-outburst",
    "sewer-flooding",
    "drought",
    "water-scarcity",
    "groundwater-depletion",
    "saltwater-intrusion",
    "soil-salinity",
    "waterborne-disease",
    "storm-surge",
    "tsunami",
    "sea-level-rise",
    "tropical-cyclone",
    "extratropical-storm",
    "strong-wind",
    "tornado",
    "heavy-rain",
    "hail",
    "heavy-snow",
    "heatwave",
    "cold-wave",
    "dam-failure",
    "water-supply-failure",
    "vector-borne-disease",
    "coastal-erosion",
    "river-erosion",
    "soil-erosion",
    "landslide",
    "land-subsidence",
    "earthquake",
    "volcanic-ash",
    "avalanche",
    "desertification",
    "wildfire",
    "biodiversity-loss",
    "algal-bloom",
    "eutrophication",
    "water-pollution",
    "air-pollution",
]  # the working vocabulary, as it was set

Row = dict[str, str]


@pytest.fixture(scope="module")
def places() -> Places:
    return read_places()


@pytest.fixture(scope="module", autouse=True)
def _places_are_read_once(places: Places) -> Iterator[None]:
    """The places are the real ones; reading them anew for each small network would take most of the time."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(generating, "read_places", lambda: places)
        yield


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Generated:
    return generate(tmp_path_factory.mktemp("network"), people=PEOPLE)


@pytest.fixture(scope="module")
def rows(made: Generated) -> list[Row]:
    return _read(made.alumni)


@pytest.fixture(scope="module")
def people(rows: list[Row]) -> dict[str, list[Row]]:
    by_person: dict[str, list[Row]] = defaultdict(list)
    for row in rows:
        by_person[row["alumnus_id"]].append(row)
    return by_person


@pytest.fixture(scope="module")
def truths(made: Generated) -> list[Truth]:
    return list(read_truth(made.truth))


@pytest.fixture(scope="module")
def counted(truths: list[Truth]) -> Figures:
    return figures(truths)


@pytest.fixture(scope="module")
def cities(places: Places) -> dict[str, City]:
    return {city.id: city for city in places.cities}


@pytest.fixture(scope="module")
def country_codes(places: Places) -> dict[str, str]:
    return {country.name: country.code for country in places.countries}


def _read(file: Path) -> list[Row]:
    with file.open(encoding="utf-8", newline="") as opened:
        return list(csv.DictReader(opened))


def _bytes(made: Generated) -> list[bytes]:
    return [file.read_bytes() for file in (made.alumni, made.actions, made.truth)]


def _texts_of(rows: list[Row]) -> Iterator[tuple[str, Row]]:
    for row in rows:
        for column in ("thesis_title", "expertise_text"):
            if row[column]:
                yield row[column], row


# The files


def test_the_same_seed_writes_the_same_bytes_and_another_seed_others(tmp_path: Path) -> None:
    once, again, other = (
        generate(tmp_path / name, people=60, seed=seed) for name, seed in (("a", 7), ("b", 7), ("c", 8))
    )
    assert _bytes(once) == _bytes(again)
    assert all(one != another for one, another in zip(_bytes(once), _bytes(other), strict=True))


def test_the_alumni_file_has_the_template_columns(made: Generated, rows: list[Row]) -> None:
    assert made.alumni.read_text("utf-8").splitlines()[0] == ",".join(column.name for column in COLUMNS)
    required = [column.name for column in COLUMNS if column.required]
    assert all(row[name] for row in rows for name in required)
    assert {row["role"] for row in rows} - {""} == set(ROLES)
    assert {row["organisation_kind"] for row in rows} - {""} == set(ORGANISATION_KINDS)
    assert {row["expertise_kind"] for row in rows} - {""} <= set(EXPERTISE_KINDS)


def test_what_is_true_of_the_person_stands_in_the_first_row_alone(people: dict[str, list[Row]]) -> None:
    once = [c.name for c in COLUMNS if c.part in (Part.PERSON, Part.CONTACT, Part.CONSENT, Part.STUDY)]
    later = [row for own in people.values() for row in own[1:]]
    assert later
    assert not any(row[name] for row in later for name in once if name not in ("alumnus_id", "name"))
    assert all(own[0]["synthetic"] == "yes" and own[0]["country"] for own in people.values())


def test_an_office_would_load_every_row(made: Generated, cities: dict[str, City]) -> None:
    checker = RowChecker(PlaceReader(list(cities.values())), datetime.date(THIS_YEAR, 12, 31))
    file = read_alumni(made.alumni, ColumnMapping(), None, checker, lambda *_: None)
    assert len(file.people) == PEOPLE
    assert [note for note in file.notes if note.kind == "refused"] == []


def test_progress_counts_people_to_the_end(tmp_path: Path) -> None:
    told: list[tuple[int, int]] = []
    generate(tmp_path, people=30, progress=lambda done, of: told.append((done, of)))
    assert told == [(done, 30) for done in range(1, 31)]


def test_too_few_people_are_refused_with_a_way_out(tmp_path: Path) -> None:
    with pytest.raises(WrongInput) as refused:
        generate(tmp_path, people=5)
    assert "at least" in refused.value.mend


def test_the_command_writes_the_files_and_says_so(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("sys.argv", ["synthetic", str(tmp_path / "demo"), "--people", "40"])
    main()
    assert len({row["alumnus_id"] for row in _read(tmp_path / "demo" / "alumni.csv")}) == 40
    assert "40 made-up people" in capsys.readouterr().out


# The people


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


# Contact and consent


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


def test_no_text_holds_an_address_or_a_telephone_number(rows: list[Row]) -> None:
    assert [text for text, _ in _texts_of(rows) if found(text)] == []


# The texts


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


# The places


def test_each_city_name_with_its_country_means_one_city(
    rows: list[Row], truths: list[Truth], cities: dict[str, City], country_codes: dict[str, str]
) -> None:
    bearers: dict[tuple[str, str], set[str]] = defaultdict(set)
    for city in cities.values():
        for name in (city.name, *city.names):
            bearers[normalised(name), city.country].add(city.id)
    city_of = {truth.expertise: truth.city for truth in truths}
    for row in rows:
        for city, country in (("home_city", "home_country"), ("expertise_city", "expertise_country")):
            if row[city]:
                meant = bearers[normalised(row[city]), country_codes[row[country]]]
                assert len(meant) == 1, (row[city], row[country])
                if city == "expertise_city":
                    assert meant == {city_of[f"{row['alumnus_id']}/{row['expertise_id']}"]}


def test_hazards_fit_the_city(truths: list[Truth], cities: dict[str, City]) -> None:
    by_the_sea = {"coastal-flooding", "storm-surge", "sea-level-rise", "saltwater-intrusion"}
    checked: Counter[str] = Counter()
    for truth in truths:
        if truth.city is None:
            continue
        city = cities[truth.city]
        traits = {trait.trait for trait in city.traits if trait.value}
        for hazard in truth.hazards:
            checked[hazard] += 1
            if hazard in by_the_sea:
                assert traits & {"coastal", "delta"}, (hazard, city.name)
            if hazard in ("tsunami", "coastal-erosion"):
                assert "coastal" in traits, (hazard, city.name)
            if hazard in ("volcanic-ash", "avalanche", "glacial-lake-outburst", "desertification", "tropical-cyclone"):
                assert city.country not in ("NL", "BE", "DK"), (hazard, city.name)
            if hazard == "heavy-snow":
                assert city.country not in ("ID", "BR", "NG", "GH", "VN"), (hazard, city.name)
    assert min(checked[hazard] for hazard in by_the_sea) > 5


def test_actions_are_of_real_cities_and_say_that_they_are_made_up(
    made: Generated, cities: dict[str, City], country_codes: dict[str, str]
) -> None:
    actions = _read(made.actions)
    assert list(actions[0]) == ["city", "country", "title", "hazard", "measure", "status", "year", "source"]
    places = {(city.name, city.country) for city in cities.values()}
    for action in actions:
        assert (action["city"], country_codes[action["country"]]) in places
        assert action["hazard"] in HAZARDS
        assert "made up" in action["source"]
        assert 2000 <= int(action["year"]) <= THIS_YEAR
    assert len({action["city"] for action in actions}) >= 25
    assert repeated(f"{action['city']}{action['title']}" for action in actions) == []


# The tools


def test_skeletons_leave_out_names_numbers_and_case() -> None:
    text = "Drained the low quarter in San Pedro Sula for 12,000 homes. It held 25 % of the time!"
    assert skeletons(text, ["San Pedro Sula", "Sula"]) == [
        "drained the low quarter in for homes",
        "it held of the time",
    ]
    assert skeletons("在重庆建设围堤。我也去了2019年", ["重庆"]) == ["在 建设围堤", "我也去了 年"]
    assert skeletons("Beira 2019.", ["Beira"]) == []


def test_words_are_counted_in_chinese_too() -> None:
    assert word_count("Raised the ring dike around Beira") == 6
    assert word_count("在河边修建了十七个站") == 6


def test_a_used_up_grammar_says_where_to_add(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("ingest.synthetic.writing.SKELETON_LIMIT", 0)
    with pytest.raises(LimitReached) as stopped:
        generate(tmp_path, people=20)
    assert "grammars/" in stopped.value.mend
