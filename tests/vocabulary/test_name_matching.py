"""Finding the vocabulary's names in what people write, whatever the language does to the word."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nlp.matching import NameFinder
from nlp.vocabulary import vocabulary


@pytest.fixture(scope="module")
def hazards():
    names = vocabulary().hazard_names
    return NameFinder(
        (name, language, id) for language, by_id in names.items() for id, some in by_id.items() for name in some
    )


def found(finder, text):
    return {(match.value, match.words) for match in finder.find(text)}


@pytest.mark.parametrize(
    ("text", "id", "words"),
    [
        # every language's usual and local words
        ("Managed king tides on the quays", "coastal-flooding", "king tides"),
        ("Plan de contingencia ante inundaciones", "flooding", "inundaciones"),
        ("Respuesta al aluvión de 2015", "flash-flooding", "aluvión"),
        ("Modélisation des crues de la Loire", "riverine-flooding", "crues"),
        ("Suivi de la sécheresse", "drought", "sécheresse"),
        ("Obras contra alagamentos no bairro", "surface-water-flooding", "alagamentos"),
        ("Aanpak van wateroverlast in de wijk", "surface-water-flooding", "wateroverlast"),
        ("Penanganan banjir rob di Semarang", "coastal-flooding", "banjir rob"),
        ("Pemantauan kekeringan di NTT", "drought", "kekeringan"),
        ("Pencegahan tanah longsor", "landslide", "tanah longsor"),
        ("Giảm ngập lụt ở Cần Thơ", "flooding", "ngập lụt"),
        ("Quan trắc xâm nhập mặn", "saltwater-intrusion", "xâm nhập mặn"),
        # behind Chinese characters, simplified and traditional
        ("负责上海的城市内涝治理工作", "surface-water-flooding", "城市内涝"),
        ("研究黄土高原水土流失问题", "soil-erosion", "水土流失"),
        ("西北地区干旱监测", "drought", "干旱"),
        ("西北地區乾旱監測", "drought", "乾旱"),
        ("颱風登陸後的應急", "tropical-cyclone", "颱風"),
        # Arabic: article, conjunction and preposition written onto the word
        ("عملت على إدارة الجفاف والفيضانات", "flooding", "الفيضانات"),
        ("مشروع للجفاف في الأردن", "drought", "جفاف"),
        ("التصدي للتصحر وبالزلازل", "earthquake", "الزلازل"),
        ("خبرة في إدارة السيول", "flash-flooding", "السيول"),
        ("تداخل مياهِ البحرِ في الدلتا", "saltwater-intrusion", "تداخل مياهِ البحرِ"),
        # Dutch compounds
        ("Berekening van het overstromingsrisico", "flooding", "overstromingsrisico"),
        ("Onderzoek naar kustoverstromingen", "coastal-flooding", "kustoverstromingen"),
        ("De droogteschade in het oosten", "drought", "droogteschade"),
        ("Een hittegolfplan voor ouderen", "heatwave", "hittegolfplan"),
        # Indonesian affixes
        ("Warga yang kebanjiran dievakuasi", "flooding", "kebanjiran"),
        ("Banjirnya surut", "flooding", "Banjirnya"),
        # plurals and inflections of English and Romance languages
        ("Two moraine breaches", "glacial-lake-outburst", "moraine breaches"),
        ("Sequías hidrológicas en el norte", "drought", "Sequías hidrológicas"),
        ("Prévision des submersions marines", "coastal-flooding", "submersions marines"),
        ("Monitoramento de ciclones tropicais", "tropical-cyclone", "ciclones tropicais"),
        # hyphens, spaces, capitals, accents left out
        ("STORM-SURGE modelling", "storm-surge", "STORM-SURGE"),
        ("storm  surge modelling", "storm-surge", "storm  surge"),
        ("sea–level rise scenarios", "sea-level-rise", "sea–level rise"),
        ("inundacion pluvial", "surface-water-flooding", "inundacion pluvial"),
        ("xam nhap man o Ben Tre", "saltwater-intrusion", "xam nhap man"),
    ],
)
def test_a_hazard_is_found_in_its_words(hazards, text, id, words):
    assert (id, words) in found(hazards, text)


@pytest.mark.parametrize(
    "text",
    [
        "A risk-averse investor",
        "Spatio-temporal analysis of prices",
        "Rob and Hannah teach",
        "Grafstenen en brainstormen",
        "السوق الحر في مصر",
        "سيولة المقاولين الصغار",
        "Chùa Hàn ở giới hạn thành phố",
        "Bank account overdraft",
        "hailed a taxi to the flooring shop",
        "未来的城市规划",
        "",
        " ",
    ],
)
def test_words_that_only_look_like_a_hazard_are_none(hazards, text):
    assert found(hazards, text) == set()


def test_the_longest_name_wins(hazards):
    assert found(hazards, "coastal flooding in the delta") == {("coastal-flooding", "coastal flooding")}
    assert found(hazards, "glacial lake outburst flood") == {("glacial-lake-outburst", "glacial lake outburst flood")}


def test_shorter_names_inside_are_returned_where_asked(hazards):
    ids = [match.value for match in hazards.find("coastal flooding", overlapping=True)]
    assert ids == ["coastal-flooding", "flooding"]


def test_a_name_shared_on_purpose_gives_both_hazards(hazards):
    ids = {match.value for match in hazards.find("Ứng phó hạn mặn ở miền Tây")}
    assert ids == {"drought", "saltwater-intrusion"}


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("🌊🌊 floods in 👩🏽‍🚒 Dhaka", "floods"),
        ("é́́ ﬂ sécheresse", "sécheresse"),
        ("se\u0301cheresse longue", "se\u0301cheresse"),
        ("Ｆｌｏｏｄ control", "Ｆｌｏｏｄ control"),
        ("dr\u00adought plan", "dr\u00adought"),
        ("\u202bالجفاف\u202c في الأردن", "الجفاف"),
        ("İstanbul drought", "drought"),
    ],
)
def test_spans_count_code_points_of_the_text_as_sent(hazards, text, words):
    match = hazards.find(text)[0]
    assert match.words == words
    assert text[match.start : match.end] == words


def test_abbreviations_are_found_in_capitals_only(hazards):
    assert found(hazards, "la DANA de 2024") == {("heavy-rain", "DANA")}
    assert found(hazards, "dana from accounting") == set()


MEASURES = [
    ("Kế hoạch trồng rừng ngập mặn", "mangrove-restoration"),
    ("建设海绵城市", "sponge-city"),
    ("نظام الإنذار المبكر", "early-warning"),
    ("Pembuatan sumur resapan", "rain-gardens"),
    ("Obra de captação de água da chuva", "rainwater-harvesting"),
    ("Ruimte voor de rivier bij Nijmegen", "room-for-the-river"),
    ("Cosecha de agua de lluvia en escuelas", "rainwater-harvesting"),
    ("Réseau séparatif du centre", "sewer-separation"),
]


@pytest.mark.parametrize(("text", "id"), MEASURES)
def test_measures_are_found_in_the_other_languages(text, id):
    names = vocabulary().measure_names
    finder = NameFinder(
        (name, lang, key) for lang, by_id in names.items() for key, some in by_id.items() for name in some
    )
    assert id in {match.value for match in finder.find(text)}


LATIN = ("flood", "banjir", "sécheresse", "se\u0301", "hạn mặn", "no ", "tidak ", "ﬂ", "ß", "Ｆ", "İ", "s")
OTHER = ("الجفاف", "و", "洪水", "乾旱", "-", " ", "\n", ",", ".", "🌊", "\u200d", "\u00ad")
PIECES = st.sampled_from(LATIN + OTHER)


@settings(max_examples=300, deadline=None)
@given(st.one_of(st.text(max_size=60), st.lists(PIECES, max_size=12).map("".join)))
def test_spans_lie_within_any_text(hazards, text):
    for overlapping in (False, True):
        for match in hazards.find(text, overlapping):
            assert 0 <= match.start < match.end <= len(text)
            assert match.words == text[match.start : match.end]


@settings(max_examples=100, deadline=None)
@given(st.lists(PIECES, max_size=12).map("".join))
def test_the_longest_names_do_not_overlap(hazards, text):
    spans = sorted({(match.start, match.end) for match in hazards.find(text)})
    assert all(left[1] <= right[0] for left, right in pairwise(spans))
