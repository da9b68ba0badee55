"""A city as shown, its people on the ground, and its peers."""

from __future__ import annotations

from dataclasses import replace

import pytest

from graph.answers.cities import profile
from graph.answers.peers import PeerIndex, peers
from graph.model.people import Job
from graph.model.places import TRAITS, CityTrait, Exposure
from tests.answers.made_up import CITIES, REFERENCE, Did, Person

KHULNA, CAN_THO, BERLIN = REFERENCE.cities["104"], REFERENCE.cities["105"], REFERENCE.cities["102"]
COUNTRY = {
    "BD": (Exposure("coastal-flooding", "high", "country", "made-up atlas", 2020),),
    "VN": (Exposure("coastal-flooding", "high", "country", "made-up atlas", 2020),),
    "DE": (Exposure("drought", "low", "country", "made-up atlas", 2020),),
}


def test_every_trait_is_yes_no_or_unknown_with_its_ground(asking):
    shown = profile(KHULNA, (), asking(Person("A")).index)
    assert [trait.id for trait in shown.traits] == list(TRAITS)
    values = {trait.id: trait.value for trait in shown.traits}
    assert (values["delta"], values["capital"], values["coastal"]) == ("yes", "no", "unknown")
    assert all(trait.ground for trait in shown.traits)
    assert next(t for t in shown.traits if t.id == "riverside").ground.startswith("not known yet")


def test_a_country_level_is_never_the_citys_own(asking):
    own = Exposure("storm-surge", None, "derived", "follows from coastal", None)
    city = replace(KHULNA, exposure=(own,))
    mislabelled = (*COUNTRY["BD"], Exposure("drought", "low", "city", "made-up atlas", 2020))
    shown = profile(city, mislabelled, asking(Person("A")).index)
    assert [(each.hazard, each.level, each.grain) for each in shown.exposure] == [
        ("storm-surge", None, "derived"),
        ("coastal-flooding", "high", "country"),
        ("drought", "low", "country"),
    ]


def test_the_region_is_the_innermost_one(asking):
    index = asking(Person("A")).index
    assert profile(KHULNA, (), index).region == "034"
    assert profile(KHULNA, (), index, ["142", "001"]).region == "142"


def test_people_live_work_or_gained_experience_there(asking):
    index = asking(
        Person("lives", home_city="104"),
        Person("works", jobs=[Job("Made-up Works", "utility", "Operator", since=2015, city="104")]),
        Person("worked", jobs=[Job("Made-up Works", "utility", "Operator", since=2015, until=2019, city="104")]),
        Person("gained", [Did("Built gates", city="104", since=2011, until=2012)]),
        Person("all", [Did("Raised dikes", city="104", since=2001)], home_city="104", jobs=[Job("Org", city="104")]),
        Person("elsewhere", [Did(city="105")]),
    ).index
    people = {person.id: person for person in profile(KHULNA, (), index).people}
    assert list(people) == ["all", "gained", "lives", "works"]
    assert people["all"].joined == ("lives_in", "works_in", "gained_in")
    assert people["gained"].why == "“Built gates” in Khulna, 2011–2012"
    assert people["lives"].why == "lives there"
    assert people["works"].why == "works there: Operator at Made-up Works (utility), never confirmed"
    assert (people["works"].position, people["works"].organisation) == ("Operator", "Made-up Works")


def test_people_of_a_district_are_people_of_its_city(asking):
    index = asking(Person("A", [Did(city="103")]), Person("B", home_city="103")).index
    assert {person.id for person in profile(BERLIN, (), index).people} == {"A", "B"}


def test_a_city_nobody_refers_to_has_nobody(asking):
    assert profile(KHULNA, (), asking(Person("A", home_city="105")).index).people == ()


def test_peers_share_exposure_traits_and_experience_and_say_which(asking):
    index = asking(Person("A", [Did("Built gates", ["estuarine-flooding"], city="105", since=2011)])).index
    first = peers(KHULNA, CITIES, COUNTRY, index, 3)[0]
    assert (first.id, first.country, first.people_there, first.people[0].id) == ("105", "VN", 1, "A")
    assert first.reasons == (
        "Known of their countries, not of both cities: coastal flooding",
        "Both: delta",
        "People who gained expertise there, by hazard: coastal flooding (1)",
        "Similar size: 1,200,000 and 700,000 inhabitants",
    )


def test_exposure_that_both_cities_have_themselves_is_said_to_be_theirs(asking):
    surge = Exposure("storm-surge", "high", "city", "made-up survey", 2021)
    here, there = replace(KHULNA, exposure=(surge,)), replace(CAN_THO, exposure=(surge,))
    reasons = peers(here, [there], COUNTRY, asking(Person("A")).index)[0].reasons
    assert reasons[:2] == (
        "Both cities face storm surge",
        "Known of their countries, not of both cities: coastal flooding",
    )


def test_exposure_that_follows_from_traits_is_said_to_do_so(asking):
    surge = Exposure("storm-surge", None, "derived", "follows from coastal", None)
    here, there = replace(KHULNA, exposure=(surge,)), replace(CAN_THO, exposure=(surge,))
    reasons = peers(here, [there], {}, asking(Person("A")).index)[0].reasons
    assert reasons[0] == "Follows from their traits: storm surge"


def test_neither_the_city_nor_districts_nor_small_towns_are_peers(asking):
    index = asking(Person("A", home_city="104")).index
    found = {peer.id for peer in PeerIndex(CITIES, COUNTRY, index).peers(BERLIN, 100)}
    assert found == {"101", "104", "105", "107"}
    assert "106" in {peer.id for peer in peers(BERLIN, CITIES, COUNTRY, asking(Person("A", home_city="106")).index)}


def test_a_district_is_given_no_peer_in_its_own_city(asking):
    found = {peer.id for peer in peers(REFERENCE.cities["103"], CITIES, COUNTRY, asking(Person("A")).index)}
    assert "102" not in found
    assert "103" not in found


def test_scores_fall_and_ties_go_to_the_larger_city_then_the_lower_id(asking):
    twin = [replace(CAN_THO, id=id_, population=people) for id_, people in (("9", 10**6), ("8", 10**6), ("7", 10**5))]
    found = peers(KHULNA, [*twin, *CITIES], COUNTRY, asking(Person("A")).index)
    scores = [peer.score for peer in found]
    assert scores == sorted(scores, reverse=True)
    assert all(0 <= score <= 1 for score in scores)
    assert [peer.id for peer in found if peer.id in ("8", "9")] == ["8", "9"]


@pytest.mark.parametrize("rare", ["delta", "island"])
def test_a_rare_trait_joins_more_than_a_common_one(asking, rare):
    def town(id_: str, *traits: str):
        return replace(
            KHULNA, id=id_, country="NL", traits=tuple(CityTrait(trait, True, "made-up table") for trait in traits)
        )

    crowd = [town(f"2{number}", "secondary-city") for number in range(20)]
    asked = town("1", "secondary-city", rare)
    found = peers(asked, [*crowd, town("3", rare)], {}, asking(Person("A")).index, 1)
    assert found[0].id == "3"
