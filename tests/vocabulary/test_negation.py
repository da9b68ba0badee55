"""What a text denies: "no experience with floods" names floods and shows none."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nlp.negation import LONGEST_REACH, negated_spans
from nlp.vocabulary import LANGUAGES
from nlp.vocabulary.negation_cues import all_cues

DENIED = [
    ("No experience with floods", "floods"),
    ("I have never worked on droughts, floods or landslides, but I did coastal erosion", "landslides"),
    ("Floods are not my field; I teach accounting.", "Floods"),
    ("My job has nothing to do with drought", "drought"),
    ("I dealt with drought, not floods", "floods"),
    ("Floods I have never worked on.", "Floods"),
    ("I worked on heat but not on floods", "floods"),
    ("Not involved in earthquake response", "earthquake"),
    ("No flood or drought experience", "drought"),
    ("Earthquakes fall outside my tasks", "Earthquakes"),
    ("without any experience in wildfire", "wildfire"),
    ("I didn’t work on tsunamis", "tsunamis"),
    ("Not a specialist in forest fires: I keep accounts", "forest fires"),
    ("Cannot advise on polluted water. Ask me about billing.", "polluted water"),
    ("Please do not ask me about landslides", "landslides"),
    ("Have not done anything on heavy rain so far", "heavy rain"),
    ("Sin experiencia en inundaciones", "inundaciones"),
    ("No soy especialista en sequías: llevo cuentas", "sequías"),
    ("Não posso aconselhar sobre as cheias fluviais", "cheias fluviais"),
    ("Over hoogwater kan ik niet adviseren", "hoogwater"),
    ("Mohon jangan tanya saya soal tsunami", "tsunami"),
    ("Không phải chuyên gia về lũ quét", "lũ quét"),
    ("请别问我洪水", "洪水"),
    ("Nunca he trabajado en sequías", "sequías"),
    ("No tengo experiencia con deslizamientos", "deslizamientos"),
    ("Las sequías no son mi campo", "sequías"),
    ("No he trabajado con sequías ni inundaciones", "inundaciones"),
    ("Mi trabajo no tiene nada que ver con las inundaciones", "inundaciones"),
    ("Je n'ai jamais travaillé sur les inondations", "inondations"),
    ("Sans expérience de la sécheresse", "sécheresse"),
    ("Aucune expérience en matière d'inondations", "inondations"),
    ("Les séismes ne sont pas mon domaine", "séismes"),
    ("Je ne m'occupe pas des crues", "crues"),
    ("Sem experiência em enchentes", "enchentes"),
    ("Não trabalho com secas", "secas"),
    ("Nunca lidei com deslizamentos", "deslizamentos"),
    ("Enchentes não são minha área", "Enchentes"),
    ("Geen ervaring met overstromingen", "overstromingen"),
    ("Met droogte heb ik nooit gewerkt", "droogte"),
    ("Overstromingen zijn niet mijn vakgebied", "Overstromingen"),
    ("Tidak punya pengalaman dengan banjir", "banjir"),
    ("Saya belum pernah menangani kekeringan", "kekeringan"),
    ("Banjir bukan bidang saya", "Banjir"),
    ("Tôi không có kinh nghiệm về lũ lụt", "lũ lụt"),
    ("Tôi chưa từng làm về hạn hán", "hạn hán"),
    ("Lũ lụt không phải chuyên môn của tôi", "Lũ lụt"),
    ("Toi khong co kinh nghiem ve lu lut", "lu lut"),
    ("我没有洪水方面的经验", "洪水"),
    ("我沒有洪水方面的經驗", "洪水"),
    ("对洪水没有经验", "洪水"),
    ("从未从事过干旱研究", "干旱"),
    ("我的工作与地震无关", "地震"),
    ("ليس لدي خبرة في الفيضانات", "الفيضانات"),
    ("ولم أعمل قط على الجفاف", "الجفاف"),
    ("الفيضانات ليست من تخصصي", "الفيضانات"),
    ("لا علاقة لعملي بالزلازل", "الزلازل"),
]

MENTIONED = [
    ("not only floods but also drought", "floods"),
    ("No-regret measures against floods", "floods"),
    ("Nothing but flood work", "flood"),
    ("I no longer work on floods", "floods"),
    ("Not limited to floods", "floods"),
    ("Explained floods to non-specialists", "floods"),
    ("Không mưa suốt vụ, tôi làm nông lâm kết hợp chống hạn hán", "hạn hán"),
    # outcomes are mentions
    ("No floods since 2015", "floods"),
    ("Led the rinse of the canal without flooding the fields", "flooding"),
    ("Levees so that the town does not flood", "flood"),
    ("The dam did not fail in the flood", "flood"),
    # the denial ends with its clause
    ("No experience with drought, but ten years of flood control", "flood control"),
    ("Worked on floods, no experience with drought", "floods"),
    ("Worked on floods. No experience with drought.", "floods"),
    ("No experience with drought\nFlood control in Dhaka", "Flood"),
    ("No experience with drought, I worked on flood control and relief", "flood control"),
    # another language's words
    ("Trabalhei no controle de enchentes, no Recife, com experiência em secas", "enchentes"),
    ("Chữa cháy rừng và làm về hạn hán", "hạn hán"),
    ("负责被淹没地区的洪水经验总结", "洪水"),
    ("没有洪水经验，但做过干旱项目", "干旱"),
    ("No solo inundaciones, también sequías", "inundaciones"),
    ("Non solo inondations", "inondations"),
    ("Pas seulement les inondations", "inondations"),
    ("Não só enchentes", "enchentes"),
    ("Niet alleen overstromingen", "overstromingen"),
    ("Tidak hanya banjir", "banjir"),
    ("Không chỉ lũ lụt", "lũ lụt"),
    ("不仅处理洪水", "洪水"),
    ("ليس فقط الفيضانات", "الفيضانات"),
]


def is_denied(text, words):
    start = text.index(words)
    return any(first <= start and start + len(words) <= last for first, last in negated_spans(text))


@pytest.mark.parametrize(("text", "words"), DENIED)
def test_a_denial_covers_what_it_denies(text, words):
    assert is_denied(text, words)


@pytest.mark.parametrize(("text", "words"), MENTIONED)
def test_a_mention_stays_a_mention(text, words):
    assert not is_denied(text, words)


def test_a_denial_goes_on_over_a_list_and_stops_at_but():
    text = "No experience with floods, drought or heat, but with storms"
    assert [text[start:end] for start, end in negated_spans(text)] == ["No experience with floods, drought or heat"]


def test_offsets_count_code_points():
    text = "🌊 é Ｎｏ experience with ﬂoods; droughts"
    assert [text[start:end] for start, end in negated_spans(text)] == ["Ｎｏ experience with ﬂoods"]


def test_a_denial_without_punctuation_reaches_only_so_far():
    text = "no experience with " + "words " * 20_000
    assert negated_spans(text) == [(0, len("no experience") + LONGEST_REACH)]


def test_there_are_words_for_every_language():
    assert {cues.language for cues in all_cues()} == set(LANGUAGES)


SAYINGS = [text + " " for text, _ in DENIED + MENTIONED]


@settings(max_examples=300, deadline=None)
@given(st.one_of(st.text(max_size=60), st.lists(st.sampled_from([*SAYINGS, ",", "\n", "🌊"]), max_size=5).map("".join)))
def test_spans_lie_within_any_text_and_apart(text):
    spans = negated_spans(text)
    assert all(0 <= start < end <= len(text) for start, end in spans)
    assert all(left[1] < right[0] for left, right in pairwise(spans))
