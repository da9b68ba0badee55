"""What every engine must do, as its port promises."""

from __future__ import annotations

import threading

import pytest

from graph.engines.port import Engine, NodeRows, RelationshipRows, Row, Statement, Write
from graph.errors import City2CityError, WrongInput

CITIES = NodeRows(
    "City",
    [
        {"id": "1", "name": "Made-up Port", "names": ["Port", "港"], "population": 20_000, "latitude": 1.0},
        {"id": "2", "name": "Made-up Delta", "population": 3_000_000_000, "longitude": -2.5},
    ],
)
COUNTRIES = NodeRows("Country", [{"id": "AA", "name": "Made-up Land"}])
IN = RelationshipRows("IN", "City", "Country", [{"start": "1", "end": "AA"}, {"start": "2", "end": "AA"}])


def all_cities(engine: Engine) -> list[object]:
    rows = engine.read("MATCH (c:City) RETURN properties(c) AS city ORDER BY c.id")
    return [row["city"] for row in rows]


def test_defining_again_changes_nothing(empty_engine: Engine) -> None:
    empty_engine.bulk(Write(nodes=[CITIES]))
    empty_engine.define()
    assert len(all_cities(empty_engine)) == 2


@pytest.mark.parametrize("way", ["write", "bulk"])
def test_what_is_written_is_read_back_as_plain_values(empty_engine: Engine, way: str) -> None:
    getattr(empty_engine, way)(Write(nodes=[CITIES, COUNTRIES], relationships=[IN]))
    assert all_cities(empty_engine) == list(CITIES.rows)
    rows = empty_engine.read(
        "MATCH (c:City)-[r:`IN`]->(k:Country) WHERE c.id = $id RETURN c, k.name AS name, type(r) AS type, 1.0 AS one",
        {"id": "1"},
    )
    assert rows == [{"c": CITIES.rows[0], "name": "Made-up Land", "type": "IN", "one": 1.0}]
    assert plain(rows)


def plain(value: object) -> bool:
    """True where nothing but Python's own values is in it."""
    if isinstance(value, dict):
        return type(value) is dict and all(type(key) is str and plain(each) for key, each in value.items())
    if isinstance(value, list):
        return type(value) is list and all(plain(each) for each in value)
    return type(value) in (str, int, float, bool, type(None))


@pytest.mark.parametrize("way", ["write", "bulk"])
def test_writing_again_changes_nothing_and_updates_what_differs(empty_engine: Engine, way: str) -> None:
    put = getattr(empty_engine, way)
    expertise = NodeRows("Expertise", [{"id": "A/1", "text": "made-up text"}])
    hazard = NodeRows("Hazard", [{"id": "flooding", "name": "Flooding"}])
    link: Row = {"start": "A/1", "end": "flooding", "score": 0.5, "words": ["dike"], "method": "words"}
    write = Write(nodes=[expertise, hazard], relationships=[RelationshipRows("APPLIES_TO", *ENDS, [link])])
    put(write)
    put(write)
    text = "MATCH (:Expertise)-[r:APPLIES_TO]->(:Hazard) RETURN properties(r) AS link"
    kept = {"score": 0.5, "words": ["dike"], "method": "words"}
    assert empty_engine.read(text) == [{"link": kept}]
    put(Write(relationships=[RelationshipRows("APPLIES_TO", *ENDS, [{**link, "score": 1.0, "method": None}])]))
    assert empty_engine.read(text) == [{"link": {"score": 1.0, "words": ["dike"]}}]
    put(Write(nodes=[NodeRows("Hazard", [{"id": "flooding", "name": None, "code": "MH0600"}])]))
    assert empty_engine.read("MATCH (h:Hazard) RETURN properties(h) AS hazard") == [
        {"hazard": {"id": "flooding", "code": "MH0600"}}
    ]


ENDS = ("Expertise", "Hazard")


@pytest.mark.parametrize("way", ["write", "bulk"])
def test_relationships_with_a_key_stand_beside_each_other(empty_engine: Engine, way: str) -> None:
    nodes = [NodeRows("Alumnus", [{"id": "A"}]), NodeRows("Organisation", [{"id": "o"}])]
    jobs = [
        {"start": "A", "end": "o", "key": "engineer", "position": "Engineer", "until": 2019},
        {"start": "A", "end": "o", "key": "head", "position": "Head"},
    ]
    write = Write(nodes=nodes, relationships=[RelationshipRows("WORKS_AT", "Alumnus", "Organisation", jobs)])
    for _ in range(2):
        getattr(empty_engine, way)(write)
    jobs[1]["since"] = 2020
    getattr(empty_engine, way)(write)
    rows = empty_engine.read(
        "MATCH (:Alumnus)-[r:WORKS_AT]->(:Organisation) "
        "RETURN r.position AS position, r.since AS since, r.until AS until ORDER BY r.key"
    )
    assert rows == [
        {"position": "Engineer", "since": None, "until": 2019},
        {"position": "Head", "since": 2020, "until": None},
    ]


def test_the_later_of_two_rows_with_one_id_wins(empty_engine: Engine) -> None:
    rows = [{"id": "1", "name": "Before", "population": 5}, {"id": "1", "name": "After"}]
    empty_engine.bulk(Write(nodes=[NodeRows("City", rows)]))
    assert all_cities(empty_engine) == [{"id": "1", "name": "After", "population": 5}]


def test_statements_run_before_rows_and_all_of_a_write_or_nothing(empty_engine: Engine) -> None:
    empty_engine.write(Write(nodes=[CITIES, COUNTRIES], relationships=[IN]))
    delete = Statement("UNWIND $ids AS id MATCH (c:City {id: id}) DETACH DELETE c", {"ids": ["1", "2"]})
    empty_engine.write(Write(statements=[delete], nodes=[NodeRows("City", [{"id": "2", "name": "New"}])]))
    assert all_cities(empty_engine) == [{"id": "2", "name": "New"}]
    with pytest.raises(WrongInput, match="City 99"):
        empty_engine.write(
            Write(
                statements=[delete],
                nodes=[NodeRows("City", [{"id": "3"}])],
                relationships=[RelationshipRows("IN", "City", "Country", [{"start": "99", "end": "AA"}])],
            )
        )
    assert all_cities(empty_engine) == [{"id": "2", "name": "New"}]


def test_more_rows_than_a_batch_holds(empty_engine: Engine) -> None:
    count = 12_001
    nodes = NodeRows("Expertise", [{"id": f"A/{number}", "text": "made up"} for number in range(count)])
    links = RelationshipRows("APPLIES_TO", *ENDS, [{"start": f"A/{number}", "end": "h"} for number in range(count)])
    write = Write(nodes=[nodes, NodeRows("Hazard", [{"id": "h"}])], relationships=[links])
    empty_engine.bulk(write)
    empty_engine.write(write)
    text = "MATCH (e:Expertise)-[r:APPLIES_TO]->(h:Hazard) RETURN count(DISTINCT e) AS nodes, count(r) AS links"
    assert empty_engine.read(text) == [{"nodes": count, "links": count}]
    assert len(empty_engine.read("MATCH (e:Expertise) RETURN e.id AS id")) == count


def test_an_element_of_a_collection_keeps_its_properties(empty_engine: Engine) -> None:
    """`collect({…})[1].id` in one expression silently gives null on one engine; after WITH it does not."""
    empty_engine.write(Write(nodes=[CITIES]))
    rows = empty_engine.read(
        "MATCH (c:City) WITH c ORDER BY c.id WITH collect({id: c.id}) AS found RETURN found[1].id AS id"
    )
    assert rows == [{"id": "2"}]


@pytest.mark.parametrize(
    "text",
    [
        "CREATE (c:City {id: '9'})",
        "MATCH (c:City) SET c.name = 'x'",
        "MATCH (c:City) DETACH DELETE c",
        "MERGE (c:City {id: '9'}) RETURN c",
        "MATCH (c:City RETURN c",
        "this is no query",
    ],
)
def test_a_read_that_writes_or_is_not_understood_is_refused(empty_engine: Engine, text: str) -> None:
    empty_engine.write(Write(nodes=[CITIES]))
    with pytest.raises(WrongInput) as refused:
        empty_engine.read(text)
    assert refused.value.mend
    assert refused.value.__cause__ is not None
    assert all_cities(empty_engine) == list(CITIES.rows)


@pytest.mark.parametrize(
    ("write", "words"),
    [
        (Write(nodes=[NodeRows("Citty", [{"id": "1"}])]), "no label Citty"),
        (Write(nodes=[NodeRows("City", [{"id": "1", "inhabitants": 5}])]), "no property inhabitants of City"),
        (Write(nodes=[NodeRows("City", [{"name": "x"}])]), "has no id"),
        (Write(relationships=[RelationshipRows("NEAR", "City", "City", [])]), "no relationship type NEAR"),
        (Write(relationships=[RelationshipRows("IN", "Country", "City", [])]), "does not lead from Country to City"),
        (Write(relationships=[RelationshipRows("IN", "City", "Country", [{"start": "1"}])]), "lacks an end"),
        (Write(nodes=[NodeRows("City", [{"id": "1", "latitude": float("nan")}])]), "cannot hold"),
    ],
)
def test_rows_outside_the_schema_are_refused(empty_engine: Engine, write: Write, words: str) -> None:
    with pytest.raises(WrongInput, match=words):
        empty_engine.write(write)
    with pytest.raises(WrongInput, match=words):
        empty_engine.bulk(write)


def test_parameters_are_values_and_never_query_text(empty_engine: Engine) -> None:
    hostile = "x'}) DETACH DELETE c //`\\\n\u2028 港"
    empty_engine.write(Write(nodes=[NodeRows("City", [{"id": "1", "name": hostile}])]))
    assert empty_engine.read("MATCH (c:City {name: $name}) RETURN c.name AS name", {"name": hostile}) == [
        {"name": hostile}
    ]


def test_a_plan_names_what_it_does_and_runs_nothing(empty_engine: Engine) -> None:
    plan = empty_engine.explain("MATCH (c:City {id: $id}) RETURN c.name", {"id": "1"})
    assert "City" in plan
    assert "ndex" in plan


def test_a_read_sees_all_of_a_write_or_nothing_of_it(empty_engine: Engine) -> None:
    """A writer changes every node in one transaction, many times over; readers count the versions they see.

    The nodes are large, so that they fill many pages of an engine's files: within one page no read is torn.
    """
    nodes = 400
    done = threading.Event()
    failures: list[object] = []

    def put(version: int) -> None:
        text = f"{version} " + "made up " * 300
        rows: list[Row] = [{"id": str(number), "since": version, "text": text} for number in range(nodes)]
        empty_engine.write(Write(nodes=[NodeRows("Expertise", rows)]))

    def keep_reading() -> None:
        while not done.is_set():
            try:
                rows = empty_engine.read("MATCH (e:Expertise) RETURN e.since AS version, count(*) AS nodes")
            except City2CityError as error:
                failures.append(error)
                return
            if [row["nodes"] for row in rows] != [nodes]:
                failures.append(rows)

    put(0)
    readers = [threading.Thread(target=keep_reading) for _ in range(4)]
    for reader in readers:
        reader.start()
    for version in range(1, 20):
        put(version)
    done.set()
    for reader in readers:
        reader.join()
    assert failures == []


def test_writers_in_several_threads_lose_nothing(empty_engine: Engine) -> None:
    empty_engine.write(Write(nodes=[NodeRows("Network", [{"id": "network", "generation": 0}])]))
    count = Statement("MATCH (n:Network {id: 'network'}) SET n.generation = n.generation + 1")
    failures: list[Exception] = []

    def keep_counting() -> None:
        try:
            for _ in range(10):
                empty_engine.write(Write(statements=[count]))
        except City2CityError as error:
            failures.append(error)

    writers = [threading.Thread(target=keep_counting) for _ in range(4)]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join()
    assert failures == []
    assert empty_engine.read("MATCH (n:Network) RETURN n.generation AS generation") == [{"generation": 40}]


def test_compacting_keeps_everything(empty_engine: Engine) -> None:
    empty_engine.write(Write(nodes=[CITIES, COUNTRIES], relationships=[IN]))
    empty_engine.compact()
    assert all_cities(empty_engine) == list(CITIES.rows)
    assert empty_engine.read("MATCH (:City)-[r:`IN`]->(:Country) RETURN count(r) AS count") == [{"count": 2}]
    empty_engine.write(Write(nodes=[NodeRows("City", [{"id": "3"}])]))
    assert len(all_cities(empty_engine)) == 3


def test_closing_twice_is_safe_and_a_closed_engine_says_so(empty_engine: Engine) -> None:
    empty_engine.close()
    empty_engine.close()
    with pytest.raises(City2CityError) as refused:
        empty_engine.read("MATCH (c:City) RETURN c.id AS id")
    assert refused.value.mend
