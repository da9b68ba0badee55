"""What cities did, from the plain template."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

from graph.engines.embedded import EmbeddedEngine
from graph.errors import WrongInput
from graph.model.places import City
from graph.store.actions import ActionStore
from ingest.actions import COLUMNS, load_actions, template
from ingest.report import LoadReport, summary
from ingest.stores import Stores
from nlp.vocabulary import vocabulary

HEADER = ",".join(COLUMNS)
GOOD = 'Can Tho,Việt Nam,Raised the sea wall,"coastal-flooding; Storm surge",,completed,2021,city website'

Load = Callable[..., LoadReport]


@pytest.fixture
def load_file(
    tmp_path: Path, engine: EmbeddedEngine, stores: Stores, cities: Sequence[City], now: datetime.datetime
) -> Load:
    """Write lines below the header into a file and load it."""

    def run(*lines: str, name: str = "actions.csv", **options: bool) -> LoadReport:
        path = tmp_path / name
        path.write_text("\n".join([HEADER, *lines]) + "\n", encoding="utf-8")
        known = vocabulary()
        hazards, measures = known.hazards.values(), known.measures.values()
        return load_actions(
            path, ActionStore(engine), stores, cities=cities, hazards=hazards, measures=measures, now=now, **options
        )

    return run


def city_of(cities: Sequence[City]) -> str:
    return next(city.id for city in cities if city.name == "Cần Thơ")


def test_an_action_is_loaded_with_all_its_hazards(
    load_file: Load, engine: EmbeddedEngine, cities: Sequence[City]
) -> None:
    report = load_file(GOOD)
    assert (report.new, report.refused) == (1, 0)
    assert "1 row of 1 action" in summary(report)
    action = ActionStore(engine).of_city(city_of(cities))[0]
    assert action.hazards == ("coastal-flooding", "storm-surge")
    assert (action.title, action.status, action.year, action.source) == (
        "Raised the sea wall",
        "completed",
        2021,
        "city website",
    )


def test_the_same_again_changes_nothing_and_an_edited_status_is_an_update(
    load_file: Load, engine: EmbeddedEngine, stores: Stores, cities: Sequence[City]
) -> None:
    load_file(GOOD)
    generation = stores.network.advance()
    assert (load_file(GOOD).unchanged, stores.network.advance()) == (1, generation + 1)
    assert load_file(GOOD.replace("completed", "stopped")).changed == 1
    assert [action.status for action in ActionStore(engine).of_city(city_of(cities))] == ["stopped"]


def test_several_actions_of_a_city_stand_beside_each_other_and_missing_ones_are_kept(
    load_file: Load, engine: EmbeddedEngine, cities: Sequence[City]
) -> None:
    load_file(GOOD, GOOD.replace("2021", "2015"))
    assert [action.year for action in ActionStore(engine).of_city(city_of(cities))] == [2021, 2015]
    assert load_file(GOOD).missing == 1
    assert len(ActionStore(engine).of_city(city_of(cities))) == 2


@pytest.mark.parametrize(
    ("line", "column", "said"),
    [
        (GOOD.replace("Can Tho", "Rotterdam").replace("Việt Nam", ""), "city", "several cities"),
        (GOOD.replace("coastal-flooding", "coastal-floding"), "hazard", '"coastal-floding", which is no hazard'),
        (GOOD.replace("2021", "21"), "year", "no year"),
        (GOOD.replace("Raised the sea wall", ""), "title", "empty"),
        (GOOD.replace('"coastal-flooding; Storm surge"', ""), "hazard", "so is measure"),
        (GOOD.replace("city website", "made.up@example.org"), "source", "e-mail address"),
    ],
)
def test_a_wrong_row_is_refused_and_the_good_one_loads(load_file: Load, line: str, column: str, said: str) -> None:
    report = load_file(line, GOOD)
    note = report.notes[0]
    assert (note.row, note.column, report.new) == (2, column, 1)
    assert said in note.reason
    assert "example.org" not in note.value


def test_the_template_example_is_left_out_and_columns_are_needed(
    load_file: Load, tmp_path: Path, stores: Stores
) -> None:
    example = template().decode("utf-8-sig").splitlines()[1]
    report = load_file(example)
    assert (report.new, [note.kind for note in report.notes]) == (0, ["left out"])
    path = tmp_path / "wrong.csv"
    path.write_text("place,what\na,b\n", encoding="utf-8")
    with pytest.raises(WrongInput, match="no column city and no column title"):
        load_actions(path, stores.people, stores, cities=[], hazards=[], measures=[])  # type: ignore[arg-type]


def test_a_dry_run_of_actions_writes_nothing(load_file: Load, engine: EmbeddedEngine, cities: Sequence[City]) -> None:
    report = load_file(GOOD, dry_run=True)
    assert report.new == 1
    assert ActionStore(engine).of_city(city_of(cities)) == []
    assert report.summary_file is None
