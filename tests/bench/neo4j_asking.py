"""`python -m tests.bench.neo4j_asking WAY`: one way's answers to the 200 questions, and how long they took.

Settings come from the environment, as for `c2c`. Every question is asked once before any is timed, so that plans,
pages and names are at hand for every way. Prints one JSON object.
"""

from __future__ import annotations

import json
import os
import sys
import time
from collections.abc import Callable, Iterable
from contextlib import closing
from datetime import date
from typing import Any

from api.settings import read_settings
from api.wiring import Network
from tests.bench.asking import QUESTIONS, percentiles
from tests.bench.children import megabytes
from tests.bench.neo4j_ways import Found, Given, open_way


def main(name: str) -> dict[str, Any]:
    """Ask every question in one way; times in milliseconds, `found` in the order of the questions."""
    with Network(read_settings()) as network, closing(open_way(name, network)) as way:
        found = [way.whole(question) for question in QUESTIONS]
        whole = _timed(way.whole, QUESTIONS)
        vectors = network.embedder.embed(QUESTIONS)
        given = [
            Given(question, network.reader.read(question, date.today()), vector)
            for question, vector in zip(QUESTIONS, vectors, strict=True)
        ]
        alone = _timed(way.alone, [way.prepared(each) for each in given])
        told = {
            "found": found,
            "whole": percentiles(whole),
            "alone": percentiles(alone),
            "refused": getattr(way, "refused", 0) // 3,
            "resident_megabytes": megabytes(os.getpid(), "VmRSS"),
            "own_megabytes": megabytes(os.getpid(), "RssAnon"),
        }
        if name == "city2city":
            told["reading"] = percentiles(_timed(lambda each: network.reader.read(each, date.today()), QUESTIONS))
            told["embedding"] = percentiles(_timed(lambda each: network.embedder.embed([each]), QUESTIONS))
    return told


def _timed(ask: Callable[[Any], Found], questions: Iterable[Any]) -> list[float]:
    seconds = []
    for question in questions:
        began = time.perf_counter()
        ask(question)
        seconds.append(time.perf_counter() - began)
    return seconds


if __name__ == "__main__":
    print(json.dumps(main(sys.argv[1])))
