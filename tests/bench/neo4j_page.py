"""The page docs/benchmarks-neo4j.md, written from the figures of one run."""

from __future__ import annotations

import json
from typing import Any

from tests.bench.neo4j_cypher import SHOWN, TEXT_INDEX, VECTOR_INDEX
from tests.bench.neo4j_targets import RETRIEVER, TIMES_ALONE, reached, written
from tests.bench.neo4j_writing import table
from tests.bench.page import Table
from tests.bench.targets import TARGETED_PEOPLE

Figures = dict[str, Any]

_NAMES = {
    "city2city": "City2City",
    "cypher": "one hand-written Cypher query: conditions, then exact cosine",
    "retriever-10": "neo4j-graphrag, hybrid, first 10, conditions in its tail",
    "retriever-100": "neo4j-graphrag, hybrid, first 100, conditions in its tail",
    "retriever-1000": "neo4j-graphrag, hybrid, first 1,000, conditions in its tail",
    "retriever-10000": "neo4j-graphrag, hybrid, first 10,000, conditions in its tail",
}


def page(figures: Figures) -> str:
    """Return the whole page."""
    parts = [
        "# Benchmarks on Neo4j",
        f"Written by `make bench-neo4j` on {figures['date']}; change nothing here by hand, run it again. It starts a "
        "Neo4j of its own, loads the made-up network with `c2c load`, and puts the same 200 questions "
        "(`tests/bench/questions.txt`, nine languages) to City2City and to what one would use instead: the same "
        "server, the same embedder, the same reading of each question. [Benchmarks](benchmarks.md) has the embedded "
        "engine.",
        _machine(figures),
        "## What was to be reached",
        _reached(figures),
        "## Side by side",
        _times(figures["ways"]),
        _found(figures),
        _memory(figures),
        "## The hand-written query",
        _query(figures["printed"], figures),
        "## The retriever",
        _retriever(figures),
    ]
    if "writing" in figures:
        parts += ["## Writing", _writing(figures)]
    return "\n\n".join(part for part in parts if part) + "\n"


def _machine(figures: Figures) -> str:
    rows = [*figures["machine"].items(), ("network", f"{figures['people']:,} made-up alumni")]
    found = f"{figures['load']['people']:,}, {figures['vectors']['vectors']:,}"
    rows += [("people, expertises that may be found", found)]
    rows += [("`c2c load alumni` into the empty server", f"{figures['load']['seconds']:.1f} s")]
    return str(Table(("machine", ""), rows))


def _reached(figures: Figures) -> str:
    judged = [*reached(figures["ways"]), *(written(figures["writing"]) if "writing" in figures else ())]
    table = Table(
        ("", "wanted", "found", "met"),
        [(each.what, each.wanted, each.found, "yes" if each.met else "**no**") for each in judged],
    )
    missed = [f"**Missed: {each.what}: {each.found}, wanted {each.wanted}.**" for each in judged if not each.met]
    if figures["people"] != TARGETED_PEOPLE:
        missed.insert(0, f"**This is for {TARGETED_PEOPLE:,} alumni; this run had {figures['people']:,}.**")
    ours, theirs = figures["ways"]["city2city"], figures["ways"][RETRIEVER]
    floors = (
        '"The retriever" is the one that takes the first 1,000: with fewer it finds far less of what there is, and '
        f"with these it gave ten in {theirs['gave_ten']} of the {theirs['questions_with_ten']} questions where ten "
        f"exist. {TIMES_ALONE} times faster than its {theirs['alone']['p50']:.1f} ms would be "
        f"{theirs['alone']['p50'] / TIMES_ALONE:.1f} ms. City2City's floor from the words: reading "
        f"{ours['reading']['p50']:.2f} ms and embedding {ours['embedding']['p50']:.2f} ms at the median, which the "
        "others pay too."
    )
    return "\n\n".join([str(table), *missed, floors])


def _times(ways: dict[str, Figures]) -> str:
    ours = ways["city2city"]
    rows = []
    for name, what in _NAMES.items():
        each = ways[name]
        times = [f"{each[part][at]:.1f}" for part in ("alone", "whole") for at in ("p50", "p95")]
        rows.append((what, *times, *(f"{each[part]['p50'] / ours[part]['p50']:.1f}" for part in ("alone", "whole"))))
    head = (
        "milliseconds",
        "alone, p50",
        "alone, p95",
        "from the words, p50",
        "p95",
        "times ours, alone",
        "from the words",
    )
    return (
        "One client, one question at a time, each way in a process of its own, one after the other. *Alone*: the "
        "question was read and embedded, the query composed. *From the words*: reading, composing and embedding "
        "count. Every question was asked once before any was timed, so that plans and pages are at hand.\n\n"
        f"{Table(head, rows)}\n\n"
        "What is answered differs, in the others' favour: City2City gathers each person's evidence, counts all who "
        "meet the conditions, counts facets, names reasons and what could be relaxed, and where fewer than ten meet "
        "everything looks for who comes near. The others return ten expertises with name, text, years and place."
    )


def _found(figures: Figures) -> str:
    rows = []
    for name, what in _NAMES.items():
        each = figures["ways"][name]
        rows.append(
            (
                what,
                f"{each['rows_holding']:,} of {each['rows']:,}",
                f"{each['rows_possible']:,}",
                f"{each['gave_ten']} of {each['questions_with_ten']}",
                f"{each['gave_all']} of {each['questions_with_an_answer']}",
                str(each["gave_none"]),
            )
        )
    head = (
        "",
        "rows that meet every condition",
        "rows there are",
        "gave ten where ten exist",
        "gave all there are",
        "gave none",
    )
    return (
        f"Rows found, at most {SHOWN} a question: people for City2City, each with the expertise that meets everything; "
        "expertises for the others, of whom several may be one person's. Each is held against the conditions as "
        "`graph.answers` means them. As a check from the other side, the conditions written in Cypher were run over "
        f"the graph without a limit: on {figures['agreeing']} of the 200 questions they take exactly the expertises "
        f"that City2City's index takes.\n\n{Table(head, rows)}"
    )


def _memory(figures: Figures) -> str:
    vectors, ways = figures["vectors"], figures["ways"]
    rows = [
        ("server after the load, without vectors", _mb(figures["load"]["server_megabytes"])),
        ("server with vectors and both indexes", _mb(vectors["megabytes_after"])),
        ("server after all questions", _mb(figures["server_megabytes"])),
        ("City2City's process, of it not shared with files", _both(ways["city2city"])),
        ("the hand-written query's process, the same", _both(ways["cypher"])),
        ("the retriever's process, the same", _both(ways[RETRIEVER])),
    ]
    return (
        f"What the others need inside the server: {vectors['vectors']:,} vectors of {vectors['dimensions']} floats "
        f"as a property took {vectors['writing_seconds']:.1f} s to write, the vector index "
        f"{vectors['vector_index_seconds']:.1f} s, the full-text index {vectors['text_index_seconds']:.1f} s. "
        "City2City needs none of it: its vectors lie in the index beside the graph, mapped into memory. All processes "
        "hold City2City's reader and embedder; the server's heap is bounded, so its figures are mostly that bound."
        f"\n\n{Table(('resident memory', ''), rows)}"
    )


def _query(printed: Figures, figures: Figures) -> str:
    operators = Table(
        ("operator", "rows", "database hits"),
        [
            (f"`{name.replace('|', chr(92) + '|')}`", f"{rows:,}", f"{hits:,}")
            for name, rows, hits in printed["operators"]
        ],
    )
    indexes = "\n".join(f"- `{index}`" for index in printed["indexes"])
    return "\n\n".join(
        [
            f"Composed from the reading by `tests/bench/neo4j_cypher.py`; the 200 questions need {printed['texts']} "
            "different texts, so plans are found in the server's cache. In full, for the question with the most "
            f'conditions, "{printed["question"]}":',
            f"```cypher\n{printed['query']}\n```",
            f"```json\n{json.dumps(printed['parameters'], ensure_ascii=False)}\n```",
            "PROFILE, as tuned (the last operator first):",
            str(operators),
            f"Indexes it uses:\n\n{indexes}",
            _TUNING,
        ]
    )


_TUNING = (
    "What tuning brought, in database hits of 50 of these questions over 15,000 alumni, at the median 9,700 before and "
    "4,400 after: conditions on the expertise's own properties (role, years) stand before `DISTINCT`, so that only "
    "what passes them is led to its place; a city that is asked for is where the query begins; without either, all "
    "conditions stand before `DISTINCT`. Joining the place in the first pattern was tried too and took 5,200."
)


def _retriever(figures: Figures) -> str:
    refused = max(figures["ways"][name]["refused"] for name in _NAMES)
    return "\n\n".join(
        [
            f"`HybridCypherRetriever` of neo4j-graphrag {figures['machine']['neo4j-graphrag']} over the vector index "
            f"`{VECTOR_INDEX}` and the full-text index `{TEXT_INDEX}`, with City2City's embedder as its embedder. It "
            "takes the first *k* of each index, fuses them, and only then comes its tail with the conditions; so what "
            "meets them and is not among the first *k* is not found, and a larger *k* finds more and takes longer. "
            f"Questions that its full-text parser refused: {refused} of 200. Its tail for the same question:",
            f"```cypher\n{figures['printed']['tail']}\n```",
        ]
    )


def _writing(figures: Figures) -> str:
    return (
        f"The whole network, {figures['elements']:,} nodes and relationships that lie ready, into the emptied graph of "
        "a second server, one session, each way after the other (`tests/bench/neo4j_writing.py`). CREATE by hand, of "
        f"what is known to be new, is the floor.\n\n{table(figures['writing'])}"
    ).rstrip()


def _both(way: Figures) -> str:
    return f"{_mb(way['resident_megabytes'])}, {_mb(way['own_megabytes'])}"


def _mb(megabytes: float | None) -> str:
    return "not told on this system" if megabytes is None else f"{megabytes:,.0f} MB"
