"""Researchers' Cypher and consent: who withdraws is in no copy that an earlier query made, and in no later answer."""

from __future__ import annotations

import json
import shutil
import threading
from pathlib import Path

import pytest

from tests.api.test_consent_end_to_end import RARE, ROWS, TEXT, holding, written
from tests.conftest import CommandLine, copied

PEOPLE = "MATCH (a:Alumnus)-[:HAS_EXPERTISE]->(e) RETURN DISTINCT a.id AS id"
ENDLESS = "MATCH (a), (b), (c), (d), (e), (f), (g) RETURN sum(size(a.id) + size(g.id))"


@pytest.fixture(scope="module")
def queried(places_network: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A network whose people were read by Cypher, so that a copy of the graph lies beside it."""
    folder = tmp_path_factory.mktemp("cypher-consent")
    c2c = CommandLine(copied(places_network, folder / "own"))
    assert c2c("load", "alumni", str(written(folder / "alumni.csv", *ROWS))).code == 0
    assert people(c2c) == {"P-1", "P-2"}
    return c2c.store


@pytest.fixture
def own(queried: Path, tmp_path: Path) -> CommandLine:
    return CommandLine(copied(queried, tmp_path / "own"))


def people(c2c: CommandLine) -> set[str]:
    return {identifier for [identifier] in json.loads(c2c("cypher", PEOPLE, "--json").out)["rows"]}


def in_copies(c2c: CommandLine, planted: str) -> list[str]:
    return [path for path in holding(c2c.store, planted, engine_too=True) if path.startswith("cypher-copy/")]


def test_a_withdrawal_removes_the_copy_that_an_earlier_query_made(own: CommandLine) -> None:
    assert in_copies(own, TEXT)
    assert own("consent", "withdraw", "P-1").code == 0
    for planted in RARE:
        assert holding(own.store, planted, engine_too=False) == []
    assert people(own) == {"P-2"}
    assert own("compact").code == 0
    for planted in RARE:
        assert holding(own.store, planted, engine_too=True) == []


def test_every_way_out_of_the_graph_removes_the_copy(own: CommandLine, tmp_path: Path) -> None:
    gone = str(written(tmp_path / "alumni.csv", ROWS[0] | {"consent": "no"}, *ROWS[1:]))
    (tmp_path / "fewer").mkdir()
    fewer = str(written(tmp_path / "fewer" / "alumni.csv", *ROWS[1:]))
    for arguments in (["load", "alumni", gone], ["load", "alumni", fewer, "--remove-missing"], ["undo"], ["compact"]):
        c2c = CommandLine(copied(own.store, tmp_path / arguments[0] / str(len(arguments))))
        assert in_copies(c2c, TEXT)
        ran = c2c(*arguments)
        assert ran.code == 0, ran.err
        assert not (c2c.store / "cypher-copy").exists(), arguments
        shutil.rmtree(c2c.store)


def test_a_running_server_shows_whoever_withdrew_in_no_later_answer(own: CommandLine) -> None:
    with own.serving() as client:

        def shown() -> set[str]:
            found = client.post("/graph/cypher", json={"query": PEOPLE}).json()
            return {identifier for [identifier] in found["rows"]}

        assert shown() == {"P-1", "P-2"}
        endless = threading.Thread(target=client.post, args=("/graph/cypher",), kwargs={"json": {"query": ENDLESS}})
        endless.start()  # a withdrawal does not wait for it
        assert own("consent", "withdraw", "P-1").code == 0
        for planted in RARE:
            assert holding(own.store, planted, engine_too=False) == []
        assert shown() == {"P-2"}
        assert in_copies(own, TEXT) == []
        endless.join()
