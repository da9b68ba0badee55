"""`c2c evaluate` as a person runs it: figures by language, runs that trec_eval reads, faults that name their line."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from api.cli.main import main

STATEMENTS = [
    {"id": "1", "text": "Raised a dike against coastal flooding.", "language": "en", "hazards": ["coastal-flooding"]},
    {"id": "2", "text": "Wrote the drought plan of the basin.", "language": "en", "hazards": ["drought"]},
    {"id": "3", "text": "Taught accounting to newly hired staff.", "language": "en", "hazards": []},
    {"id": "4", "text": "Plan de sequía para la cuenca.", "language": "es", "hazards": ["drought"]},
    {"id": "5", "text": "Planted trees along the river.", "language": "en", "hazards": ["tsunami"]},
]  # fmt: skip
PEOPLE = "id,name,country\np1,A Made-up Person,NL\np2,B Made-up Person,VN\np3,C Made-up Person,\n"
EVIDENCE = [
    {"person": "p1", "text": "drought early warning for farmers", "year": 2012},
    {"person": "p1", "text": "irrigation scheduling", "year": 2014},
    {"person": "p2", "text": "storm surge barriers and coastal flooding", "year": 2018},
    {"person": "p3", "text": "municipal accounting"},
]


def lines(path: Path, records: list[dict[str, Any]]) -> Path:
    path.write_text("".join(json.dumps(record, ensure_ascii=False) + "\n" for record in records), encoding="utf-8")
    return path


def evaluated(capsys: pytest.CaptureFixture[str], *arguments: object, code: int = 0) -> str:
    with pytest.raises(SystemExit) as ended:
        main(["evaluate", *map(str, arguments)])
    captured = capsys.readouterr()
    assert ended.value.code == code, captured.err
    return captured.out if code == 0 else captured.err


@pytest.fixture(autouse=True)
def _nowhere(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("C2C_STORE", f"embedded:{tmp_path / 'none'}")


def test_links_are_judged_by_language(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = lines(tmp_path / "statements.jsonl", STATEMENTS)
    report = json.loads(evaluated(capsys, "links", file, "--json"))
    by_language = {quality["language"]: quality for quality in report["languages"]}
    assert by_language["en"]["lines"] == 4
    assert by_language["en"]["top1"]["value"] == pytest.approx(2 / 3)
    assert by_language["es"]["top1"]["value"] == 1
    assert report["together"]["false_links"] == {"value": 0, "low": 0, "high": 0, "count": 1}
    assert [gold for gold, _, _ in report["confusions"]] == ["tsunami"]
    table = evaluated(capsys, "links", file)
    assert "top-1" in table
    assert "Calibration error" in table


def test_an_accepted_hazard_is_right_as_a_first_answer(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    wrong = {"id": "1", "text": "Drought plan of the basin.", "language": "en", "hazards": ["water-scarcity"]}
    first = [lines(tmp_path / "a.jsonl", [wrong]), lines(tmp_path / "b.jsonl", [{**wrong, "accept": ["drought"]}])]
    values = [json.loads(evaluated(capsys, "links", file, "--json"))["together"]["top1"]["value"] for file in first]
    assert values == [0, 1]


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("nonsense", "line 2"),
        ('{"id": "2", "text": 5, "language": "en", "hazards": []}', '"text"'),
        ('{"id": "2", "text": "x", "language": "en", "hazards": ["flods"]}', "flods"),
        ('{"id": "1", "text": "x", "language": "en", "hazards": []}', "stands twice"),
        ('["not an object"]', "line 2"),
    ],
)
def test_a_bad_line_is_named(tmp_path: Path, capsys: pytest.CaptureFixture[str], line: str, told: str) -> None:
    file = lines(tmp_path / "statements.jsonl", STATEMENTS[:1])
    file.write_text(file.read_text(encoding="utf-8") + line + "\n", encoding="utf-8")
    message = evaluated(capsys, "links", file, code=2)
    assert told in message
    assert "statements.jsonl" in message.replace("\n", "")


def test_people_are_ranked_by_four_methods(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    collection = _collection(tmp_path)
    qrels = tmp_path / "qrels.txt"
    qrels.write_text("t1 0 p1 2\nt2 0 p2 1\nt2 0 p1 0\n")
    run = tmp_path / "run.txt"
    found = json.loads(evaluated(capsys, "experts", *collection, "--qrels", qrels, "--run", run, "--json"))
    values = {quality["method"]: quality["average_precision"]["value"] for quality in found}
    assert values == {"bm25": 1, "embedding": 1, "fusion": 1, "city2city": 1}
    ranked = [line.split() for line in run.read_text().splitlines()]
    assert [row[2] for row in ranked if row[3] == "1"] == ["p1", "p2"]
    assert {row[5] for row in ranked} == {"city2city"}
    assert "MAP" in evaluated(capsys, "experts", *collection, "--qrels", qrels)


@pytest.mark.parametrize(
    ("option", "value"), [("--method", "magic"), ("--aggregate", "average"), ("--qrels", "missing.txt")]
)
def test_a_wrong_option_is_named(tmp_path: Path, capsys: pytest.CaptureFixture[str], option: str, value: str) -> None:
    collection = _collection(tmp_path)
    code = 1 if option == "--qrels" else 2
    needed = () if option == "--qrels" else ("--run", tmp_path / "run.txt")
    assert value in evaluated(capsys, "experts", *collection, *needed, option, value, code=code)


def _collection(directory: Path) -> list[object]:
    (directory / "people.csv").write_text(PEOPLE)
    lines(directory / "evidence.jsonl", EVIDENCE)
    (directory / "topics.tsv").write_text("t1\tdrought\nt2\tcoastal flooding by storm surge\n")
    return [
        "--people", directory / "people.csv", "--evidence", directory / "evidence.jsonl",
        "--topics", directory / "topics.tsv",
    ]  # fmt: skip
