"""Which language a text is written in: by its script, then by small words, word endings and letters.

Made for texts of a line or more in the network's languages. It knows a few neighbours besides (German, Italian), so
that they are not taken for one of them. Where two languages fit about equally well, or nothing fits, it says None.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

LONGEST_READ = 2_000
"""Characters of a text that are looked at: enough to be sure, and bounded for a text of any size."""

SCRIPTS = {
    "ar": r"[\u0620-\u064a\u0671-\u06d3]",
    "zh": r"[\u3400-\u4dbf\u4e00-\u9fff]",
    "ja": r"[\u3040-\u30ff]",
    "ko": r"[\uac00-\ud7a3]",
    "th": r"[\u0e00-\u0e7f]",
    "el": r"[\u0370-\u03ff]",
    "he": r"[\u05d0-\u05ea]",
    "cyrillic": r"[\u0400-\u04ff]",
    "indic": r"[\u0900-\u0dff]",
    "latin": r"[a-zA-Z\u00c0-\u024f\u1e00-\u1eff]",
}
COUNTED = {script: re.compile(letters) for script, letters in SCRIPTS.items()}
OF_SEVERAL_LANGUAGES = ("cyrillic", "indic")
PERSIAN_OR_URDU = re.compile("[\u067e\u0686\u06af\u06a9\u06cc\u0679\u06d2\u06be]")
WEIGHT_OF_HAN = 3  # a Han character says as much as a word of three letters

SMALL_WORDS = {
    "en": "the of and to in for with by on from at is was were are that this which i my we our when where after into "
    "as an it its their they who how not have has be been against under during between through while all each per "
    "every over out up no so than until where without within before since two three years",
    "es": "el la los las de del y en un una por para con que se su sus al lo como más es fue entre sobre cuando "
    "desde hasta sin ante durante tras cada hay está son yo mi nos también contra río agua años donde pero "
    "muy después gran ríos hemos fue fueron fui era han otros otras cuyo cuya ya si al",
    "fr": "le la les des de du et en un une pour par avec que qui dans sur au aux est sont été ne pas plus ce cette "
    "ces son sa ses nos nous je il a elle ils ont était étaient mes mon entre lors contre sans "
    "sous chez d l où afin après depuis eaux eau ou à",
    "pt": "o a os as do da dos das de e em no na nos nas um uma por para com que se seu sua ao à às pelo pela mais "
    "não é foi são entre sobre quando desde até sem durante após cada há também água rio anos contra onde eu meu",
    "nl": "de het een en van in op met voor aan bij door naar uit om over te dat die dit is was zijn werd worden wordt "
    "niet geen wel ook als of maar er ik we wij mijn onze tegen tijdens na tussen onder zonder hoe waar per jaar",
    "id": "yang dan di ke dari untuk dengan pada dalam oleh ini itu adalah akibat karena saat bila sebagai telah "
    "tidak saya kami para antara serta atau juga akan bagi agar setelah secara melalui tahun air kota desa warga "
    "tanah sungai daerah wilayah terhadap selama sejak",
    "vi": "và của các cho trong với là được có không những một tại từ khi để về này đã do bị vào ra ở theo trên như "
    "tôi chúng người năm nước thành phố vùng sông đến sau trước dân hộ chống hệ thống xây dựng quản lý",
    "de": "der die das und in von zu mit für auf den dem des ein eine einer im ist war wurde werden nicht auch bei "
    "nach aus über durch gegen als oder ich wir zum zur vom am wie",
    "it": "il lo la i gli le di del della dei delle e in un una per con che è sono nel nella sul alla al da dal come "
    "più non ho mio tra contro durante anche dopo",
}
ENDINGS = {
    "en": "ing ings ed tion tions ment ness ity ies ly ght wn sh ers ck th ful able ows ture tures",
    "es": "ción ciones dad dades miento mientos ado ada ados adas ando iendo é ó ías ría ico icos ero ía aje illo "
    "ñas ños ña ño zar",
    "fr": "ement ements eau eaux ée ées és tion tions ique iques eur eurs euse aire aires ité és age ages ence ances "
    "ère ères oir oirs ux elles ons ière",
    "pt": "ção ções dade dades mento mentos ão ões ães ada ados adas ando indo ei ou ncia ncias agem lho lha nha nho "
    "gens ário ária",
    "nl": "ing ingen heid heden lijk lijke atie aties eren schap kking aar aars ijk ijke water waters dijk dijken ten "
    "den ken gen pen oud sch isch ische eer gde",
    "id": "kan nya an asi ngan aan lah kah isme",
    "vi": "",
    "de": "ung ungen keit heit lich liche schaft isch ische ieren ern eren ßen chen ität",
    "it": "zione zioni mento menti ità aggio aggi are ere ato ata ati ate ndo glia gli cchi",
}
BEGINNINGS = {"id": "men meng meny mem peng pen pem per ber ter ke se di", "nl": "ge ver be over water"}
LETTERS = {
    "es": "ñ ¿ ¡",
    "fr": "ç è ê œ ù î û",
    "pt": "ã õ ç â ê",
    "nl": "ij aa oo ee uu ui oe",
    "vi": "đ ơ ư ă ạ ả ấ ầ ẩ ẫ ậ ắ ằ ẳ ẵ ặ ẹ ẻ ẽ ế ề ể ễ ệ ỉ ị ọ ỏ ố ồ ổ ỗ ộ ớ ờ ở ỡ ợ ụ ủ ứ ừ ử ữ ự ỳ ỷ ỹ",
    "de": "ä ö ü ß",
    "it": "ò ì",
    "en": "wh sh th",
    "id": "ng ny",
}
SMALL_WORD, ENDING, BEGINNING, LETTER = 1.0, 0.6, 0.3, 0.35
ENOUGH = 0.9
"""Least evidence for a language; one small word of its own is enough."""
MARGIN = 1.2
"""How many times the evidence of the next language it must have."""

Evidence = tuple[tuple[str, float], ...]


def detect(text: str) -> str | None:
    """Return the BCP 47 code of the language a text is written in, None when unsure."""
    read = unicodedata.normalize("NFC", text[:LONGEST_READ])
    script = script_of(read)
    if script != "latin":
        return script
    totals = dict.fromkeys(SMALL_WORDS, 0.0)
    for word in re.findall(r"[^\W\d_]+|[¿¡]", read.lower()):
        for language, weight in evidence(word):
            totals[language] += weight
    (best, most), (_, next_most) = sorted(totals.items(), key=lambda pair: -pair[1])[:2]
    return best if most >= ENOUGH and most >= MARGIN * next_most else None


def script_of(text: str) -> str | None:
    """Return "latin", or the language that the commonest script of the text stands for, None where it is several."""
    if text.isascii():
        return "latin" if COUNTED["latin"].search(text) else None
    counts = {script: len(letter.findall(text)) for script, letter in COUNTED.items()}
    counts["zh"] *= WEIGHT_OF_HAN
    if not any(counts.values()):
        return None
    commonest = max(counts, key=lambda script: counts[script])
    if commonest == "zh" and counts["ja"] > 1:
        return "ja"
    if commonest in OF_SEVERAL_LANGUAGES or (commonest == "ar" and PERSIAN_OR_URDU.search(text)):
        return None
    return commonest


@lru_cache(maxsize=65_536)
def evidence(word: str) -> Evidence:
    """Return what one lower-case word says for each language."""
    found: dict[str, float] = {}
    for language, words in WORDS.items():
        weight = words.get(word, 0.0)
        if len(word) > 3 and not weight:
            weight += ENDING * any(word.endswith(ending) for ending in TAILS[language])
            weight += BEGINNING * any(word.startswith(beginning) for beginning in HEADS[language])
        weight += LETTER * sum(letter in word for letter in MARKS[language])
        if weight:
            found[language] = weight
    return tuple(found.items())


def shared_out(lists: dict[str, str], weight: float) -> dict[str, dict[str, float]]:
    """Give each word of a language its weight, the less the more languages have the word."""
    words = {language: set(listed.split()) for language, listed in lists.items()}
    times = {word: sum(word in other for other in words.values()) for listed in words.values() for word in listed}
    return {language: {word: weight / times[word] ** 0.5 for word in listed} for language, listed in words.items()}


def by_language(lists: dict[str, str]) -> dict[str, tuple[str, ...]]:
    """Split the lists; a language without one gets an empty one."""
    return {language: tuple(lists.get(language, "").split()) for language in SMALL_WORDS}


WORDS = shared_out(SMALL_WORDS, SMALL_WORD)
TAILS, HEADS, MARKS = by_language(ENDINGS), by_language(BEGINNINGS), by_language(LETTERS)
