"""The page docs/benchmarks.md, written from the figures of one run."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from tests.bench.engine_queries import NEAREST, SHOWN
from tests.bench.load_floors import SAMPLE
from tests.bench.targets import TARGETED_PEOPLE, Target, targets

Figures = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Table:
    """A table of a page."""

    head: Sequence[str]
    rows: Iterable[Sequence[str]]

    def __str__(self) -> str:
        """Return the table in Markdown; every column but the first stands to the right."""
        rule = ["---"] + ["--:"] * (len(self.head) - 1)
        return "\n".join("| " + " | ".join(row) + " |" for row in (self.head, rule, *self.rows))


def page(figures: Figures) -> str:
    """Return the whole page."""
    judged = targets(figures)
    parts = [
        "# Benchmarks",
        f"Written by `make bench` on {figures['date']}; change nothing here by hand, run it again. Machines differ by "
        "a factor of three and more, so beside each figure stand the floor (what the least of it costs alone) and the "
        "alternative (what one would do instead), from the same run. [Benchmarks on Neo4j](benchmarks-neo4j.md) has a "
        "page of its own.",
        _machine(figures),
        "## Targets",
        _targets(judged),
        _missed(judged, figures["people"]),
        "## Loading",
        _loading(figures["load"], figures),
        "## Asking in process",
        _asking(figures["ask"], figures["engine"]),
        "## The engine's own query",
        _engine(figures["ask"]["ask"], figures["engine"]),
        "## Over HTTP",
        _http(figures["http"]),
        "## From a cold shell",
        _shell(figures["shell"]),
    ]
    return "\n\n".join(part for part in parts if part) + "\n"


def _machine(figures: Figures) -> str:
    rows = [(name, value) for name, value in figures["machine"].items()]
    rows += [
        ("network", f"{figures['people']:,} made-up alumni"),
        ("people, texts that may be found", f"{_found(figures)}, {figures['load']['floors']['embed']['texts']:,.0f}"),
        ("on disk", f"{figures['load']['disk_megabytes']:,.0f} MB"),
    ]
    return str(Table(("machine", ""), rows))


def _found(figures: Figures) -> str:
    people = figures["load"]["first"]["report"]["new"]
    return f"{people:,}" if isinstance(people, int) else "not told"


def _targets(judged: Sequence[Target]) -> str:
    return str(
        Table(
            ("", "target", "measured", "met", "floor", "alternative"),
            [(t.what, t.shown_limit, t.shown, t.verdict, t.floor, t.alternative) for t in judged],
        )
    )


def _missed(judged: Sequence[Target], people: int) -> str:
    said = [f"Missed: {each.what}, {each.shown} where {each.shown_limit} was wanted." for each in judged if each.missed]
    if not said:
        said = ["Every target was met in this run."]
    if people != TARGETED_PEOPLE:
        said.insert(0, f"The targets are for {TARGETED_PEOPLE:,} alumni; this run had {people:,}.")
    return "\n\n".join(f"**{line}**" for line in said)


def _loading(load: Figures, figures: Figures) -> str:
    first, again, floors, merge = load["first"], load["again"], load["floors"], load["merge"]
    stages = [(name, _s(took), _s(again["stages"].get(name, 0.0))) for name, took in first["stages"].items()]
    stages.append(("the command, from start to end", _s(first["seconds"]), _s(again["seconds"])))
    stages.append(("peak memory, all processes", _mb(first["peak_megabytes"]), _mb(again["peak_megabytes"])))
    parts = [
        "`c2c load alumni FILE` into an empty store, then the same file again. The stages are timed inside that very "
        "command; a stage within another stops the outer one's watch. What a second thread did beside them stands last "
        "and is no part of the sum. *The rest* is imports, the Java runtime's end "
        f"and the report. The first `c2c ask` after it took {_s(load['ask_seconds'])} more. Making up the files took "
        f"{_s(figures['files_seconds'])} and is not counted.",
        str(Table(("stage", "empty store", "again, unchanged"), stages)),
        "**Where every text was seen before.** A network in force keeps the vectors of its texts, and takes them from "
        "there by content hash when its index is built again; a fresh store has none to take. Vectors kept elsewhere "
        "would save little with the default embedder, since all texts take it "
        f"{_s(floors['embed']['seconds'])}: so it keeps no cache, and the figure is that of the empty store. "
        "With `C2C_EMBEDDER=minilm` vectors are remembered in the store.",
        "Floors and alternative:",
        str(
            Table(
                ("", "seconds", "of what"),
                [
                    ("the file read with Python's csv module alone", _s(floors["csv"]["seconds"]), _rows(floors)),
                    (
                        "every text embedded alone",
                        _s(floors["embed"]["seconds"]),
                        f"{floors['embed']['texts']:,} texts",
                    ),
                    (
                        "the same graph written alone",
                        _s(floors["write"]["seconds"]),
                        f"places {_s(floors['write']['places'])}; {floors['write']['nodes']:,} nodes and "
                        f"{floors['write']['relationships']:,} relationships of people {_s(floors['write']['people'])}",
                    ),
                    (
                        "people by plain UNWIND and MERGE",
                        _s(merge["seconds"]),
                        f"reckoned from {merge['sample']:,} people in {_s(merge['sample_seconds'])}, without places",
                    ),
                ],
            )
        ),
        "The graph written alone goes through the same durable `Engine.bulk` from rows that lie ready, into an empty "
        f"graph, with nothing compared. UNWIND and MERGE wrote a sample of {SAMPLE:,} people into a graph that has the "
        "places, and the time for all is reckoned in proportion, which flatters it: MERGE looks for what is there, "
        "and there is more of it in a full graph.",
    ]
    return "\n\n".join(parts)


def _rows(floors: Figures) -> str:
    return f"{floors['csv']['rows']:,} rows"


def _asking(ask: Figures, engine: Figures) -> str:
    whole = ask["ask"]
    named = {
        "ask": "the whole ask: read, find, rank, show ten people",
        "reading_alone": "floor: reading the question alone",
        "embedding_alone": "floor: embedding it alone",
        "numpy_alone": f"floor: its vector with all {ask['numpy_alone']['rows']:,} alone, ten best",
    }
    rows = [(what, *_times(ask[name])) for name, what in named.items()]
    rows += [(f"alternative: {what}", *_times(engine[name])) for name, what in _QUERIES.items()]
    return "\n\n".join(
        [
            f"{whole['questions']} different questions in nine languages (`tests/bench/questions.txt`), each once, by "
            f"pytest-benchmark, with index and reader open. {whole['with_whole_people']} of them have people who meet "
            f"every condition; {whole['with_people']} show somebody. Milliseconds:",
            str(Table(("", "p50", "p95", "most"), rows)),
            "An ask can take less than the scan of all vectors: it takes the cosine only of the rows that meet the "
            "conditions.",
        ]
    )


_QUERIES = {
    "query[neighbours_then_conditions]": f"the engine's {NEAREST} nearest, then the conditions",
    "query[conditions_then_neighbours]": "the conditions, then the engine's nearest among them",
    "query[conditions_then_cosine]": "the conditions, then the cosine of each, without its index",
}


def _engine(whole: Figures, engine: Figures) -> str:
    some = next(iter(engine.values()))
    rows = []
    for name, what in _QUERIES.items():
        each = engine[name]
        rows.append(
            (
                what,
                f"{each['p50']:.1f}",
                f"{each['p95']:.1f}",
                f"{each['fully_shown']} of {each['questions_with_an_answer']}",
                str(each["empty"]),
                f"{each['rows_holding']:,} of {each['rows']:,}",
                f"{each['rows_possible']:,}",
            )
        )
    head = ("", "p50 ms", "p95 ms", f"gave all {SHOWN} there are", "gave none", "rows that hold", "rows there are")
    return "\n\n".join(
        [
            "The same questions, read and embedded beforehand, as one SQL query each of the embedded engine: a copy of "
            f"the graph got the vectors as a property ({_s(some['writing_seconds'])}) and a vector index over them "
            f"({_s(some['building_seconds'])}, with 1 GB of Java heap). Every row found was held against the "
            "conditions as City2City means them. The query finds expertises, not people: nothing is grouped, fused "
            "with words, counted for facets or explained.",
            str(Table(head, rows)),
            "With the nearest first, people who do meet the conditions are missed wherever they are not among the "
            f"{NEAREST} nearest of the whole network: {_held(engine, 'neighbours_then_conditions')} were found. With "
            f"the conditions first they were {_held(engine, 'conditions_then_neighbours')}, and the index has little "
            f"left to do. City2City's own whole answer took {whole['p50']:.1f} ms at the median.",
        ]
    )


def _held(engine: Figures, query: str) -> str:
    each = engine[f"query[{query}]"]
    return f"{each['rows_holding']:,} of the {each['rows_possible']:,} expertises that could have been shown"


def _http(http: Figures) -> str:
    rows = [
        ("p50", f"{http['p50']:.1f} ms"),
        ("p95", f"{http['p95']:.1f} ms"),
        ("longest", f"{http['most']:.1f} ms"),
        ("errors", f"{http['errors']} of {http['requests']:,}"),
        ("requests a second", f"{http['requests_a_second']:.0f}"),
        ("first ask after /readyz", f"{http['first_ask_ms']:.1f} ms"),
        ("from start to /readyz", _s(http["ready_seconds"])),
        ("server's memory afterwards", _mb(http["resident_megabytes"])),
        ("of it not shared with files", _mb(http["own_megabytes"])),
        ("server's peak memory", _mb(http["peak_megabytes"])),
    ]
    return (
        f"`c2c serve` in a process of its own, {http['clients']} client threads of another process on the same cores, "
        "each asking all questions one after the other over a connection that stays open. The clients' own work is in "
        f"the times.\n\n{Table(('', ''), rows)}"
    )


def _shell(shell: Figures) -> str:
    named = {"python": "floor: a Python that does nothing", "help": "`c2c --help`", "ask": '`c2c ask "…"`'}
    rows = [
        (
            what,
            *(f"{shell[name][part]:.2f} s" for part in ("median", "least", "most")),
            _mb(shell[name]["peak_megabytes"]),
        )
        for name, what in named.items()
    ]
    opening = [(name, f"{seconds * 1000:,.1f} ms") for name, seconds in shell["opening"].items()]
    return "\n\n".join(
        [
            "Each run is a process of its own; the files are in the system's cache.",
            str(Table(("", "median of 7", "least", "most", "peak memory"), rows)),
            "What opening costs, part by part, in one fresh process (an ask from the shell opens no engine):",
            str(Table(("", "first time"), opening)),
        ]
    )


def _times(figures: Figures) -> tuple[str, str, str]:
    return tuple(f"{figures[name]:.2f}" for name in ("p50", "p95", "most"))  # type: ignore[return-value]


def _s(seconds: float) -> str:
    return f"{seconds:.1f} s" if seconds >= 0.1 else f"{seconds:.2f} s"


def _mb(megabytes: float | None) -> str:
    return "not told on this system" if megabytes is None else f"{megabytes:,.0f} MB"
