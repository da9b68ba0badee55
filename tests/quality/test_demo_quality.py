"""How good links and answers are on the demo network, by the truth of its generator."""

from pathlib import Path

import pytest

from api.settings import read_settings
from api.wiring import Network
from ingest.synthetic.generating import generate
from ingest.synthetic.truth import Truth, read_truth
from tests.quality.judging import Judge, Judged, link_quality
from tests.quality.questions import QUESTIONS

PEOPLE = 1_500


@pytest.fixture(scope="module")
def network(demo_network: Path) -> Network:
    return Network(read_settings({"C2C_STORE": f"embedded:{demo_network}"}))


@pytest.fixture(scope="module")
def truths(tmp_path_factory: pytest.TempPathFactory) -> list[Truth]:
    return list(read_truth(generate(tmp_path_factory.mktemp("truth"), people=PEOPLE).truth))


def test_how_often_the_right_hazard_stands_first_is_printed_by_language(
    network: Network, truths: list[Truth], capsys: pytest.CaptureFixture[str]
) -> None:
    found = link_quality(truths, network.linker.rank([truth.text for truth in truths]))
    with capsys.disabled():
        print("\n  texts that    language  texts  right hazard first  recall at 3")
        for quality in found:
            names = "name it" if quality.named else "do not"
            figures = f"{quality.texts:>6} {quality.first:>19.2f} {quality.recall_at_3:>12.2f}"
            print(f"  {names:<12}  {quality.language:<8} {figures}")
    english = next(quality for quality in found if quality.language == "en" and quality.named)
    assert english.first >= 0.9
    assert len({quality.language for quality in found}) >= 6


@pytest.fixture(scope="module")
def judged(network: Network, truths: list[Truth]) -> list[Judged]:
    judge = Judge(network, truths)
    return [judge.judge(asked) for asked in QUESTIONS]


def test_nine_of_ten_people_shown_by_texts_that_name_their_hazard_are_right(
    judged: list[Judged], capsys: pytest.CaptureFixture[str]
) -> None:
    named = sum(one.named_right for one in judged), sum(one.named_wrong for one in judged)
    other = sum(one.other_right for one in judged), sum(one.other_wrong for one in judged)
    with capsys.disabled():
        print(f"\n  {len(judged)} questions; people shown by texts that name the hazard:")
        print(f"  {named[0]} right, {named[1]} wrong; by other texts: {other[0]} right, {other[1]} wrong")
        for what in ("named", "other"):
            found = sum(getattr(one, f"{what}_found") for one in judged)
            there_are = sum(getattr(one, f"{what}_there_are") for one in judged)
            print(f"  recall, {what}: {found} of {there_are}")
    assert sum(named) >= 100
    assert named[0] >= 0.9 * sum(named)


def test_there_are_sixty_questions_in_several_languages() -> None:
    assert len({asked.question for asked in QUESTIONS}) == 60
    assert len({asked.hazard for asked in QUESTIONS}) >= 40
