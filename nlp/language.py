"""The language of a text: by its script, else by its commonest words; None where that does not decide."""

from __future__ import annotations

import re
import unicodedata

_WORD = re.compile(r"[^\W\d_]+")
_HAN, _ARABIC, _OTHER_SCRIPTS = (
    re.compile("[\u3400-\u4dbf\u4e00-\u9fff]"),
    re.compile("[\u0600-\u06ff]"),
    re.compile("[\u3040-\u30ff\uac00-\ud7af\u0e00-\u0e7f\u0400-\u04ff\u0900-\u0dff]"),
)
_NOT_ARABIC = re.compile("[پچژگٹڈڑںےک]")
_VIETNAMESE = re.compile("[ăđơưạảấầẩẫậắằẳẵặẹẻẽếềểễệỉịọỏốồổỗộớờởỡợụủứừửữựỳỵỷỹ]", re.IGNORECASE)

_COMMON = {
    "en": """the of and to in for with on by from at as that is was were are which an be this their our after before
        between through against into during using under how we i my it its or not have has had been where when""",
    "es": """el la los las de del y en para con por que un una se su sus al como más entre sobre desde durante ante sin
        fue es son no lo mi hasta cuando contra tras donde e o""",
    "fr": """le la les des du et en pour avec par que qui une un dans sur au aux ce cette ces d l se sa son ses leur est
        sont sans entre après plus été chez depuis contre où afin ou""",
    "pt": """o a os as de do da dos das e em no na nos nas para com por que um uma se ao à pelo pela seu sua mais entre
        sobre desde durante após foi é são não sem até quando onde às num numa""",
    "nl": """de het een en van in op voor met door bij aan uit naar om te dat die is was werd zijn als ook over tussen
        na tot onder tijdens tegen niet er wordt hun onze ik wij voor langs""",
    "id": """dan di yang untuk dengan dari pada dalam ke oleh sebagai ini itu adalah akan tidak bagi para serta antara
        setelah sebelum saat secara melalui terhadap kota desa saya kami atau tahun karena agar""",
    "vi": """và của cho các những trong với tại ở là được có không từ về khi đã một để theo bằng do sau trước trên dưới
        người vùng năm cùng giữa tôi""",
}
_WORDS = {language: frozenset(words.split()) for language, words in _COMMON.items()}
_LETTERS = {"es": "ñ¿¡", "pt": "ãõ", "fr": "œêèùû", "nl": "", "en": "", "id": "", "vi": ""}
FEWEST = 1.0


def detect(text: str) -> str | None:
    """Return the language (BCP 47) among en, es, fr, pt, nl, ar, id, vi and zh, or None where it is not clear."""
    text = unicodedata.normalize("NFC", text)
    if _OTHER_SCRIPTS.search(text):
        return None
    if _HAN.search(text):
        return "zh"
    if _ARABIC.search(text):
        return None if _NOT_ARABIC.search(text) else "ar"
    if len(_VIETNAMESE.findall(text)) >= 2:
        return "vi"
    words = [word.lower() for word in _WORD.findall(text)]
    letters = set(text.lower())
    scores = {
        language: sum(word in common for word in words) + 0.5 * len(letters & set(_LETTERS[language]))
        for language, common in _WORDS.items()
    }
    best, second = sorted(scores, key=lambda language: -scores[language])[:2]
    clear = scores[best] >= FEWEST and scores[best] > scores[second]
    return best if clear else None
