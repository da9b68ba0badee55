"""The vocabulary's files: the field's facts, and what every file must keep to."""

from __future__ import annotations

import copy

import pytest

from nlp.vocabulary import LANGUAGES, vocabulary
from nlp.vocabulary.checks import group_problems, hazard_problems, measure_problems, problems
from nlp.vocabulary.loading import read

CODES = {
    "flooding": "MH0600",
    "coastal-flooding": "MH0601",
    "estuarine-flooding": "MH0602",
    "flash-flooding": "MH0603",
    "riverine-flooding": "MH0604",
    "groundwater-flooding": "MH0605",
    "surface-water-flooding": "MH0606",
    "glacial-lake-outburst": "MH0607",
    "sewer-flooding": "TL0214",
    "drought": "MH0401",
    "water-scarcity": None,
    "groundwater-depletion": None,
    "saltwater-intrusion": "EN0302",
    "soil-salinity": "EN0303",
    "waterborne-disease": "BI0110",
    "storm-surge": "MH0703",
    "tsunami": "MH0705",
    "sea-level-rise": "EN0402",
    "tropical-cyclone": "MH0309",
    "extratropical-storm": "MH0307",
    "strong-wind": "MH0301",
    "tornado": "MH0305",
    "heavy-rain": "MH0402",
    "hail": "MH0404",
    "heavy-snow": "MH0405",
    "heatwave": "MH0501",
    "cold-wave": "MH0502",
    "dam-failure": "TL0205",
    "water-supply-failure": "TL0210",
    "vector-borne-disease": "BI0108",
    "coastal-erosion": "GH0405",
    "river-erosion": "GH0404",
    "soil-erosion": "GH0403",
    "landslide": "GH0300",
    "land-subsidence": "GH0309",
    "earthquake": "GH0101",
    "volcanic-ash": "GH0202",
    "avalanche": "MH0801",
    "desertification": "EN0206",
    "wildfire": "EN0205",
    "biodiversity-loss": "EN0501",
    "algal-bloom": "BI0603",
    "eutrophication": "EN0403",
    "water-pollution": "TL0302",
    "air-pollution": "EN0103",
}
"""Codes of the Hazard Information Profiles, 2025 edition."""

FLOODS = {"coastal-flooding", "estuarine-flooding", "flash-flooding", "riverine-flooding", "groundwater-flooding"} | {
    "surface-water-flooding",
    "sewer-flooding",
    "glacial-lake-outburst",
}
GROUPS = {
    "storm": ("tropical-cyclone", "extratropical-storm", "tornado", "strong-wind"),
    "erosion": ("coastal-erosion", "river-erosion", "soil-erosion"),
    "pollution": ("water-pollution", "air-pollution"),
    "salinisation": ("saltwater-intrusion", "soil-salinity"),
}


def test_hazards_have_the_codes_of_the_2025_edition():
    assert {id: hazard.code for id, hazard in vocabulary().hazards.items()} == CODES


def test_floods_are_kinds_of_flooding_and_only_they():
    assert vocabulary().narrower("flooding") == FLOODS | {"flooding"}


def test_estuarine_flooding_is_coastal_flooding_too_and_river_floods_are_not():
    assert vocabulary().narrower("coastal-flooding") == {"coastal-flooding", "estuarine-flooding"}
    assert vocabulary().broader("estuarine-flooding") == {"estuarine-flooding", "coastal-flooding", "flooding"}


def test_eutrophication_and_algal_bloom_are_kinds_of_water_pollution():
    assert vocabulary().narrower("water-pollution") == {"water-pollution", "eutrophication", "algal-bloom"}


def test_no_other_hazard_is_a_kind_of_another():
    parents = {id for id, hazard in vocabulary().hazards.items() if hazard.kind_of}
    assert parents == FLOODS | {"eutrophication", "algal-bloom"}


def test_storm_surge_causes_coastal_flooding_and_scarcity_no_drought():
    hazards = vocabulary().hazards
    assert "coastal-flooding" in hazards["storm-surge"].causes
    assert "water-scarcity" in hazards["drought"].causes
    assert "drought" not in hazards["water-scarcity"].causes


def test_broad_words_mean_their_members():
    assert {group.id: group.members for group in vocabulary().groups} == GROUPS


def test_there_are_at_least_80_measures_of_all_three_kinds():
    measures = vocabulary().measures
    assert len(measures) >= 80
    assert {measure.kind for measure in measures.values()} == {"structural", "nature-based", "non-structural"}


def test_every_hazard_is_reduced_by_some_measure():
    reduced = {reason.hazard for measure in vocabulary().measures.values() for reason in measure.reduces}
    without = set(vocabulary().hazards) - {id for each in reduced for id in vocabulary().narrower(each)}
    assert without == set()


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_hazard_has_names_in_each_language(language):
    names = vocabulary().hazard_names[language]
    assert set(names) == set(CODES)
    assert [id for id, known in names.items() if len(known) < 3] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_measure_has_a_name_in_each_language(language):
    assert set(vocabulary().measure_names[language]) == set(vocabulary().measures)


def test_the_files_are_sound():
    assert problems() == []


def changed(subject, change):
    entries = copy.deepcopy(read(subject))
    change(entries)
    return entries


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (lambda h: h["flooding"].update(kind_of=["coastal-flooding"]), "flooding is a kind of itself"),
        (lambda h: h["drought"].update(causes=["thirst"]), 'causes of drought names "thirst", which is no hazard'),
        (lambda h: h["drought"].update(kind_of=["dryness"]), 'kind_of of drought names "dryness"'),
        (lambda h: h["drought"].update(code="MH401"), 'the code "MH401" of drought'),
        (lambda h: h["drought"].update(code="MH0600"), 'the code "MH0600" stands at flooding and drought'),
        (lambda h: h["drought"]["names"].pop("vi"), "drought has no name in vi"),
        (lambda h: h["drought"]["names"]["en"].append("Flood"), 'name "flood" stands at flooding and drought'),
        (lambda h: h["drought"]["names"]["en"].append("drought"), "stands there twice"),
        (lambda h: h["drought"]["names"].update(xx=["dry"]), 'has names in "xx"'),
        (lambda h: h.update(Dry_Spell=h["drought"]), 'the identifier "Dry_Spell"'),
        (lambda h: h["drought"].update(definition=" "), "drought has no definition"),
    ],
)
def test_a_broken_hazard_is_named_with_what_is_wrong(change, message):
    found = list(hazard_problems(changed("hazards", change)))
    assert any(message in each for each in found), found


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (lambda m: m["polders"].update(kind="hard"), 'the kind "hard" of polders'),
        (lambda m: m["polders"]["reduces"].append({"hazard": "rain", "why": "x"}), 'reduces of polders names "rain"'),
        (lambda m: m["polders"]["reduces"][0].update(why=""), "does not say why"),
        (lambda m: m["polders"].update(reduces=[]), "polders reduces no hazard"),
    ],
)
def test_a_broken_measure_is_named_with_what_is_wrong(change, message):
    found = list(measure_problems(changed("measures", change), read("hazards")))
    assert any(message in each for each in found), found


def test_a_group_may_not_take_a_hazards_name():
    groups = changed("groups", lambda g: g["storm"]["names"]["en"].append("hurricane"))
    assert 'name "hurricane" of storm is a hazard' in " ".join(group_problems(groups, read("hazards")))


def test_vietnamese_tones_tell_names_apart():
    def add(hazards):
        hazards["drought"]["names"]["vi"].append("ma")
        hazards["flooding"]["names"]["vi"].append("má")

    assert list(hazard_problems(changed("hazards", add))) == []


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("fr", "averse"),  # "risk-averse"
        ("es", "temporal"),  # "spatio-temporal"
        ("id", "rob"),  # a first name
        ("ar", "الحر"),  # "free", as in free market
        ("ar", "غمر"),  # flood irrigation
        ("vi", "hạn"),  # a term or limit
        ("es", "seguros"),  # "safe"
        ("en", "overdraft"),  # of a bank account
    ],
)
def test_words_that_mislead_stay_out(language, words):
    everything = vocabulary()
    names = [*everything.hazard_names[language].values(), *everything.measure_names[language].values()]
    names += [group.names[language] for group in everything.groups]
    assert words not in {name for some in names for name in some}
