"""Expertise to hazards and measures, as the issue and the contract say it."""

from __future__ import annotations

from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest

from nlp.evaluation import Judged, abstention, false_links, mean_precision, mean_recall_at, mean_top1
from nlp.linker import HazardLinker
from nlp.linking.scoring import THRESHOLD
from nlp.vocabulary import vocabulary


def hazards(linker: HazardLinker, text: str, language: str | None = None) -> list[str]:
    return [link.id for link in linker.link([text], [language])[0].hazards]


def measures(linker: HazardLinker, text: str) -> list[str]:
    return [link.id for link in linker.link([text])[0].measures]


@pytest.mark.parametrize(
    ("text", "hazard"),
    [
        ("Coastal flooding in the lower town", "coastal-flooding"),
        ("Inundaciones costeras en el barrio bajo", "coastal-flooding"),
        ("Lutte contre la sécheresse", "drought"),
        ("Gestão da seca no semiárido", "drought"),
        ("Aanpak van wateroverlast in de binnenstad", "surface-water-flooding"),
        ("الحد من آثار الجفاف", "drought"),
        ("Penanganan banjir rob di kampung nelayan", "coastal-flooding"),
        ("Phòng chống hạn hán ở vùng cao", "drought"),
        ("山体滑坡监测", "landslide"),
    ],
)
def test_a_hazard_that_is_named_comes_first_in_nine_languages(linker: HazardLinker, text: str, hazard: str) -> None:
    first = linker.link([text])[0].hazards[0]
    assert first.id == hazard
    assert first.score >= 0.5
    assert "name" in first.method.split("+")
    assert first.words
    assert all(word in text for word in first.words)
    assert first.model == linker.name


@pytest.mark.parametrize(
    "text",
    [
        "No experience with floods",
        "No experience with floods.",
        "I have never worked on drought",
        "Sin experiencia en inundaciones",
        "Geen ervaring met overstromingen",
        "没有洪水方面的经验",
        "Taught accounting to evening students",
        "Responsable du secrétariat et des archives",
        "",
        "   ",
        "12345",
        "\x00\u202e\ufffd",
    ],
)
def test_what_is_about_no_hazard_links_to_nothing(linker: HazardLinker, text: str) -> None:
    assert linker.link([text])[0].hazards == ()


def test_a_denied_hazard_is_out_and_another_one_stays(linker: HazardLinker) -> None:
    found = hazards(linker, "Drought planning for two provinces. I have no experience with floods.")
    assert found[0] == "drought"
    assert not set(found) & vocabulary().narrower("flooding")
    dikes = "Designed dikes, a polder with a pumping station, a retention basin and sandbag stores."
    assert "flooding" in hazards(linker, dikes)
    assert "flooding" not in hazards(linker, f"{dikes} No experience with floods.")


def test_a_broader_hazard_is_linked_only_where_the_text_names_it_too(linker: HazardLinker) -> None:
    assert hazards(linker, "Coastal flooding in the lower town") == ["coastal-flooding"]
    shown = (
        "Coastal flooding: dikes, a polder with a pumping station, a retention basin, sandbags for a long return period"
    )
    assert "flooding" in {link.id for link in linker.rank([shown])[0].hazards if link.score >= THRESHOLD}
    assert "flooding" not in hazards(linker, shown)
    both = hazards(linker, "Coastal flooding, and flooding from other causes, in the lower town")
    assert {"coastal-flooding", "flooding"} <= set(both)


def test_two_hazards_are_both_linked(linker: HazardLinker) -> None:
    found = hazards(linker, "After the earthquake the dam failure plan was rewritten for landslides")
    assert {"earthquake", "dam-failure", "landslide"} <= set(found)


def test_a_hazard_is_found_without_its_name_and_says_by_what(linker: HazardLinker) -> None:
    text = "Lowered a moraine-dammed lake by an outlet channel and wired an alarm for the villages below the glacier"
    first = linker.link([text])[0].hazards[0]
    assert first.id == "glacial-lake-outburst"
    assert first.words
    assert all(word.casefold() in text.casefold() for word in first.words)
    assert set(first.method.split("+")) <= {"words", "meaning"}


def test_measures_are_linked_by_their_names(linker: HazardLinker) -> None:
    linked = linker.link(["Planted mangroves and set up an early warning system for storm surge"])[0].measures
    assert [link.score for link in linked] == sorted((link.score for link in linked), reverse=True)
    words = {word for link in linked for word in link.words}
    assert any("mangrove" in word for word in words)
    assert any("early warning" in word for word in words)


def test_a_measure_is_found_by_meaning_only_against_a_hazard_of_the_text(linker: HazardLinker) -> None:
    by_meaning = linker.link(["Retrofitted schools with steel frames in a seismic zone"])[0].measures
    assert [(link.id, link.method) for link in by_meaning] == [("seismic-retrofit", "meaning")]
    assert "Retrofitted" in by_meaning[0].words
    assert measures(linker, "Taught accounting to evening students") == []


def test_rank_gives_every_hazard_best_first_and_link_the_head_of_it(linker: HazardLinker) -> None:
    text = "Storm surge barrier closed; the sea came over the quay"
    ranked = linker.rank([text])[0].hazards
    assert Counter(link.id for link in ranked) == Counter(vocabulary().hazards.keys())
    scores = [link.score for link in ranked]
    assert scores == sorted(scores, reverse=True)
    assert all(0 <= score <= 1 for score in scores)
    above = [link.id for link in ranked if link.score >= THRESHOLD]
    linked = hazards(linker, text)
    assert linked == [hazard for hazard in above if hazard in linked]
    assert linked


def test_order_and_company_of_texts_change_nothing(linker: HazardLinker, statements: list[Any]) -> None:
    texts = [statement.text for statement in statements]
    together = linker.link(texts)
    assert [linker.link([text])[0].hazards for text in texts[:10]] == [linked.hazards for linked in together[:10]]
    assert linker.link(texts[::-1])[::-1] == together
    with ThreadPoolExecutor(4) as pool:
        assert all(linked == together for linked in pool.map(linker.link, [texts] * 6))


def test_the_language_is_the_stated_one_else_the_detected_one(linker: HazardLinker) -> None:
    linked = linker.link(["Dike watch", "Gestión de la sequía en los embalses", "Dike"], ["nl", None, None])
    assert [found.language for found in linked] == ["nl", "es", None]
    assert linker.link([]) == []


def test_meaning_counts_only_in_the_language_that_the_embedder_knows(linker: HazardLinker) -> None:
    text = "Warming centres for rough sleepers when it froze below minus twenty"
    english, foreign = linker.rank([text, text], ["en", "nl"])
    assert "meaning" in english.hazards[0].method
    assert english.hazards[0].id == "cold-wave"
    assert not any("meaning" in link.method for link in foreign.hazards)


def test_a_text_of_a_hundred_kilobytes_is_linked(linker: HazardLinker) -> None:
    assert hazards(linker, "the coastal flooding of the town " * 3_000)[0] == "coastal-flooding"


def test_statements_written_before_tuning(linker: HazardLinker, statements: list[Any]) -> None:
    """Bounds for statements that use a name; of the others the figures are printed, without a floor."""
    texts = [statement.text for statement in statements]
    rankings, links = linker.rank(texts), linker.link(texts)

    def judged(chosen: Any) -> tuple[list[Judged], list[Judged]]:
        def of(found: Any) -> list[Judged]:
            return [
                Judged([link.id for link in linked.hazards], statement.hazards, statement.language)
                for statement, linked in zip(statements, found, strict=True)
                if chosen(statement)
            ]

        return of(rankings), of(links)

    def shown(figure: float | None) -> str:
        return "-" if figure is None else f"{figure:.2f}"

    for part in ("tuning", "held-out"):
        for english in (True, False):
            ranked, linked = judged(lambda it, p=part, e=english: it.part == p and (it.language == "en") == e)
            print(
                f"{part} {'English' if english else 'others'} ({len(ranked)}): first {shown(mean_top1(ranked))}, "
                f"recall at 3 {shown(mean_recall_at(3, ranked))}, precision {shown(mean_precision(linked))}, "
                f"unlinked {shown(abstention(linked))}, false {shown(false_links(linked))}"
            )
    ranked, linked = judged(lambda it: it.named)
    first, false = mean_top1(ranked), false_links(linked)
    assert first is not None
    assert first >= 0.9
    assert false == 0
