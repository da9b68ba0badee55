"""Every language can say everything: phrases for each hazard, and no pattern that asks for what is not there."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

import ingest.synthetic
from graph.errors import WrongInput
from ingest.synthetic import grammar, lexicon
from ingest.synthetic.climates import COMMONNESS
from ingest.synthetic.grammar import GRAMMARS, Slot, read_grammar
from ingest.synthetic.lexicon import NO_HAZARD, WORDS, read_lexicon
from ingest.synthetic.origins import GROUPS
from ingest.synthetic.polishing import polish
from ingest.synthetic.programmes import PROGRAMMES, ROLE_WEIGHTS

LANGUAGES = ("en", *GROUPS)
OF_TEXT = {"q", "b", "p", "e", "n", "city", "country", "project", "organisation", "since", "until"}
NUMBERS = {"few", "dozens", "thousands"}


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_language_has_phrases_for_each_hazard(language: str) -> None:
    assert set(read_lexicon(language).phrases) == {*COMMONNESS, NO_HAZARD}


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_hazard_is_called_by_its_usual_name(language: str) -> None:
    words = read_lexicon(language)
    for hazard in COMMONNESS:
        for name in words.phrases[hazard]["n"]:
            assert words.names_hazard(name, (hazard,)), f"{language}: {name!r} does not count as naming {hazard}"


@pytest.mark.parametrize("language", LANGUAGES)
def test_most_descriptions_avoid_the_usual_name(language: str) -> None:
    words = read_lexicon(language)
    described = [(h, phrase) for h in COMMONNESS for kind in "qbpe" for phrase in words.phrases[h][kind]]
    naming = [phrase for hazard, phrase in described if words.names_hazard(phrase, (hazard,))]
    assert len(naming) < 0.1 * len(described)


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_pattern_asks_for_what_is_not_there(language: str) -> None:
    sections = read_grammar(language).sections
    known = OF_TEXT | NUMBERS | set(sections) | {"role", "when"} | {f"other.{form}" for form in ("x",)}
    for section, patterns in sections.items():
        assert patterns, f"{language} [{section}] is empty"
        for pattern in patterns:
            for part in pattern:
                if isinstance(part, Slot):
                    name = part.name.removesuffix(".cap").removesuffix(".low").removesuffix(".bare")
                    name = name.replace("other.", "work.")
                    assert name in known, f"{language} [{section}]: {{{part.name}}}"


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_language_has_a_word_for_each_role(language: str) -> None:
    sections = read_grammar(language).sections
    assert {f"role {role}" for role in ROLE_WEIGHTS} <= set(sections)


def test_programmes_lead_to_hazards_that_exist() -> None:
    assert {hazard for hazards in PROGRAMMES.values() for hazard in hazards} <= set(COMMONNESS)
    assert len(COMMONNESS) == 45


@pytest.mark.parametrize(
    ("language", "raw", "polished"),
    [
        ("es", "la obra de el dique y inspeccionar", "La obra del dique e inspeccionar"),
        ("es", "cerca de El Alto. luego volví", "Cerca de El Alto. Luego volví"),
        ("fr", "le chantier de les levées, de une digue à le port", "Le chantier des levées, d'une digue au port"),
        ("fr", "suivi de Abidjan parce que il pleut", "Suivi d'Abidjan parce qu'il pleut"),
        ("pt", "a obra de o dique em a baixa por os bairros", "A obra do dique na baixa pelos bairros"),
        ("zh", "我 监理 12个站", "我监理12个站"),
        ("en", "raised it. then left", "Raised it. Then left"),
    ],
)
def test_words_melt_where_the_language_melts_them(language: str, raw: str, polished: str) -> None:
    assert polish(raw, language) == polished


def test_a_verb_with_too_few_forms_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    text = (GRAMMARS / "es.txt").read_text("utf-8").replace("diseñar, diseñé:", "diseñar:")
    (tmp_path / "es.txt").write_text(text, "utf-8")
    monkeypatch.setattr(grammar, "GRAMMARS", tmp_path)
    with pytest.raises(WrongInput, match="diseñar") as refused:
        read_grammar.__wrapped__("es")
    assert "[forms]" in refused.value.mend


def test_a_hazard_without_phrases_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    lines = (WORDS / "id.txt").read_text("utf-8").splitlines()
    at = lines.index("[tsunami]")
    (tmp_path / "id.txt").write_text("\n".join(lines[: at + 3] + lines[at + 4 :]), "utf-8")
    monkeypatch.setattr(lexicon, "WORDS", tmp_path)
    with pytest.raises(WrongInput, match="tsunami lacks q"):
        read_lexicon.__wrapped__("id")


def test_nothing_of_the_linker_is_imported() -> None:
    package = Path(ingest.synthetic.__file__).parent
    imported: set[str] = set()
    for file in package.glob("*.py"):
        for node in ast.walk(ast.parse(file.read_text("utf-8"))):
            if isinstance(node, ast.Import):
                imported |= {alias.name for alias in node.names}
            elif isinstance(node, ast.ImportFrom):
                imported.add(node.module or "")
    assert imported
    assert not any(module.split(".")[0] == "nlp" for module in imported)
