"""`python -m tests.bench.run_neo4j` (`make bench-neo4j`): City2City beside what others would use over one Neo4j.

Starts a Neo4j of its own, loads the demo network into it, asks 200 questions in three ways, writes the same graph in
several ways into another, and then the page docs/benchmarks-neo4j.md. Needs Java, and neo4j-graphrag, which only an
environment from requirements-bench.lock has.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import sys
import tempfile
from collections.abc import Mapping
from datetime import date
from importlib.metadata import version
from pathlib import Path
from typing import Any

import neo4j

from api.settings import read_settings
from api.wiring import Network
from graph.engines.neo4j_engine import Neo4jEngine
from graph.engines.port import Write
from tests.bench import loading, machine, neo4j_vectors, neo4j_writing
from tests.bench.asking import QUESTIONS
from tests.bench.children import C2C, ROOT, megabytes, module, run
from tests.bench.neo4j_judging import Judge
from tests.bench.neo4j_page import page
from tests.bench.neo4j_profile import indexes_used, profiled
from tests.servers.neo4j_server import VERSION, NoServer, OwnServer, own_server

PEOPLE = 15_000
WAYS = ("city2city", "cypher", "retriever-10", "retriever-100", "retriever-1000", "retriever-10000")


def main() -> None:
    """Measure everything, one after the other, and write the page."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench.run_neo4j", description=__doc__)
    parser.add_argument(
        "--people", type=int, default=PEOPLE, help="how many made-up alumni; the targets are for 15,000"
    )
    parser.add_argument("--page", type=Path, default=ROOT / "docs" / "benchmarks-neo4j.md", help="where the page goes")
    parser.add_argument("--figures", type=Path, help="write the figures to this JSON file too")
    chosen = parser.parse_args()
    work = Path(tempfile.mkdtemp(prefix="c2c-bench-neo4j-"))
    try:
        with own_server() as own:
            figures = loaded(own, work, chosen.people)
            rows = _rows(own)
            figures |= asked(own, work)
            _write(figures, chosen.page, chosen.figures)
        # A server of its own: the other has vectors and indexes that nobody who writes a network has there.
        with own_server() as own:
            _say("writing the same network in several ways")
            figures["elements"] = neo4j_writing.elements(rows)
            figures["writing"] = neo4j_writing.measure(own.server, rows)
    except NoServer as error:
        sys.exit(str(error))
    finally:
        shutil.rmtree(work, ignore_errors=True)
    figures["machine"]["load average at the end"] = f"{os.getloadavg()[0]:.1f}"
    _write(figures, chosen.page, chosen.figures)
    print(f"Written: {chosen.page}")


def _write(figures: dict[str, Any], page_file: Path, figures_file: Path | None) -> None:
    if figures_file is not None:
        figures_file.write_text(json.dumps(figures, indent=1, ensure_ascii=False), encoding="utf-8")
    page_file.write_text(page(figures), encoding="utf-8")


def loaded(own: OwnServer, work: Path, people: int) -> dict[str, Any]:
    """Load a network of so many people into an empty server."""
    described = machine.described() | {"Neo4j": f"Community {VERSION}, {' '.join(own.options)}", **_versions()}
    figures: dict[str, Any] = {"machine": described, "date": date.today().isoformat(), "people": people}
    _say("making up the files")
    loading.make_files(work / "files", people)
    _say("loading")
    load = [C2C, "load", "alumni", str(work / "files" / "alumni.csv"), "--json"]
    done = run(load, settings=_settings(own, work / "home"))
    figures["load"] = {
        "seconds": done.seconds,
        "people": json.loads(done.out.strip().splitlines()[-1])["new"],
        "server_megabytes": megabytes(_pid(own), "VmRSS"),
    }
    return figures


def asked(own: OwnServer, work: Path) -> dict[str, Any]:
    """Put into the server what the other ways need, and ask in every way."""
    server, settings, figures = own.server, _settings(own, work / "home"), {}
    with (
        Network(read_settings(settings)) as network,
        neo4j.GraphDatabase.driver(
            server.uri, auth=(server.username, server.password), notifications_min_severity="OFF"
        ) as driver,
    ):
        _say("writing vectors into the server, and indexes over vectors and texts")
        figures["vectors"] = neo4j_vectors.put(driver, network.index, _pid(own))
        _say("holding the conditions in Cypher against City2City's")
        judge = Judge(network)
        figures["agreeing"] = judge.agreeing(driver)
        figures["ways"] = {name: _asked(name, judge, settings) for name in WAYS}
        figures["printed"] = judge.printed() | _plan(driver, network, judge)
    figures["server_megabytes"] = megabytes(_pid(own), "VmRSS")
    figures["server_peak_megabytes"] = megabytes(_pid(own), "VmHWM")
    return figures


def _pid(own: OwnServer) -> int:
    assert own.process is not None
    return own.process.pid


def _rows(own: OwnServer) -> Write:
    _say("reading the whole graph")
    engine = Neo4jEngine(own.server.uri, own.server.username, own.server.password)
    try:
        return neo4j_writing.ready_rows(engine)
    finally:
        engine.close()


def _asked(name: str, judge: Judge, settings: Mapping[str, str]) -> dict[str, Any]:
    _say(f"asking: {name}")
    told = json.loads(run(module("neo4j_asking", name), settings=settings).out.strip().splitlines()[-1])
    return {**told, **judge.judge(name, told.pop("found"))}


def _plan(driver: neo4j.Driver, network: Network, judge: Judge) -> dict[str, Any]:
    query = judge.query(judge.longest)
    vector = network.embedder.embed([QUESTIONS[judge.longest]])[0].tolist()
    operators = profiled(driver, query.text, query.parameters | {"vector": vector})
    return {"operators": operators, "indexes": indexes_used(operators)}


def _settings(own: OwnServer, home: Path) -> dict[str, str]:
    server = own.server
    return {
        "C2C_STORE": server.uri,
        "C2C_HOME": str(home),
        "NEO4J_USERNAME": server.username,
        "NEO4J_PASSWORD": server.password,
    }


def _versions() -> dict[str, str]:
    return {name: version(name) for name in ("neo4j", "neo4j-rust-ext", "neo4j-graphrag")}


def _say(what: str) -> None:
    print(f"{what} …", file=sys.stderr, flush=True)


if __name__ == "__main__":
    main()
