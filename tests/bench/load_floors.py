"""`python -m tests.bench.load_floors WHAT FILE LOADED SCRATCH`: one part of a load alone, or what one would do instead.

WHAT is `csv`, `embed`, `write` or `merge`; LOADED is a network loaded from FILE. Prints one JSON object.
"""

from __future__ import annotations

import csv
import json
import sys
import time
from collections.abc import Sequence
from itertools import chain, islice
from pathlib import Path

from graph.engines.embedded import EmbeddedEngine
from graph.engines.port import NodeRows, RelationshipRows, Statement, Write
from graph.index.searching import SearchIndex
from graph.model.stored import StoredPerson
from graph.store.hazards import HazardStore
from graph.store.people import PeopleStore
from graph.store.people_rows import node_rows, relationship_rows
from graph.store.places import PlaceStore
from ingest.sources.places import read_places
from nlp.vocabulary import vocabulary

SAMPLE = 1_000
"""People that are written by UNWIND and MERGE; the time for all is reckoned from theirs."""
_ROWS = 5_000


def read_csv(file: Path) -> dict[str, float]:
    """Read the file with Python's csv module and do nothing else."""
    began = time.perf_counter()
    with file.open(encoding="utf-8-sig", newline="") as lines:
        rows = sum(1 for _ in csv.reader(lines)) - 1
    return {"seconds": time.perf_counter() - began, "rows": rows}


def embed(loaded: Path) -> dict[str, float]:
    """Embed every text of the network once."""
    from nlp.embedders import choose

    index = SearchIndex.open(loaded / "index")
    texts = [row[1] for person in range(len(index.keys)) for row in index.records.read(person)["evidence"]]
    began = time.perf_counter()
    embedder = choose("static")
    embedder.embed(texts)
    return {"seconds": time.perf_counter() - began, "texts": len(texts)}


def write(loaded: Path, scratch: Path) -> dict[str, float]:
    """Write the same nodes and relationships through `Engine.bulk`, from rows that lie ready."""
    people = _people(loaded)
    engine = EmbeddedEngine(scratch)
    engine.define()
    began = time.perf_counter()
    _put_places(engine)
    places = time.perf_counter() - began
    nodes = [_merged(each) for each in zip(*map(node_rows, _thousands(people)), strict=True)]
    relationships = [_joined(each) for each in zip(*map(_relationships, _thousands(people)), strict=True)]
    began = time.perf_counter()
    engine.bulk(Write(nodes=nodes, relationships=relationships))
    seconds = time.perf_counter() - began
    counted = {"nodes": sum(len(each.rows) for each in nodes)}
    counted["relationships"] = sum(len(each.rows) for each in relationships)
    engine.close()
    return {"seconds": places + seconds, "places": places, "people": seconds, **counted}


def merge(loaded: Path, scratch: Path) -> dict[str, float]:
    """Write a sample as one would by hand: UNWIND and MERGE, a statement for every 5,000 rows."""
    people = _people(loaded)
    sample = people[:: max(1, len(people) // SAMPLE)][:SAMPLE]
    engine = EmbeddedEngine(scratch)
    engine.define()
    _put_places(engine)
    began = time.perf_counter()
    for nodes in node_rows(sample):
        text = f"UNWIND $rows AS row MERGE (n:`{nodes.label}` {{id: row.id}}) SET n += row"
        _run(engine, text, nodes.rows)
    for group in _relationships(sample):
        key = "{key: row.key}" if group.type == "WORKS_AT" else ""
        text = (
            f"UNWIND $rows AS row MATCH (a:`{group.start_label}` {{id: row.start}}) "
            f"MATCH (b:`{group.end_label}` {{id: row.end}}) MERGE (a)-[r:`{group.type}` {key}]->(b) SET r += row.rest"
        )
        rows = [row | {"rest": {name: row[name] for name in row.keys() - {"start", "end"}}} for row in group.rows]
        _run(engine, text, rows)
    seconds = time.perf_counter() - began
    engine.close()
    return {"seconds": seconds * len(people) / len(sample), "sample": len(sample), "sample_seconds": seconds}


def _people(loaded: Path) -> list[StoredPerson]:
    engine = EmbeddedEngine(loaded / "graph")
    try:
        return list(PeopleStore(engine).all())
    finally:
        engine.close()


def _put_places(engine: EmbeddedEngine) -> None:
    places, words = read_places(), vocabulary()
    hazards = HazardStore(engine)
    hazards.put_hazards(tuple(words.hazards.values()))
    hazards.put_measures(tuple(words.measures.values()))
    PlaceStore(engine).put(places.regions, places.countries, places.traits, places.cities, places.country_exposure)


def _thousands(people: Sequence[StoredPerson]) -> list[Sequence[StoredPerson]]:
    return [people[first : first + 1_000] for first in range(0, len(people), 1_000)]


def _relationships(people: Sequence[StoredPerson]) -> list[RelationshipRows]:
    return list(relationship_rows(people).values())


def _merged(parts: Sequence[NodeRows]) -> NodeRows:
    rows = {row["id"]: row for row in chain.from_iterable(part.rows for part in parts)}
    return NodeRows(parts[0].label, list(rows.values()))


def _joined(parts: Sequence[RelationshipRows]) -> RelationshipRows:
    first = parts[0]
    rows = {(row["start"], row["end"], row.get("key")): row for row in chain.from_iterable(part.rows for part in parts)}
    return RelationshipRows(first.type, first.start_label, first.end_label, list(rows.values()))


def _run(engine: EmbeddedEngine, text: str, rows: Sequence[dict[str, object]]) -> None:
    remaining = iter(rows)
    while some := list(islice(remaining, _ROWS)):
        plain = [{name: list(v) if isinstance(v, tuple) else v for name, v in row.items()} for row in some]
        engine.write(Write(statements=[Statement(text, {"rows": plain})]))


if __name__ == "__main__":
    what, given, network, empty = sys.argv[1], *map(Path, sys.argv[2:5])
    if what == "csv":
        told = read_csv(given)
    elif what == "embed":
        told = embed(network)
    else:
        told = write(network, empty) if what == "write" else merge(network, empty)
    print(json.dumps(told))
