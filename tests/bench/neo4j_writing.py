"""`python -m tests.bench.neo4j_writing STORE`: a whole network written to an empty Neo4j, in several ways.

STORE is the directory of an embedded network, from which the rows are read; they lie ready before anything is timed.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from pathlib import Path

import neo4j

from graph import schema
from graph.engines.definitions import quoted
from graph.engines.embedded import EmbeddedEngine
from graph.engines.neo4j_engine import Neo4jEngine
from graph.engines.port import Engine, NodeRows, RelationshipRows, Row, Write
from graph.exporting.elements import all_nodes, all_relationships
from tests.servers.emptying import empty
from tests.servers.neo4j_server import Server, own_server

PLAIN = "UNWIND and MERGE, batches of 10,000"
FLOOR = "UNWIND and CREATE of what is known to be new"
OURS = "City2City, into an empty graph"
AGAIN = "City2City, the same again, unchanged"

_BATCH = 10_000
_WARMING = 1_500
"""Elements of each kind that are written first, in every way: a server that has just started is slow."""


def measure(server: Server, rows: Write) -> list[tuple[str, float, float]]:
    """Write the rows in each way into the emptied graph of `server`: what it held is gone, and so are they.

    Returns for each way its name, seconds, and nodes and relationships a second. One session each, on a server warmed
    by some of the rows. MERGE and CREATE are written as one would by hand, with nothing for a commit that is not
    answered; "unchanged" compares every element and writes none.
    """
    some = _first_of(rows)
    figures = []
    with neo4j.GraphDatabase.driver(
        server.uri, auth=(server.username, server.password), notifications_min_severity="OFF"
    ) as driver:
        engine = Neo4jEngine(server.uri, server.username, server.password, query_seconds=600)
        ways: dict[str, Callable[[], None]] = {
            PLAIN: partial(_by_hand, driver, rows, "MERGE"),
            FLOOR: partial(_by_hand, driver, rows, "CREATE"),
            OURS: partial(engine.bulk, rows),
            AGAIN: partial(engine.bulk, rows),
        }
        empty(server)
        engine.define()
        _by_hand(driver, some, "MERGE")
        empty(server)
        engine.bulk(some)
        for way, write in ways.items():
            if way != AGAIN:
                empty(server)
            began = time.perf_counter()
            write()
            seconds = time.perf_counter() - began
            figures.append((way, seconds, elements(rows) / seconds))
        empty(server)
        engine.close()
    return figures


def ready_rows(engine: Engine) -> Write:
    """All rows of a network, those of one kind together, to be written elsewhere."""
    nodes = [
        NodeRows(label.name, [row for page in all_nodes(engine, label.name) for row in page.rows])
        for label in schema.NODES
    ]
    kinds: dict[tuple[str, str, str], list[Row]] = {}
    for label in schema.NODES:
        for page in all_relationships(engine, label.name):
            kinds.setdefault((page.type, page.start_label, page.end_label), []).extend(page.rows)
    return Write(nodes=nodes, relationships=[RelationshipRows(*kind, rows) for kind, rows in kinds.items()])


def elements(rows: Write) -> int:
    """How many nodes and relationships these are."""
    return sum(len(each.rows) for each in rows.nodes) + sum(len(each.rows) for each in rows.relationships)


def table(figures: Sequence[tuple[str, float, float]]) -> str:
    """The figures as a Markdown table."""
    plain = next(rate for way, _, rate in figures if way == PLAIN)
    lines = [f"| {way} | {seconds:.1f} | {rate:,.0f} | {rate / plain:.2f} |" for way, seconds, rate in figures]
    return "\n".join(["| way | seconds | elements/s | to MERGE |", "|---|---|---|---|", *lines]) + "\n"


def _first_of(rows: Write) -> Write:
    """Some rows of every kind that lead to nothing else."""
    nodes = [NodeRows(each.label, each.rows[:_WARMING]) for each in rows.nodes]
    there = {each.label: {row["id"] for row in each.rows} for each in nodes}
    relationships = [
        RelationshipRows(each.type, each.start_label, each.end_label, [
            row for row in each.rows if row["start"] in there[each.start_label] and row["end"] in there[each.end_label]
        ])
        for each in rows.relationships
    ]  # fmt: skip
    return Write(nodes=nodes, relationships=relationships)


def _by_hand(driver: neo4j.Driver, rows: Write, how: str) -> None:
    with driver.session() as session:
        for group in rows.nodes:
            _run(session, _node_text(group.label, how), group.rows)
        for joining in rows.relationships:
            _run(session, _relationship_text(joining, how), [_with_properties_apart(row) for row in joining.rows])


def _run(session: neo4j.Session, text: str, rows: Sequence[Row]) -> None:
    def write(transaction: neo4j.ManagedTransaction, some: Sequence[Row]) -> None:
        transaction.run(text, {"rows": some}).consume()

    for some in _batches(rows):
        session.execute_write(write, some)


def _batches(rows: Sequence[Row]) -> Iterator[Sequence[Row]]:
    return (rows[first : first + _BATCH] for first in range(0, len(rows), _BATCH))


def _node_text(label: str, how: str) -> str:
    if how == "CREATE":
        return f"UNWIND $rows AS row CREATE (n:{quoted(label)}) SET n = row"
    return f"UNWIND $rows AS row MERGE (n:{quoted(label)} {{id: row.id}}) SET n += row"


def _relationship_text(rows: RelationshipRows, how: str) -> str:
    keyed_by = next(each.keyed_by for each in schema.RELATIONSHIPS if each.name == rows.type)
    key = f" {{{keyed_by}: row.properties.{keyed_by}}}" if keyed_by and how == "MERGE" else ""
    return (
        f"UNWIND $rows AS row MATCH (a:{quoted(rows.start_label)} {{id: row.start}}) "
        f"MATCH (b:{quoted(rows.end_label)} {{id: row.end}}) "
        f"{how} (a)-[r:{quoted(rows.type)}{key}]->(b) SET r += row.properties"
    )


def _with_properties_apart(row: Row) -> Row:
    properties = {name: value for name, value in row.items() if name not in ("start", "end")}
    return {"start": row["start"], "end": row["end"], "properties": properties}


def main() -> None:
    """Read the rows of the network that the command line names, start a server, measure, print the table."""
    engine = EmbeddedEngine(Path(sys.argv[1]) / "graph")
    rows = ready_rows(engine)
    engine.close()
    with own_server() as own:
        print(f"{elements(rows):,} nodes and relationships\n\n{table(measure(own.server, rows))}")


if __name__ == "__main__":
    main()
