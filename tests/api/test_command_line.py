import csv
import json
import re
import subprocess
import sys
from pathlib import Path

import openpyxl
import pytest

from api.cli.main import exit_code
from graph.errors import City2CityError, GraphBusy, LimitReached, NotFound, Unavailable, WrongInput
from tests.conftest import ROOT, CommandLine

QUESTION = "who has handled floods in Asia"


@pytest.fixture
def c2c(demo_network: Path) -> CommandLine:
    return CommandLine(demo_network)


def test_the_first_question_is_answered_with_people_reasons_and_dated_evidence(c2c: CommandLine) -> None:
    ran = c2c("ask", QUESTION, "--limit", "3")
    assert ran.code == 0, ran.err
    assert "Understood as  hazard: flooding" in ran.out
    assert re.search(r"\d+ people meet the whole question", ran.out)
    assert re.search(r"✓ .*(19|20)\d\d", ran.out)
    assert "made-up person" in ran.out


def test_the_demo_made_again_takes_what_is_there(c2c: CommandLine, demo_network: Path) -> None:
    before = (demo_network / "demo.json").stat().st_mtime_ns
    ran = c2c("demo", "--people", "1500")
    assert ran.code == 0
    assert "c2c serve" in ran.out
    assert (demo_network / "demo.json").stat().st_mtime_ns == before


def test_filters_join_the_reading(c2c: CommandLine) -> None:
    found = json.loads(
        c2c("ask", QUESTION, "--since", "2015", "--country", "Bangladesh", "--country", "India", "--json").out
    )
    assert found["understood"]["years"]["since"] == 2015
    for expert in found["experts"]:
        if expert["whole"]:
            best = expert["evidence"][0]
            assert best["country"] in ("BD", "IN")
            assert best["until"] is None or best["until"] >= 2015


def test_an_unknown_filter_value_names_the_nearest(c2c: CommandLine) -> None:
    ran = c2c("ask", QUESTION, "--hazard", "coastal floding")
    assert ran.code == 2
    assert "coastal floding" in ran.err
    assert "coastal-flooding" in ran.err or "coastal flooding" in ran.err


def test_the_answer_goes_into_spreadsheets(c2c: CommandLine, tmp_path: Path) -> None:
    as_csv, as_xlsx = tmp_path / "found.csv", tmp_path / "found.xlsx"
    ran = c2c("ask", QUESTION, "--csv", str(as_csv), "--xlsx", str(as_xlsx), "--limit", "5")
    assert ran.code == 0, ran.err
    rows = list(csv.DictReader(as_csv.read_text(encoding="utf-8-sig").splitlines()))
    sheet = openpyxl.load_workbook(as_xlsx).active
    assert sheet is not None
    assert {row["rank"] for row in rows} == {"1", "2", "3", "4", "5"}
    assert all(row["evidence"] for row in rows)
    assert sheet.max_row == len(rows) + 1


def test_nothing_found_is_exit_code_1_and_a_page_beyond_the_last_too(c2c: CommandLine) -> None:
    assert c2c("ask", QUESTION, "--offset", "100000").code == 1
    assert c2c("city", "Nowhere At All").code == 1
    assert c2c("person", "no-such-number").code == 1


def test_wrong_use_is_exit_code_2(c2c: CommandLine) -> None:
    assert c2c("ask").code == 2
    assert c2c("no-such-command").code == 2
    assert c2c("ask", QUESTION, "--since", "soon").code == 2
    assert c2c("ask", QUESTION, "--since", "2020", "--until", "2010").code == 2


@pytest.mark.parametrize(
    "arguments",
    [
        ("ask", QUESTION),
        ("understand", QUESTION),
        ("city", "Rotterdam"),
        ("peers", "Rotterdam"),
        ("status",),
        ("person", "S-00001"),
        ("contact", "S-00001", "--purpose", "exchange"),
        ("consent", "show", "S-00001"),
        ("consent", "give", "S-00001", "--ground", "letter"),
        ("consent", "withdraw", "S-00001"),
        ("undo",),
        ("compact",),
        ("serve", "--port", "0"),
    ],
    ids=lambda arguments: " ".join(arguments[:2]),
)
def test_where_no_network_is_every_command_says_how_to_make_one(tmp_path: Path, arguments: tuple[str, ...]) -> None:
    ran = CommandLine(tmp_path / "nothing")(*arguments)
    assert ran.code == 3, ran.out + ran.err
    assert "c2c demo" in ran.err
    left = [path for path in tmp_path.rglob("*") if path.is_file() and path.name != ".lock-guard"]
    assert left == []


@pytest.mark.parametrize(
    "arguments",
    [
        ("load", "alumni", "no-such-file.csv"),
        ("load", "alumni", "pyproject.toml", "--mapping", "no-such-file.toml"),
        ("load", "actions", "no-such-file.csv"),
        ("link", "no-such-file.txt"),
    ],
    ids=lambda arguments: " ".join(arguments[:3]),
)
def test_a_file_that_is_not_there_is_exit_code_3_and_nothing_is_made(
    tmp_path: Path, arguments: tuple[str, ...]
) -> None:
    ran = CommandLine(tmp_path / "nothing")(*arguments)
    assert ran.code == 3
    assert "no-such-file" in ran.err
    assert not (tmp_path / "nothing").exists()


@pytest.mark.parametrize("option", ["--csv", "--xlsx"])
def test_a_file_that_cannot_be_written_is_named(c2c: CommandLine, tmp_path: Path, option: str) -> None:
    ran = c2c("ask", QUESTION, option, str(tmp_path / "no-such-folder" / "found"))
    assert ran.code == 3
    assert "no-such-folder" in ran.err
    assert "Traceback" not in ran.err


def test_a_store_where_nothing_can_lie_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    ran = CommandLine(tmp_path / "file" / "network")("status")
    assert ran.code == 3
    assert str(tmp_path / "file") in ran.err
    assert "Traceback" not in ran.err


def test_what_is_not_utf_8_is_named(c2c: CommandLine, tmp_path: Path) -> None:
    file = tmp_path / "texts"
    file.write_bytes(b"Raised dikes\nM\xfcnster floods\n")
    ran = c2c("link", str(file))
    assert ran.code == 2
    assert "line 2" in ran.err
    typed = subprocess.run([*c2c.arguments("ask"), b"M\xfcnster"], env=c2c.environment(), cwd=ROOT, capture_output=True)
    assert typed.returncode == 2
    assert b"Argument 2" in typed.stderr


@pytest.mark.parametrize(
    ("error", "code"),
    [(NotFound, 1), (WrongInput, 2), (Unavailable, 3), (GraphBusy, 3), (LimitReached, 4)],
)
def test_exit_codes_are_those_of_the_contract(error: type[City2CityError], code: int) -> None:
    assert exit_code(error("what", "mend")) == code


def test_who_reads_only_the_first_line_is_not_told_of_a_broken_pipe(c2c: CommandLine) -> None:
    command = " ".join(f"'{part}'" for part in c2c.arguments("ask", QUESTION, "--limit", "50"))
    done = subprocess.run(
        f"{command} | head -1", shell=True, cwd=ROOT, env=c2c.environment(), capture_output=True, text=True, check=False
    )
    assert done.stdout.count("\n") == 1
    assert "Traceback" not in done.stderr


def test_a_question_of_many_conditions_is_read_whole(c2c: CommandLine) -> None:
    countries = "Chad, Mali, Togo, Peru, Cuba, Iran, Iraq, Laos, Oman, Fiji, Niger, Benin, Ghana, Kenya, Gabon, Haiti, "
    countries += "India, Italy, Japan, Libya, Malta, Nepal, Palau, Qatar, Samoa, Spain, Sudan, Syria, Tonga, Yemen, "
    countries += "Angola, Belize, Bhutan, Brazil, Brunei, Canada, Cyprus, France, Gambia, Greece, Guinea, Guyana, "
    countries += "Israel, Jordan, Kuwait, Latvia, Malawi, Mexico, Monaco, Norway, Panama, Poland, Russia, Rwanda"
    ran = c2c("ask", f"floods in {countries}", "--json")
    assert ran.code == 0, ran.err
    assert len(json.loads(ran.out)["understood"]["countries"]) == 54


def test_help_costs_no_heavy_import() -> None:
    program = (
        "import sys\nfrom api.cli.main import main\n"
        "try: main(['--help'])\nexcept SystemExit: pass\n"
        "print([name for name in ('numpy', 'fastapi', 'jpype', 'babel', 'pydantic') if name in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout.rstrip().endswith("[]")


def test_status_counts_who_is_withheld_without_names(c2c: CommandLine) -> None:
    counted = json.loads(c2c("status", "--json").out)
    assert counted["withheld"]["total"] > 20
    assert sum(counted["withheld"]["country"].values()) == counted["withheld"]["total"]
    assert sum(counted["withheld"]["programme"].values()) == counted["withheld"]["total"]
    assert "S-0" not in json.dumps(counted)


def test_texts_are_linked_one_a_line_with_their_ids(c2c: CommandLine) -> None:
    lines = '{"id": 7, "text": "Raised the ring dike against coastal flooding"}\nNo experience with floods\n'
    ran = c2c("link", "--json", input=lines)
    first, second = map(json.loads, ran.out.splitlines())
    assert first["id"] == 7
    assert first["hazards"][0]["id"] == "coastal-flooding"
    assert first["hazards"][0]["words"]
    assert second["hazards"] == []
    assert "id" not in second
    every = json.loads(c2c("link", "--json", "--all", input="No experience with floods\n").out)
    assert len(every["hazards"]) == 45


def test_own_data_is_refused_by_the_demo_store_with_the_way_out(c2c: CommandLine, tmp_path: Path) -> None:
    file = tmp_path / "mine.csv"
    file.write_text(c2c("template", "alumni").out, encoding="utf-8")
    ran = c2c("load", "alumni", str(file))
    assert ran.code == 2
    assert "C2C_STORE=embedded:" in ran.err
