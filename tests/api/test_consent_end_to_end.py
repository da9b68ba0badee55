"""Consent, on files and in processes of its own: who withdraws is gone, from answers and from bytes."""

import csv
import io
import json
import shutil
from pathlib import Path

import pytest

from tests.conftest import CommandLine, copied

TEXT = "Steered the quizzacious sluices of Wobbleford against coastal flooding"
RARE = ("quizzacious", "wobbleford", TEXT.lower(), "Made-up Planted")
ADDRESS = "planted.person@example.org"
ROWS = (
    {"alumnus_id": "P-1", "name": "Made-up Planted", "country": "NL", "programme": "Coasts", "email": ADDRESS,
     "expertise_kind": "project", "expertise_text": TEXT, "expertise_city": "Rotterdam", "expertise_country": "NL",
     "since": "2016", "until": "2019", "consent": "yes", "consent_date": "2024-01-05", "consent_ground": "form"},
    {"alumnus_id": "P-2", "name": "Made-up Staying", "country": "VN", "programme": "Coasts",
     "expertise_kind": "project", "expertise_text": "Closed dike breaches against coastal flooding",
     "expertise_city": "Can Tho", "expertise_country": "VN", "since": "2012", "consent": "yes"},
    {"alumnus_id": "P-3", "name": "Made-up Silent", "country": "KE", "programme": "Rivers",
     "expertise_kind": "project", "expertise_text": "Mapped coastal flooding around the harbour",
     "expertise_city": "Mombasa", "expertise_country": "KE", "consent": ""},
)  # fmt: skip
BAD_ROW = ROWS[0] | {"expertise_text": "Dredged Quizzacious Creek", "since": "in the days of Wobbleford"}
QUESTION = "coastal flooding"
ENCODINGS = ("utf-8", "utf-16-le", "utf-16-be", "utf-32-le", "utf-32-be")


def written(path: Path, *rows: dict[str, str]) -> Path:
    text = io.StringIO()
    names = list(dict.fromkeys(name for row in ROWS for name in row))
    writer = csv.DictWriter(text, names)
    writer.writeheader()
    writer.writerows(rows)
    path.write_text(text.getvalue(), encoding="utf-8")
    return path


@pytest.fixture(scope="module")
def loaded(places_network: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("consent")
    c2c = CommandLine(copied(places_network, folder / "own"))
    ran = c2c("load", "alumni", str(written(folder / "alumni.csv", *ROWS, BAD_ROW)))
    assert ran.code == 1, ran.err
    assert "1 row refused" in ran.out
    return c2c.store


@pytest.fixture
def own(loaded: Path, tmp_path: Path) -> CommandLine:
    return CommandLine(copied(loaded, tmp_path / "own"))


def people(c2c: CommandLine) -> set[str]:
    return {expert["id"] for expert in json.loads(c2c("ask", QUESTION, "--json").out)["experts"]}


def holding(directory: Path, planted: str, *, engine_too: bool) -> list[str]:
    found = []
    for path in sorted(directory.rglob("*")):
        if path.is_file() and (engine_too or "graph" not in path.relative_to(directory).parts):
            content = path.read_bytes()
            if any(planted.lower().encode(code) in content.lower() for code in ENCODINGS):
                found.append(str(path.relative_to(directory)))
    return found


def test_the_planted_words_are_there_before(own: CommandLine) -> None:
    assert {path.partition("/")[0] for path in holding(own.store, TEXT, engine_too=True)} == {
        "graph", "index", "imports.sqlite",
    }  # fmt: skip
    assert any(path.startswith("reports/") for path in holding(own.store, "wobbleford", engine_too=False))
    assert holding(own.store, ADDRESS, engine_too=True) == ["contacts.sqlite"]


def test_a_withdrawal_leaves_key_and_history_alone(own: CommandLine, tmp_path: Path) -> None:
    assert people(own) == {"P-1", "P-2"}
    ran = own("consent", "withdraw", "P-1", "--who", "office")
    assert ran.code == 0, ran.err
    assert people(own) == {"P-2"}
    for planted in (*RARE, ADDRESS):
        assert holding(own.store, planted, engine_too=False) == []
    assert own("compact").code == 0
    for planted in (*RARE, ADDRESS):
        assert holding(own.store, planted, engine_too=True) == []
    shown = json.loads(own("consent", "show", "P-1", "--json").out)
    assert shown["state"] == "withdrawn"
    assert [event["what"] for event in shown["history"]] == ["given", "withdrawn"]
    assert own("person", "P-1").code == 0
    assert people(own) == {"P-2"}

    file = written(tmp_path / "alumni.csv", *ROWS)
    assert own("load", "alumni", str(file)).code == 0
    assert people(own) == {"P-2"}
    assert own("consent", "give", "P-1", "--ground", "letter").code == 0
    assert own("load", "alumni", str(file)).code == 0
    assert people(own) == {"P-1", "P-2"}


def test_a_withdrawal_works_at_once_in_a_running_server(own: CommandLine) -> None:
    with own.serving() as client:
        before = client.post("/ask", json={"question": QUESTION}).json()
        assert {expert["id"] for expert in before["experts"]} == {"P-1", "P-2"}
        assert own("consent", "withdraw", "P-1").code == 0
        after = client.post("/ask", json={"question": QUESTION}).json()
        assert {expert["id"] for expert in after["experts"]} == {"P-2"}
        assert client.get("/experts/P-1").status_code == 404
        assert client.get("/person/P-1").status_code == 404
        rotterdam = client.get("/cities/2747891").json()
        assert "P-1" not in {person["id"] for person in rotterdam["people"]}
        for planted in (*RARE, ADDRESS):
            assert holding(own.store, planted, engine_too=False) == []
    assert people(own) == {"P-2"}


def test_a_withdrawal_that_is_refused_changes_nothing(own: CommandLine) -> None:
    for who in (ADDRESS, " "):
        refused = own("consent", "withdraw", "P-1", "--who", who)
        assert refused.code == 2
        assert not (own.store / "changing").exists()
    assert people(own) == {"P-1", "P-2"}


def test_a_withdrawal_behind_a_load_that_was_cut_off_brings_in_what_the_load_brought(
    own: CommandLine, places_network: Path
) -> None:
    # As a process leaves it that was killed before it built the index: the index is that of the network before.
    shutil.rmtree(own.store / "index")
    copied(places_network / "index", own.store / "index")
    (own.store / "changing").write_text("1")
    assert own("consent", "withdraw", "P-1").code == 0
    assert people(own) == {"P-2"}


def test_who_withdraws_while_withheld_leaves_no_byte_either(own: CommandLine) -> None:
    assert holding(own.store, "Made-up Silent", engine_too=False) == ["contacts.sqlite"]
    assert own("consent", "withdraw", "P-3").code == 0
    assert holding(own.store, "Made-up Silent", engine_too=False) == []
    assert json.loads(own("status", "--json").out)["withheld"]["total"] == 0
    assert people(own) == {"P-1", "P-2"}


def test_who_is_withheld_comes_in_with_consent_and_only_then(own: CommandLine) -> None:
    assert json.loads(own("status", "--json").out)["withheld"] == {
        "total": 1,
        "country": {"KE": 1},
        "programme": {"Rivers": 1},
    }
    assert own("consent", "give", "P-3", "--ground", "telephone call").code == 0
    assert people(own) == {"P-1", "P-2", "P-3"}
    assert json.loads(own("status", "--json").out)["withheld"]["total"] == 0


def test_a_row_whose_consent_turned_to_no_takes_the_person_out(own: CommandLine, tmp_path: Path) -> None:
    changed = written(tmp_path / "alumni.csv", ROWS[0] | {"consent": "no"}, *ROWS[1:])
    assert own("load", "alumni", str(changed)).code == 0
    assert people(own) == {"P-2"}
    assert holding(own.store, ADDRESS, engine_too=False) == []


def test_contact_details_are_given_here_with_a_purpose_and_never_over_http(own: CommandLine) -> None:
    with own.serving() as client:
        given = own("contact", "P-1", "--purpose", "invitation to an exchange")
        assert given.code == 0
        assert ADDRESS in given.out
        description = client.get("/openapi.json").json()
        answers = [client.get("/experts"), client.get("/experts/P-1"), client.get("/person/P-1"), client.get("/")]
        answers.append(client.post("/ask", json={"question": f"{QUESTION} {ADDRESS}", "explain": True}))
        answers.extend(client.get(path.replace("{identifier}", "P-1")) for path in description["paths"])
        question_echoed = [answer for answer in answers if ADDRESS in answer.text]
        assert len(question_echoed) == 1  # the one question that held it
        assert "experts" in question_echoed[0].json()
        assert ADDRESS not in json.dumps(question_echoed[0].json()["experts"])
        token = {"X-City2City-Lock": json.loads((own.store / "lock.json").read_text())["token"]}
        for arguments in (["contact", "P-1", "--purpose", "x"], ["person", "P-1"], ["person", "P-1", "--json"]):
            command = {"arguments": arguments, "directory": "/", "columns": 80, "terminal": False,
                       "message_terminal": False}  # fmt: skip
            answer = client.post("/internal/command", json=command, headers=token)
            assert '"exit": 2' in answer.text
            assert ADDRESS not in answer.text
    assert ADDRESS not in own.log.read_text(encoding="utf-8")
    held = json.loads(own("person", "P-1", "--json").out)
    assert held["contact"] == {"email": ADDRESS}
    assert held["contact_given_to"][0]["purpose"] == "invitation to an exchange"
    assert held["contact_given_to"][0]["who"]
    assert held["loaded_rows"][0]["file"] == "alumni.csv"


def test_an_address_in_a_text_refuses_the_row_and_shows_it_masked(own: CommandLine, tmp_path: Path) -> None:
    row = ROWS[1] | {"alumnus_id": "P-9", "expertise_text": "Ask me at someone@example.org about coastal flooding"}
    ran = own("load", "alumni", str(written(tmp_path / "more.csv", row)))
    assert ran.code == 1
    assert "expertise_text" in ran.out
    assert "someone@example.org" not in ran.out + ran.err
    assert holding(own.store, "someone@example.org", engine_too=True) == []


def test_the_same_file_again_changes_nothing(own: CommandLine, tmp_path: Path) -> None:
    before = json.loads(own("status", "--json").out)
    ran = own("load", "alumni", str(written(tmp_path / "alumni.csv", *ROWS)), "--json")
    report = json.loads(ran.out)
    assert (report["new"], report["changed"], report["unchanged"]) == (0, 0, 2)
    assert json.loads(own("status", "--json").out) == before


def test_a_dry_run_shows_the_mapping_and_writes_nothing(own: CommandLine, tmp_path: Path) -> None:
    before = {path: path.read_bytes() for path in own.store.rglob("*.sqlite")}
    file = written(tmp_path / "alumni.csv", ROWS[0] | {"expertise_text": "Raised dikes"}, *ROWS[1:])
    ran = own("load", "alumni", str(file), "--dry-run")
    assert ran.code == 0, ran.err
    assert "1 changed" in ran.out
    assert "expertise_text" in ran.out
    assert ADDRESS not in ran.out
    assert {path: path.read_bytes() for path in own.store.rglob("*.sqlite")} == before
    assert "quizzacious" in own("ask", QUESTION).out
