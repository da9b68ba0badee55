"""Each sentence of the contract on what a condition means, on a network small enough to see through."""

from __future__ import annotations

import pytest

from graph.errors import Unavailable, WrongInput
from graph.model.links import Link
from graph.model.people import Job
from graph.model.questions import Filters, Term, Understood, Years
from tests.answers.made_up import Did, Person, term

SURGE_IN_A_DELTA = Understood(hazards=(term("coastal-flooding"),), traits=(term("delta", "gained_in"),))


def test_whole_is_who_meets_everything_in_one_expertise(asking):
    ask = asking(
        Person("A-1", [Did(hazards=["coastal-flooding"], city="104")]),
        Person("A-2", [Did(hazards=["coastal-flooding"], city="102"), Did(hazards=["drought"], city="104")]),
    )
    answer = ask(SURGE_IN_A_DELTA)
    assert answer.total == 1
    assert [(expert.id, expert.whole) for expert in answer.experts] == [("A-1", True), ("A-2", False)]
    assert answer.experts[1].missing == ("in another expertise only: trait: delta",)


def test_others_follow_only_where_whole_ones_are_fewer_than_the_limit(asking):
    ask = asking(
        *(Person(f"A-{n}", [Did(hazards=["coastal-flooding"], city="104")]) for n in range(3)),
        Person("B", [Did(hazards=["coastal-flooding"], city="102")]),
    )
    assert [e.whole for e in ask(SURGE_IN_A_DELTA, limit=3).experts] == [True, True, True]
    partial = ask(SURGE_IN_A_DELTA, limit=4).experts[3]
    assert (partial.id, partial.whole, partial.missing) == ("B", False, ("trait: delta",))


def test_a_kind_of_a_hazard_satisfies_it_and_a_cause_does_not(asking):
    ask = asking(
        Person("kind-of-a-kind", [Did(hazards=["estuarine-flooding"])]),
        Person("cause", [Did(hazards=["storm-surge"])]),
        Person("river", [Did(hazards=["riverine-flooding"])]),
    )
    assert set(ask.whole(Understood(hazards=(term("flooding"),)))) == {"kind-of-a-kind", "river"}
    assert ask.whole(Understood(hazards=(term("coastal-flooding"),))) == ["kind-of-a-kind"]


def test_a_rejected_link_never_counts_and_an_added_one_does(asking):
    ask = asking(
        Person("rejected", [Did(hazards=[Link("drought", 0.99, reviewed="rejected")])]),
        Person("added", [Did(hazards=[Link("drought", 0.0, reviewed="added")])]),
        Person("confirmed", [Did(hazards=[Link("drought", 0.1, reviewed="confirmed")])]),
    )
    assert set(ask.whole(Understood(hazards=(term("drought"),)))) == {"added", "confirmed"}


def test_one_of_a_group_suffices(asking):
    storms = (term("tropical-cyclone"), term("tornado"))
    ask = asking(
        Person("cyclone", [Did(hazards=["tropical-cyclone"])]),
        Person("tornado", [Did(hazards=["tornado"])]),
        Person("drought", [Did(hazards=["drought"])]),
    )
    assert set(ask.whole(Understood(hazards=storms, any_of=(storms,)))) == {"cyclone", "tornado"}
    assert ask.whole(Understood(hazards=storms)) == []


def test_a_group_may_join_what_binds_to_an_expertise_and_to_a_person(asking):
    group = (term("VN", "gained_in"), term("VN", "from"))
    ask = asking(
        Person("worked there", [Did(city="105")]),
        Person("comes from there", [Did(city="101")], origin="VN"),
        Person("neither", [Did(city="101")], origin="NL"),
    )
    found = ask.whole(Understood(countries=group, any_of=(group,)))
    assert set(found) == {"worked there", "comes from there"}


@pytest.mark.parametrize(
    ("bound", "found"), [("gained_in", "worked"), ("lives_in", "lives"), ("from", "comes"), (None, "worked")]
)
def test_places_bind_to_where_it_was_gained_to_the_home_or_to_the_origin(asking, bound, found):
    ask = asking(
        Person("worked", [Did(city="105")], origin="NL", home_city="101"),
        Person("lives", [Did(city="101")], origin="NL", home_city="105"),
        Person("comes", [Did(city="101")], origin="VN", home_city="101"),
    )
    assert ask.whole(Understood(countries=(term("VN", bound),))) == [found]
    assert ask.whole(Understood(regions=(term("035", bound),))) == [found]


def test_a_region_holds_all_regions_and_countries_in_it(asking):
    ask = asking(Person("A", [Did(city="104")]), Person("B", [Did(country="VN")]), Person("C", [Did(city="101")]))
    assert set(ask.whole(Understood(regions=(term("142", "gained_in"),)))) == {"A", "B"}


def test_a_home_country_without_a_city_counts_for_country_and_not_for_city(asking):
    ask = asking(Person("A", home_country="VN"))
    assert ask.whole(Understood(countries=(term("VN", "lives_in"),))) == ["A"]
    answer = ask(Understood(cities=(term("105", "lives_in"),)))
    assert answer.total == 0


def test_a_district_belongs_to_its_city_and_has_its_traits(asking):
    ask = asking(Person("A", [Did(city="103")]))
    assert ask.whole(Understood(cities=(term("102", "gained_in"),))) == ["A"]
    assert ask.whole(Understood(traits=(term("capital", "gained_in"),))) == ["A"]
    assert ask.whole(Understood(cities=(term("107", "gained_in"),))) == []


def test_a_small_island_state_is_known_of_the_whole_country(asking):
    ask = asking(
        Person("neighbour", [Did(city="106")]),
        Person("country only", [Did(country="FJ")]),
        Person("origin", [Did(city="101")], origin="FJ"),
    )
    assert set(ask.whole(Understood(traits=(term("small-island-state", "gained_in"),)))) == {
        "neighbour",
        "country only",
    }
    assert ask.whole(Understood(traits=(term("small-island-state", "from"),))) == ["origin"]


def test_a_language_is_one_the_person_works_in_whatever_the_text(asking):
    ask = asking(
        Person("A", [Did()], languages=["vi"]), Person("B", [Did()], languages=["pt-BR"]), Person("C", [Did()])
    )
    assert ask.whole(Understood(languages=(term("en"),))) == []
    assert ask.whole(Understood(languages=(term("vi"),))) == ["A"]
    assert ask.whole(Understood(languages=(term("pt"),))) == ["B"]
    assert ask.whole(Understood(languages=(term("pt-BR"),))) == ["B"]


def test_a_role_binds_to_the_expertise_and_an_excluded_one_to_the_present_role(asking):
    consultant = Job("Made-up Advice", role="consultant", since=2020)
    ask = asking(
        Person("was", [Did(hazards=["drought"], role="consultant")]),
        Person("is", [Did(hazards=["drought"], role="engineer")], jobs=[consultant]),
        Person("unknown", [Did(hazards=["drought"])]),
    )
    drought = (term("drought"),)
    assert ask.whole(Understood(hazards=drought, roles=(term("consultant"),))) == ["was"]
    without = Understood(hazards=drought, roles=(term("consultant", negated=True),))
    assert set(ask.whole(without)) == {"was", "unknown"}
    assert "is" not in [expert.id for expert in ask(without).experts]


@pytest.mark.parametrize(
    ("years", "expected"),
    [
        (Years(since=2015), {"2010-2015", "2016-", "position 2001-"}),
        (Years(until=2011), {"2010-2015", "2001-2009", "position 2001-", "-2009"}),
        (Years(since=2009, until=2009), {"2001-2009", "position 2001-", "-2009"}),
    ],
)
def test_years_reach_and_begin_inclusively(asking, years, expected):
    ask = asking(
        Person("2010-2015", [Did(since=2010, until=2015)]),
        Person("2001-2009", [Did(since=2001, until=2009)]),
        Person("2016-", [Did(since=2016)]),
        Person("-2009", [Did(until=2009)]),
        Person("position 2001-", [Did(since=2001, kind="position")]),
        Person("unknown", [Did()]),
    )
    assert set(ask.whole(Understood(years=years))) == expected


def test_unknown_never_meets_a_condition_and_is_named(asking):
    ask = asking(Person("A", [Did(hazards=["drought"])]))
    asked = Understood(
        hazards=(term("drought"),),
        countries=(term("VN", "gained_in"), term("VN", "lives_in"), term("VN", "from")),
        cities=(term("105", "gained_in"),),
        languages=(term("vi"),),
        roles=(term("engineer"),),
        years=Years(since=2015),
    )
    answer = ask(asked)
    assert answer.total == 0
    assert set(answer.experts[0].missing) == {
        "country not known",
        "home country not known",
        "origin: country not known",
        "city not known",
        "languages not known",
        "role not known",
        "years not known",
    }


def test_what_is_known_otherwise_is_named_as_asked(asking):
    ask = asking(Person("A", [Did(hazards=["drought"], city="101", since=2001, until=2003)], languages=["nl"]))
    asked = Understood(
        hazards=(term("drought"), term("coastal-flooding")),
        countries=(term("VN", "gained_in"),),
        languages=(term("vi"),),
        years=Years(since=2015),
    )
    assert ask(asked).experts[0].missing == (
        "hazard: coastal flooding",
        "country: VN",
        "language: vi",
        "years: since 2015",
    )


@pytest.mark.parametrize(("city", "said"), [("101", "riverside: not known yet"), (None, "riverside: not known yet")])
def test_a_trait_without_data_is_met_by_nobody_and_said_to_be_unknown(asking, city, said):
    ask = asking(Person("A", [Did(hazards=["drought"], city=city)]))
    answer = ask(Understood(hazards=(term("drought"),), traits=(term("riverside", "gained_in"),)))
    assert answer.total == 0
    assert answer.experts[0].missing == (said,)


def test_a_trait_known_to_lack_differs_from_an_unknown_one(asking):
    ask = asking(Person("lacks", [Did(city="102", since=2001)]), Person("unknown", [Did(city="107", since=2001)]))
    experts = ask(Understood(traits=(term("delta", "gained_in"),), years=Years(since=2001))).experts
    assert {expert.id: expert.missing for expert in experts} == {
        "lacks": ("trait: delta",),
        "unknown": ("delta: not known of Hamburg",),
    }


def test_an_excluded_place_removes_expertises_gained_there(asking):
    ask = asking(
        Person("only there", [Did(hazards=["drought"], city="101")]),
        Person("elsewhere too", [Did(hazards=["drought"], city="101"), Did(hazards=["drought"], city="104")]),
        Person("unknown", [Did(hazards=["drought"])]),
    )
    answer = ask(Understood(hazards=(term("drought"),), regions=(term("150", "gained_in", negated=True),)))
    assert {expert.id for expert in answer.experts} == {"elsewhere too", "unknown"}
    shown = next(expert for expert in answer.experts if expert.id == "elsewhere too")
    assert [item.city.id for item in shown.evidence] == ["104"]


def test_an_excluded_home_origin_or_language_removes_people(asking):
    ask = asking(
        Person("A", [Did(hazards=["drought"])], home_city="101", origin="VN", languages=["vi"]),
        Person("B", [Did(hazards=["drought"])], home_city="104", origin="BD", languages=["bn"]),
    )
    for slots in (
        {"countries": (term("NL", "lives_in", negated=True),)},
        {"countries": (term("VN", "from", negated=True),)},
        {"languages": (term("vi", negated=True),)},
    ):
        assert [expert.id for expert in ask(Understood(hazards=(term("drought"),), **slots)).experts] == ["B"]


def test_an_excluded_group_removes_each_of_its_members(asking):
    storms = (term("tropical-cyclone", negated=True), term("tornado", negated=True))
    ask = asking(
        Person("A", [Did(hazards=["tornado"], city="104")]),
        Person("B", [Did(hazards=["tropical-cyclone"], city="104")]),
        Person("C", [Did(hazards=["drought"], city="104")]),
    )
    asked = Understood(hazards=storms, traits=(term("delta", "gained_in"),), any_of=(storms,))
    assert ask.whole(asked) == ["C"]


def test_without_any_condition_whole_is_who_is_on_the_topic(asking):
    ask = asking(
        Person("shares a word", [Did("Inspected the sluices of the old harbour")]),
        Person("neither", [Did("Taught accounting to tax officers")]),
    )
    assert ask.whole(Understood(rest="sluices"), question="who knows sluices") == ["shares a word"]
    assert ask.whole(Understood(rest="xylophone"), question="xylophone") == []


def test_without_any_condition_whole_is_also_who_is_close_in_meaning(asking):
    ask = asking(
        Person("close", [Did("Planted mangrove trees on the coast")]),
        Person("far", [Did("Taught accounting to tax officers")]),
    )
    assert ask.whole(question="mangroves planted along coasts") == ["close"]


def test_somebody_without_any_expertise_is_found_by_conditions_on_the_person_alone(asking):
    ask = asking(Person("A", origin="VN"), Person("B", [Did(hazards=["drought"])], origin="VN"))
    assert set(ask.whole(Understood(countries=(term("VN", "from"),)))) == {"A", "B"}
    assert ask.whole(Understood(hazards=(term("drought"),), countries=(term("VN", "from"),))) == ["B"]


def test_filters_are_added_to_the_reading(asking):
    ask = asking(
        Person(
            "A", [Did(hazards=["drought"], city="104", kind="thesis")], jobs=[Job("Made-up Ministry", "government")]
        ),
        Person("B", [Did(hazards=["drought"], city="104")], jobs=[Job("Made-up Works", "company")]),
        Person("C", [Did(hazards=["drought"], city="101")]),
    )
    drought = Understood(hazards=(term("drought"),))
    filters = Filters(Understood(countries=(term("BD", "gained_in"),)))
    assert set(ask.whole(drought, filters=filters)) == {"A", "B"}
    assert ask(drought, filters=filters).understood.countries == filters.conditions.countries
    assert ask.whole(drought, filters=Filters(kinds=("thesis", "course"))) == ["A"]
    assert ask.whole(drought, filters=Filters(organisation_kinds=("company",))) == ["B"]


def test_of_two_bounds_on_years_the_narrower_holds(asking):
    ask = asking(Person("A", [Did(since=2010, until=2012)]), Person("B", [Did(since=2018, until=2019)]))
    filters = Filters(Understood(years=Years(since=2018)))
    assert ask.whole(Understood(years=Years(since=2005)), filters=filters) == ["B"]


@pytest.mark.parametrize(
    "understood",
    [
        Understood(hazards=(term("dragons"),)),
        Understood(countries=(term("XX", "gained_in"),)),
        Understood(regions=(term("999", "gained_in"),)),
        Understood(roles=(term("wizard"),)),
        Understood(traits=(term("haunted", "gained_in"),)),
        Understood(measures=(term("spells"),)),
    ],
)
def test_a_condition_that_the_network_does_not_know_is_refused_by_name(asking, understood):
    ask = asking(Person("A", [Did()]))
    with pytest.raises(WrongInput) as refused:
        ask(understood)
    assert any(word in refused.value.detail for word in ("dragons", "XX", "999", "wizard", "haunted", "spells"))
    assert refused.value.mend.startswith(("Use one of", "Perhaps"))


def test_a_group_with_a_term_in_no_list_is_refused(asking):
    with pytest.raises(WrongInput, match="in no list"):
        asking(Person("A"))(Understood(any_of=((Term("drought", "drought"),),)))


def test_a_negative_limit_is_refused(asking):
    with pytest.raises(WrongInput, match="-1"):
        asking(Person("A"))(limit=-1)


def test_vectors_of_different_embedders_never_meet(asking):
    class Other:
        name, dimensions = "other-1", 3

    ask = asking(Person("A", [Did()]))
    with pytest.raises(Unavailable, match="other-1"):
        type(ask)(ask.index, Other())(Understood())
