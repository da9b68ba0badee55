"""City names in text: every script, by population, misspelled ones; files that execute nothing."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from graph.errors import Unavailable, WrongInput
from graph.model.places import City
from nlp.normalising import normalise
from nlp.question.gazetteer import Gazetteer
from nlp.question.gazetteer_building import is_noise


def made_up(id: str, name: str, country: str, population: int, *names: str, district_of: str | None = None) -> City:
    return City(id, name, country, population, 0.0, 0.0, names=names, district_of=district_of)


def found(gazetteer: Gazetteer, text: str) -> dict[str, str]:
    folded = normalise(text).text
    return {folded[match.start : match.end]: match.cities[0].name for match in gazetteer.find(folded)}


@pytest.mark.parametrize(
    ("text", "city"),
    [
        ("floods in Can Tho", "Cần Thơ"),
        ("lũ lụt ở Cần Thơ", "Cần Thơ"),
        ("谁在上海处理过内涝", "Shanghai"),
        ("خبرة في الفيضانات بالإسكندرية", "Alexandria"),
        ("น้ำท่วมกรุงเทพมหานคร", "Bangkok"),
        ("наводнения в Роттердам", "Rotterdam"),
        ("in 's-Hertogenbosch", "'s-Hertogenbosch"),
        ("at N'Djamena", "N'Djamena"),
        ("near St. John's", "St. John's"),
    ],
)
def test_names_are_found_in_every_script(gazetteer: Gazetteer, text: str, city: str) -> None:
    assert city in found(gazetteer, text).values()


def test_cities_of_one_name_come_by_population(gazetteer: Gazetteer) -> None:
    (match,) = gazetteer.find("hyderabad")
    assert [city.country for city in match.cities[:2]] == ["IN", "PK"]
    populations = [city.population for city in match.cities]
    assert populations == sorted(populations, reverse=True)


def test_a_name_ends_at_a_comma(gazetteer: Gazetteer) -> None:
    assert "can, tho" not in found(gazetteer, "can, tho")
    assert "can tho" in found(gazetteer, "can tho")


@pytest.mark.parametrize(
    ("written", "meant"),
    [("rotterdm", "Rotterdam"), ("guayaqil", "Guayaquil"), ("chittagng", "Chattogram"), ("jakarat", "Jakarta")],
)
def test_a_name_within_one_edit_is_found(gazetteer: Gazetteer, written: str, meant: str) -> None:
    assert gazetteer.misspelled(written)[0].name == meant


@pytest.mark.parametrize("word", ["rotterdam", "limo", "practice", "engineer", "", "нет такого"])
def test_other_words_are_no_misspelled_names(gazetteer: Gazetteer, word: str) -> None:
    assert gazetteer.misspelled(word) == ()


def test_two_near_names_of_like_size_are_not_guessed_between(tmp_path: Path) -> None:
    pair = [made_up("1", "Marrowby", "GB", 90_000), made_up("2", "Barrowby", "GB", 80_000)]
    assert Gazetteer.build(pair, tmp_path).misspelled("arrowby") == ()
    assert Gazetteer.build(pair[:1], tmp_path).misspelled("arrowby")[0].id == "1"


def test_a_city_keeps_what_a_reading_shows_of_it(tmp_path: Path) -> None:
    cities = [
        made_up("7", "Zorbal", "NL", 9_000_000, "Зорбал"),
        made_up("8", "Old Zorbal", "NL", 50_000, district_of="7"),
    ]
    gazetteer = Gazetteer.build(cities, tmp_path)
    (match,) = [match for match in gazetteer.find("old zorbal") if match.start == 0]
    (district,) = match.cities
    assert (district.id, district.name, district.country, district.population) == ("8", "Old Zorbal", "NL", 50_000)
    assert district.district_of == "7"
    (other,) = gazetteer.find(normalise("Зорбал").text)
    assert not other.cities[0].own_name
    assert len(gazetteer) == 2


@pytest.mark.parametrize("name", ["RTM", "lu te dan", "X", "kanto", "12", ""])
def test_codes_letters_and_romanisations_are_noise(name: str) -> None:
    assert is_noise(name)


@pytest.mark.parametrize("name", ["Roterdã", "'s-Gravenhage", "鹿特丹", "روتردام", "Ho Chi Minh"])
def test_names_that_people_write_are_not_noise(name: str) -> None:
    assert not is_noise(name)


def test_building_again_replaces_what_was_there_while_it_is_read(tmp_path: Path) -> None:
    older = Gazetteer.build([made_up("1", "Zorbal", "NL", 90_000)], tmp_path)
    newer = Gazetteer.build([made_up("2", "Zorbalia", "NL", 90_000)], tmp_path)
    assert found(older, "zorbal") == {"zorbal": "Zorbal"}
    assert found(newer, "zorbal") == {}
    assert found(Gazetteer.open(tmp_path), "zorbalia") == {"zorbalia": "Zorbalia"}
    assert len([path for path in tmp_path.iterdir() if path.is_dir()]) == 1


def test_no_file_holds_anything_that_loading_would_execute(tmp_path: Path) -> None:
    Gazetteer.build([made_up("1", "Zorbal", "NL", 90_000)], tmp_path)
    files = [path for path in tmp_path.rglob("*") if path.is_file()]
    assert {path.suffix for path in files} == {".npy", ".json"}
    for path in files:
        if path.suffix == ".npy":
            assert not np.load(path, allow_pickle=False).dtype.hasobject


def test_a_missing_or_foreign_gazetteer_says_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(Unavailable) as missing:
        Gazetteer.open(tmp_path)
    assert "Load the cities" in missing.value.mend
    (tmp_path / "gazetteer.json").write_text(json.dumps({"version": 0, "folder": "x"}))
    with pytest.raises(Unavailable, match="version"):
        Gazetteer.open(tmp_path)


def test_a_damaged_file_is_named(tmp_path: Path) -> None:
    Gazetteer.build([made_up("1", "Zorbal", "NL", 90_000)], tmp_path)
    next(tmp_path.rglob("keys.npy")).write_bytes(b"damaged")
    with pytest.raises(Unavailable, match=r"keys\.npy"):
        Gazetteer.open(tmp_path)


def test_a_gazetteer_of_nothing_is_refused(tmp_path: Path) -> None:
    with pytest.raises(WrongInput):
        Gazetteer.build([], tmp_path)


@settings(max_examples=150, deadline=None)
@given(text=st.text(max_size=200))
def test_any_text_gives_spans_within_it(gazetteer: Gazetteer, text: str) -> None:
    folded = normalise(text).text
    for match in gazetteer.find(folded):
        assert 0 <= match.start < match.end <= len(folded)
        assert match.cities
