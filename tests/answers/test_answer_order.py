"""Who comes first, what is said of each, and what else an answer offers."""

from __future__ import annotations

import pytest

from graph.answers.experts import expert, experts
from graph.model.links import Link
from graph.model.people import Job
from graph.model.questions import Understood, Years
from tests.answers.made_up import Did, Person, term

DROUGHT = Understood(hazards=(term("drought", words="drought"),))


def test_words_and_meaning_decide(asking):
    ask = asking(
        Person("A", [Did("Kept the accounts of a made-up water board", ["drought"], since=2020, until=2021)]),
        Person("B", [Did("Drought plans for farmers on dry land", ["drought"], since=1999, until=2000)]),
    )
    assert ask.whole(DROUGHT, question="drought plans for farmers") == ["B", "A"]


def test_a_stronger_link_helps_between_equal_texts(asking):
    ask = asking(
        Person("A", [Did("Planned for dry years", [Link("drought", 0.4)])]),
        Person("B", [Did("Planned for dry years", [Link("drought", 0.9)])]),
    )
    assert ask.whole(DROUGHT) == ["B", "A"]


def test_weak_evidence_is_found_after_stated_and_marked(asking):
    ask = asking(
        Person("A", [Did("Drought in the dry valley", ["drought"], kind="thesis", since=2024)]),
        Person("B", [Did("Kept the accounts of a made-up water board", ["drought"])]),
    )
    answer = ask(DROUGHT, question="drought in the dry valley")
    assert [(each.id, each.evidence[0].weak) for each in answer.experts] == [("B", False), ("A", True)]


def test_of_equal_people_the_later_then_the_one_with_more_then_the_lower_key_comes_first(asking):
    def did(until: int) -> Did:
        return Did("Planned for dry years", ["drought"], since=2001, until=until)

    ask = asking(
        Person("D", [did(2005)]),
        Person("C", [did(2005)]),
        Person("Z", [did(2005), did(2005)]),
        Person("A", [did(2003), did(2003), did(2003)]),
        Person("E", [did(2012)]),
    )
    assert ask.whole(DROUGHT) == ["E", "Z", "C", "D", "A"]
    assert [each.id for page in range(5) for each in ask(DROUGHT, limit=1, offset=page).experts] == [*"EZCDA"]


def test_the_order_does_not_depend_on_the_order_of_loading(asking, tmp_path_factory, embedder):
    from tests.answers.made_up import Asker, network

    people = [Person(f"A-{n}", [Did("Planned for dry years", ["drought"], since=2001 + n % 2)]) for n in range(8)]
    there = Asker(network(tmp_path_factory.mktemp("there"), embedder, people), embedder)
    back = Asker(network(tmp_path_factory.mktemp("back"), embedder, people[::-1]), embedder)
    assert there.whole(DROUGHT) == back.whole(DROUGHT) == ["A-1", "A-3", "A-5", "A-7", "A-0", "A-2", "A-4", "A-6"]


def test_a_city_like_another_helps_and_leaves_nobody_out(asking):
    ask = asking(
        Person("A", [Did("Planned for dry years", ["drought"], city="102", since=2020)]),
        Person("B", [Did("Planned for dry years", ["drought"], city="104", since=2001)]),
    )
    asked = Understood(hazards=DROUGHT.hazards, like=(term("105"),))
    assert ask.whole(asked) == ["B", "A"]
    assert ask.whole(DROUGHT) == ["A", "B"]
    assert ask.whole(Understood(like=(term("105"),))) == ["B"]


def test_others_come_nearest_first(asking):
    asked = Understood(
        hazards=DROUGHT.hazards, traits=(term("delta", "gained_in"),), years=Years(since=2010), roles=(term("planner"),)
    )
    ask = asking(
        Person("one", [Did(hazards=["drought"], city="102", since=1990)]),
        Person("three", [Did("Wrote", ["drought"], city="104", since=2012)]),
        Person("two", [Did("Drought", ["drought"], city="104", since=1990)]),
        Person("none", [Did("Kept accounts", since=1990)]),
    )
    assert [(each.id, len(each.missing)) for each in ask(asked).experts] == [("three", 1), ("two", 2), ("one", 3)]


def test_somebody_who_meets_no_condition_follows_only_where_on_the_topic(asking):
    ask = asking(
        Person("A", [Did("Inspected sluices of the old harbour")]),
        Person("B", [Did("Taught accounting to tax officers")]),
    )
    answer = ask(Understood(hazards=DROUGHT.hazards, rest="sluices"), question="drought and sluices")
    assert [(each.id, each.whole, each.missing) for each in answer.experts] == [("A", False, ("hazard: drought",))]


def test_reasons_lead_from_the_person_to_what_was_asked_for(asking):
    head = Job("Made-up Ministry", "government", "Head of dikes", "manager", since=2019, city="105")
    link = Link("estuarine-flooding", 0.9, ("tidal gates",), reviewed="confirmed")
    did = Did("Built tidal gates.", [link], ["dikes"], "104", None, 2014, 2018, "engineer", project="Made-up Gates")
    ask = asking(Person("A", [did], "BD", "105", None, ["bn", "en"], [head], "2025-03-01"))
    asked = Understood(
        hazards=(term("coastal-flooding"),),
        measures=(term("dikes"),),
        traits=(term("delta", "gained_in"),),
        countries=(term("VN", "lives_in"), term("BD", "from")),
        languages=(term("bn"),),
    )
    assert ask(asked).experts[0].reasons == (
        "“Built tidal gates” in Khulna (delta city), 2014–2018, as engineer, in the project Made-up Gates",
        "Applies to estuarine flooding, a kind of coastal flooding: “tidal gates” (checked by a person)",
        "Used dikes",
        "Lives in Can Tho, Viet Nam",
        "From BD",
        "Works in bn, en",
        "Today: Head of dikes at Made-up Ministry (government), confirmed 2025-03-01",
    )


def test_reasons_name_what_is_not_known(asking):
    ask = asking(Person("A", [Did("Salt in the wells", ["drought"], country="VN", kind="thesis")]))
    assert ask(DROUGHT).experts[0].reasons == (
        "Thesis “Salt in the wells” in Viet Nam (city not known), years not known",
        "Applies to drought: “drought”",
        "What the person does today is not known",
    )


def test_evidence_shown_meets_the_question_best_first(asking):
    ask = asking(
        Person(
            "A",
            [
                Did("Kept accounts", ["tornado"]),
                Did("Dry rivers", ["drought"], kind="thesis"),
                Did("Drought plans", ["drought"]),
            ],
        )
    )
    shown = ask(DROUGHT, question="drought plans").experts[0]
    assert [item.text for item in shown.evidence] == ["Drought plans", "Dry rivers"]
    assert [item.text for item in expert(ask.index, "A").evidence] == ["Kept accounts", "Dry rivers", "Drought plans"]


def test_a_person_is_shown_with_home_work_studies_and_links_that_count(asking):
    job = Job("Made-up Works", "utility", "Operator", since=2015)
    links = [Link("drought", 0.8, ("dry",), "words", "linker-1"), Link("tornado", 0.7, reviewed="rejected")]
    ask = asking(Person("A", [Did("Dry", links, ["dikes"], "105", None, 2001, None)], "VN", "104", None, ["vi"], [job]))
    shown = expert(ask.index, "A")
    assert (shown.country, shown.city, shown.city_name) == ("BD", "104", "Khulna")
    assert (shown.position, shown.organisation, shown.organisation_kind) == ("Operator", "Made-up Works", "utility")
    assert (shown.languages, shown.studied[0].year, shown.confirmed, shown.synthetic) == (("vi",), 2001, None, True)
    item = shown.evidence[0]
    assert item.hazards == (Link("drought", 0.8, ("dry",), "words", "linker-1"),)
    assert (item.city.name, item.country, item.traits[0].id, item.measures[0].name) == (
        "Can Tho",
        "VN",
        "delta",
        "dikes",
    )
    assert (item.since, item.until, item.role, item.project, item.source) == (2001, None, None, None, "made-up survey")


def test_nobody_has_a_key_that_is_not_there(asking):
    assert expert(asking(Person("A")).index, "B") is None


def test_people_are_listed_in_the_order_of_their_keys(asking):
    index = asking(*(Person(key) for key in ("B", "a", "A", "10", "9"))).index
    assert [each.id for each in experts(index, 3, 0)[1]] == ["10", "9", "A"]
    assert experts(index, 3, 3)[0] == 5
    assert [each.id for each in experts(index, 3, 3)[1]] == ["B", "a"]


def test_relaxing_is_offered_only_where_whole_people_are_few(asking):
    ask = asking(
        Person("A", [Did(hazards=["drought"], city="104")]),
        Person("B", [Did(hazards=["drought"], city="102")]),
    )
    asked = Understood(hazards=DROUGHT.hazards, traits=(term("delta", "gained_in"),))
    assert ask(asked, limit=1).relax == ()
    assert [(each.drop.id, each.total) for each in ask(asked, limit=2).relax] == [("delta", 2), ("drought", 1)]


def test_years_and_groups_can_be_dropped_as_one(asking):
    storms = (term("tropical-cyclone"), term("tornado"))
    ask = asking(
        Person("A", [Did(hazards=["tornado"], since=1990)]), Person("B", [Did(hazards=["drought"], since=2020)])
    )
    relax = ask(Understood(hazards=storms, any_of=(storms,), years=Years(since=2015))).relax
    assert [(each.drop.id, each.drop.name, each.total) for each in relax] == [
        ("tropical-cyclone|tornado", "tropical cyclone or tornado", 1),
        ("2015", "since 2015", 1),
    ]


def test_what_causes_and_what_is_caused_is_also_worth_asking(asking):
    ask = asking(Person("A", [Did(hazards=["storm-surge"])]))
    also = ask(Understood(hazards=(term("storm-surge"),))).also
    assert [(each.id, each.why) for each in also] == [
        ("tropical-cyclone", "tropical cyclone can cause storm surge"),
        ("coastal-flooding", "storm surge can cause coastal flooding"),
    ]
    any_flood = Understood(hazards=(term("coastal-flooding"), term("flooding")))
    assert [each.id for each in ask(any_flood).also] == ["storm-surge"]
    both = Understood(hazards=(term("storm-surge"), term("coastal-flooding", negated=True)))
    assert [each.id for each in ask(both).also] == ["tropical-cyclone"]


def test_parts_are_explained_only_when_asked_for(asking):
    ask = asking(Person("A", [Did("Dry", ["drought"])]))
    assert ask(DROUGHT).experts[0].explain == ()
    parts = ask(DROUGHT, explain=True).experts[0].explain
    assert [part.part for part in parts] == ["whole", "stated", "meaning", "words", "links"]


def test_an_empty_network_answers_that_there_is_nobody(asking):
    answer = asking()(DROUGHT)
    assert (answer.total, answer.experts, answer.took_ms > 0) == (0, (), True)
    assert [each.total for each in answer.relax] == [0]


@pytest.mark.parametrize("limit", [0, 1])
def test_a_limit_of_none_still_counts(asking, limit):
    ask = asking(Person("A", [Did(hazards=["drought"])]), Person("B", [Did(hazards=["drought"])]))
    answer = ask(DROUGHT, limit=limit)
    assert (answer.total, len(answer.experts)) == (2, limit)
