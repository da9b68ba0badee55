"""What a user may ask beyond the gold: places, years, exclusions, languages, typos, and any text at all."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from graph.errors import City2CityError, WrongInput
from graph.model.questions import SLOTS, Understood
from nlp.question.reader import LONGEST_QUESTION, QuestionReader

TODAY = date(2026, 11, 24)


def read(reader: QuestionReader, question: str) -> Understood:
    return reader.read(question, TODAY)


def ids(understood: Understood, slot: str) -> list[str]:
    return [("not " if term.negated else "") + term.id for term in getattr(understood, slot)]


@pytest.mark.parametrize(
    ("question", "city"),
    [
        ("floods in Hyderabad", "1269843"),
        ("floods in Hyderabad, Pakistan", "1176734"),
        ("floods in Hyderabad (Pakistan)", "1176734"),
        ("floods in Hyderabad in Pakistan", "1176734"),
        ("floods in san jose", "5392171"),
        ("floods in San Jose, Costa Rica", "3621849"),
        ("floods in Saigon", "1566083"),
        ("heat waves in New Delhi", "1261481"),
    ],
)
def test_a_city_is_told_by_its_country_else_by_its_size(reader: QuestionReader, question: str, city: str) -> None:
    understood = read(reader, question)
    assert ids(understood, "cities") == [city]
    assert understood.countries == ()


def test_the_country_may_stand_elsewhere_in_the_question(reader: QuestionReader) -> None:
    understood = read(reader, "In Pakistan, who has handled floods in Hyderabad?")
    assert ids(understood, "cities") == ["1176734"]
    assert ids(read(reader, "Who from Pakistan has handled floods in Hyderabad?"), "cities") == ["1269843"]


def test_the_other_cities_of_the_name_are_offered(reader: QuestionReader) -> None:
    (rotterdam,) = read(reader, "floods in Rotterdam").cities
    assert rotterdam.country == "NL"
    assert [(other.name, other.country) for other in rotterdam.alternatives] == [("Rotterdam", "US")]


@pytest.mark.parametrize(
    "question",
    [
        "nice people who know salt intrusion",
        "most of the green measures",
        "Most cities have same problems of date and split",
        "Delta experts",
        "who has handled green roofs of most kinds",
        "the mobile pumping of salt water while reading",
    ],
)
def test_words_that_only_look_like_cities_are_none(reader: QuestionReader, question: str) -> None:
    assert read(reader, question).cities == ()


def test_words_that_look_like_words_are_cities_where_the_sentence_says_so(reader: QuestionReader) -> None:
    understood = read(reader, "floods in Nice, Split or Bath")
    assert [city.name for city in understood.cities] == ["Nice", "Split", "Bath"]
    assert [len(group) for group in understood.any_of] == [3]


@pytest.mark.parametrize(
    ("question", "since", "until"),
    [
        ("since 2015", 2015, None),
        ("after 2015 but before 2020", 2016, 2019),
        ("up to 2012", None, 2012),
        ("floods in the 2010s", 2010, 2019),
        ("since the 1990s", 1990, None),
        ("from 2010 to 2015 in Lima", 2010, 2015),
        ("2010-2015", 2010, 2015),
        ("between 2010 and 2015", 2010, 2015),
        ("the floods of 2010, 2012 and 2015", 2010, 2015),
        ("2015 onwards", 2015, None),
        ("between 2015 and now", 2015, None),
        ("the last decade", 2016, None),
        ("in the past 5 years", 2021, None),
        ("over the last 3 decades", 1996, None),
        ("ten years of experience", None, None),
        ("desde hace mucho, en los últimos diez años", 2016, None),
        ("les dix dernières années", 2016, None),
        ("nos últimos 10 anos", 2016, None),
        ("in de afgelopen tien jaar", 2016, None),
        ("banjir dalam 10 tahun terakhir", 2016, None),
        ("lũ lụt trong 10 năm qua", 2016, None),
        ("最近十年的洪水", 2016, None),
        ("2015年以来的洪水", 2015, None),
        ("2012年以前的洪水", None, 2011),
        ("الفيضانات منذ عام 2015", 2015, None),
    ],
)
def test_years(reader: QuestionReader, question: str, since: int | None, until: int | None) -> None:
    years = read(reader, question).years
    assert (years.since, years.until) == (since, until)


@pytest.mark.parametrize("question", ["floods since 2030", "floods in 1850", "floods after 2018 and before 2012"])
def test_years_that_make_no_sense_are_said_not_to_be_understood(reader: QuestionReader, question: str) -> None:
    understood = read(reader, question)
    assert (understood.years.since, understood.years.until) == (None, None)
    assert understood.not_understood


@pytest.mark.parametrize(
    ("question", "slot", "expected"),
    [
        ("droughts outside Africa", "regions", ["not 002"]),
        ("anywhere but not in Europe or Asia", "regions", ["not 150", "not 142"]),
        ("no engineers, no planners, but researchers", "roles", ["not engineer", "not planner", "researcher"]),
        ("anyone except consultants", "roles", ["not consultant"]),
        ("planners not from India", "countries", ["not IN"]),
        ("not only floods but also droughts", "hazards", ["flooding", "drought"]),
        ("no storms", "hazards", ["not tropical-cyclone", "not extratropical-storm", "not tornado", "not strong-wind"]),
        ("without insurance", "measures", ["not insurance"]),
        ("geen consultants", "roles", ["not consultant"]),
        ("pas de consultants", "roles", ["not consultant"]),
        ("sin consultores", "roles", ["not consultant"]),
        ("不在欧洲", "regions", ["not 150"]),
    ],
)
def test_exclusions(reader: QuestionReader, question: str, slot: str, expected: list[str]) -> None:
    understood = read(reader, question)
    assert ids(understood, slot) == expected
    assert understood.any_of == ()


@pytest.mark.parametrize(
    ("question", "languages", "countries"),
    [
        ("Vietnamese engineers", [], ["VN"]),
        ("engineers who speak Vietnamese", ["vi"], []),
        ("Dutch-speaking engineers", ["nl"], []),
        ("fluent in Portuguese and French", ["pt", "fr"], []),
        ("French and Spanish speakers", ["fr", "es"], []),
        ("someone who works in Spanish", ["es"], []),
        ("Arabic-speaking planners", ["ar"], []),
        ("ingénieurs vietnamiens", [], ["VN"]),
        ("ingenieros que hablan inglés", ["en"], []),
        ("Franstalige ingenieurs", ["fr"], []),
        ("会说西班牙语的工程师", ["es"], []),
        ("insinyur yang berbahasa Inggris", ["en"], []),
    ],
)
def test_a_language_only_where_words_say_so(
    reader: QuestionReader, question: str, languages: list[str], countries: list[str]
) -> None:
    understood = read(reader, question)
    assert ids(understood, "languages") == languages
    assert [(term.id, term.bound) for term in understood.countries] == [(code, "from") for code in countries]


@pytest.mark.parametrize(
    ("question", "bound"),
    [
        ("planners in Accra", "gained_in"),
        ("planners from Accra", "from"),
        ("planners based in Accra", "lives_in"),
        ("planners available in Accra", "lives_in"),
        ("who lives and works in Accra", "lives_in"),
        ("planners born in Accra", "from"),
        ("planificadores que viven en Accra", "lives_in"),
        ("des experts originaires d'Accra", "from"),
        ("mensen woonachtig in Accra", "lives_in"),
        ("住在阿克拉的人", "lives_in"),
    ],
)
def test_three_senses_of_a_place(reader: QuestionReader, question: str, bound: str) -> None:
    assert [(city.id, city.bound) for city in read(reader, question).cities] == [("2306104", bound)]


def test_each_place_has_its_own_sense(reader: QuestionReader) -> None:
    understood = read(reader, "people from the Netherlands living in Vietnam who handled storm surge in Beira")
    assert [(term.id, term.bound) for term in understood.countries] == [("NL", "from"), ("VN", "lives_in")]
    assert [(term.id, term.bound) for term in understood.cities] == [("1052373", "gained_in")]
    assert understood.any_of == ()


def test_a_home_holds_for_the_whole_list(reader: QuestionReader) -> None:
    understood = read(reader, "planners living in Accra or in Lagos")
    assert [term.bound for term in understood.cities] == ["lives_in", "lives_in"]
    assert len(understood.any_of) == 1


def test_a_place_that_narrows_a_trait_has_its_sense(reader: QuestionReader) -> None:
    understood = read(reader, "experts living in delta cities in Bangladesh who worked in Kenya")
    assert [(term.id, term.bound) for term in understood.traits] == [("delta", "lives_in")]
    assert [(term.id, term.bound) for term in understood.countries] == [("BD", "lives_in"), ("KE", "gained_in")]


def test_an_origin_does_not_reach_over_a_verb(reader: QuestionReader) -> None:
    understood = read(reader, "engineers from Vietnam who know Can Tho")
    assert [(term.id, term.bound) for term in understood.countries] == [("VN", "from")]
    assert [(term.id, term.bound) for term in understood.cities] == [("1586203", "gained_in")]
    (colombia,) = read(reader, "people from the mountain cities of Colombia").countries
    assert colombia.bound == "from"


def test_learning_from_a_city_is_no_origin(reader: QuestionReader) -> None:
    understood = read(reader, "What can we learn from Rotterdam about storm surges?")
    assert [(term.id, term.bound) for term in understood.cities] == [("2747891", "gained_in")]


def test_likeness_is_to_a_city_and_ends_with_its_list(reader: QuestionReader) -> None:
    understood = read(reader, "cities like Beira or Can Tho, not in Europe")
    assert ids(understood, "like") == ["1052373", "1586203"]
    assert ids(understood, "regions") == ["not 150"]
    assert understood.cities == ()
    assert read(reader, "I would like to find planners in Lagos").like == ()


def test_an_exclusion_takes_a_person_whole(reader: QuestionReader) -> None:
    understood = read(reader, "no Dutch consultants, but planners")
    assert ids(understood, "countries") == ["not NL"]
    assert ids(understood, "roles") == ["not consultant", "planner"]


def test_a_people_before_a_noun_is_no_language(reader: QuestionReader) -> None:
    understood = read(reader, "who worked in English towns")
    assert understood.languages == ()
    assert ids(understood, "countries") == ["GB"]


def test_an_article_before_a_common_word_makes_it_no_city(reader: QuestionReader) -> None:
    assert ids(read(reader, "from the University of Nairobi"), "cities") == ["184745"]


def test_a_misspelled_small_city_is_read_only_with_its_capital(reader: QuestionReader) -> None:
    assert ids(read(reader, "floods in Zwolla"), "cities") == ["2743477"]
    assert ids(read(reader, "floods in Veenendal"), "cities") == ["2745774"]
    assert read(reader, "floods in veenendal").cities == ()


@pytest.mark.parametrize(
    "question",
    ["Dutch engineers", "ingenieros holandeses", "Nederlandse ingenieurs", "kỹ sư Hà Lan", "insinyur Belanda",
     "荷兰工程师", "来自荷兰的工程师", "engenheiros da Holanda", "des ingénieurs des Pays-Bas", "مهندسون من هولندا"],
)  # fmt: skip
def test_where_people_are_from_in_nine_languages(reader: QuestionReader, question: str) -> None:
    understood = read(reader, question)
    assert [(term.id, term.bound) for term in understood.countries] == [("NL", "from")]
    assert ids(understood, "roles") == ["engineer"]


@pytest.mark.parametrize(
    ("question", "hazards", "places"),
    [
        ("inundaciones costeras y fluviales en Guayaquil", ["coastal-flooding", "riverine-flooding"], ["3657509"]),
        ("inundaciones Guayaquil", ["flooding"], ["3657509"]),
        ("pas d'inondations mais des glissements de terrain au Népal", ["not flooding", "landslide"], ["NP"]),
        ("des crues éclair à Niamey ou Ouagadougou", ["flash-flooding"], ["2440485", "2357048"]),
        ("ondas de calor ou incêndios florestais em Portugal", ["heatwave", "wildfire"], ["PT"]),
        ("bodemdaling in Jakarta sinds 2010", ["land-subsidence"], ["1642911"]),
        ("overstromingsexperts in Dhaka", ["flooding"], ["1185241"]),
        ("penurunan tanah di Jakarta atau Semarang", ["land-subsidence"], ["1642911", "1627896"]),
        ("kekeringan dan kebanjiran di Surabaya", ["drought", "flooding"], ["1625822"]),
        ("sạt lở bờ sông ở Cần Thơ hoặc Vĩnh Long", ["river-erosion"], ["1586203", "1562693"]),
        ("ngap lut o Da Nang", ["flooding"], ["1583992"]),
        ("在越南或孟加拉国处理过海水入侵", ["saltwater-intrusion"], ["VN", "BD"]),
        ("الجفاف في المغرب أو تونس", ["drought"], ["MA", "TN"]),
        ("بالقاهرة موجات الحر", ["heatwave"], ["360630"]),
    ],
)
def test_hazards_and_places_in_nine_languages(
    reader: QuestionReader, question: str, hazards: list[str], places: list[str]
) -> None:
    understood = read(reader, question)
    assert ids(understood, "hazards") == hazards
    assert ids(understood, "cities") + ids(understood, "countries") == places


def test_names_of_places_do_not_tell_the_language(reader: QuestionReader) -> None:
    understood = read(reader, "flooding in São Paulo and Rio")
    assert (len(understood.any_of), understood.rest) == (1, "")
    assert read(reader, "engineers in Can Tho or Hà Nội").rest == ""
    assert read(reader, "Viet Nam's Can Tho").rest == ""


def test_the_longer_name_in_a_compound_wins(reader: QuestionReader) -> None:
    assert ids(read(reader, "ervaring met kusterosie in Nederland"), "hazards") == ["coastal-erosion"]


def test_a_noun_may_be_shared(reader: QuestionReader) -> None:
    assert ids(read(reader, "coastal, flash and river flooding"), "hazards") == [
        "coastal-flooding",
        "flash-flooding",
        "riverine-flooding",
    ]
    understood = read(reader, "coastal or delta cities")
    assert ids(understood, "traits") == ["coastal", "delta"]
    assert len(understood.any_of) == 1


def test_and_of_hazards_asks_for_both_and_or_for_one(reader: QuestionReader) -> None:
    assert read(reader, "floods, droughts and heatwaves in Asia").any_of == ()
    (group,) = read(reader, "floods, droughts or heatwaves in Asia").any_of
    assert [term.id for term in group] == ["flooding", "drought", "heatwave"]


def test_roles_are_a_choice_whichever_way_they_are_joined(reader: QuestionReader) -> None:
    for question in ("policy makers, researchers & engineers", "policy makers, researchers and engineers"):
        (group,) = read(reader, question).any_of
        assert [term.id for term in group] == ["policy-maker", "researcher", "engineer"]


def test_a_broad_word_in_a_list_joins_it_or_stands_alone(reader: QuestionReader) -> None:
    (group,) = read(reader, "storms or floods").any_of
    assert len(group) == 5
    understood = read(reader, "storms and floods")
    assert [len(group) for group in understood.any_of] == [4]
    assert "flooding" in ids(understood, "hazards")


@pytest.mark.parametrize(
    ("question", "slot", "words"),
    [
        ("floodng in Lagos", "hazards", "floodng"),
        ("drougth in Kenya", "hazards", "drougth"),
        ("floods in Guayaqil", "cities", "Guayaqil"),
        ("floods in Ho Chi Mihn City", "cities", "Ho Chi Mihn City"),
        ("floods in Bangldesh", "countries", "Bangldesh"),
    ],
)
def test_a_misspelled_name_is_read_and_shown_as_written(
    reader: QuestionReader, question: str, slot: str, words: str
) -> None:
    assert [term.words for term in getattr(read(reader, question), slot)] == [words]


def test_what_was_not_understood_is_said_and_not_left_over(reader: QuestionReader) -> None:
    understood = read(reader, "tidal gates in Upper Zorbalia with painted frogs")
    assert understood.not_understood == ("Upper Zorbalia",)
    assert understood.rest == "painted frogs"


def test_an_empty_question_has_no_conditions(reader: QuestionReader) -> None:
    assert read(reader, "") == Understood()
    assert read(reader, " \n ") == Understood()


def test_a_question_too_long_is_refused_with_a_way_out(reader: QuestionReader) -> None:
    with pytest.raises(WrongInput) as refused:
        read(reader, "a" * (LONGEST_QUESTION + 1))
    assert "2,000" in refused.value.detail
    assert refused.value.mend
    read(reader, "flood " * 333)


_FRAGMENTS = st.sampled_from(
    ["in ", "from ", "not ", "or ", "and ", ", ", "floods", "Rotterdam", "Kenya", "2015", "since ", "last ten years",
     "在", "上海", "الفيضانات", "ở Cần Thơ", "é", "e\u0301", "\u200f", "\u0000",
     "Spanish", "-", "storm", "İ", "ﬁ", "Ⅷ", "🌊", "\n", " "]
)  # fmt: skip


@settings(max_examples=400, deadline=None)
@given(question=st.one_of(st.text(max_size=300), st.lists(_FRAGMENTS, max_size=25).map("".join)))
@example(question="İstanbul'da ﬂoods in Rotterdam")
@example(question="\u202eRotterdam\u202c since ２０１５")
def test_any_text_is_read_or_refused_and_shows_its_own_words(reader: QuestionReader, question: str) -> None:
    try:
        understood = reader.read(question, TODAY)
    except City2CityError:
        return
    for slot in (*SLOTS, "like"):
        for term in getattr(understood, slot):
            assert term.start is not None
            assert term.end is not None
            assert 0 <= term.start < term.end <= len(question)
            assert term.words == question[term.start : term.end]
    assert all(words in question for words in understood.not_understood)
