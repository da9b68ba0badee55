"""`python -m tests.bench.stopwatch TIMES.json load alumni FILE`: the command `c2c` itself, its stages timed.

The functions that a load consists of are timed where they stand; a stage inside another stops the outer one's watch.
"""

from __future__ import annotations

import functools
import importlib
import json
import sys
import threading
import time
from collections import defaultdict
from collections.abc import Callable
from pathlib import Path
from typing import Any

from api.cli.main import main

BEGAN = time.perf_counter()
BESIDE = ", beside other stages"

STAGES: dict[str, tuple[str, ...]] = {
    "opening the engine": ("graph.engines.choose:open_engine", "graph.engines.embedded:EmbeddedEngine.define"),
    "waiting for places": ("api.loading:wait_for",),
    "places": (
        "ingest.sources.places:read_places",
        "graph.store.places:PlaceStore.put",
        "graph.store.hazards:HazardStore.put_hazards",
        "graph.store.hazards:HazardStore.put_measures",
        "nlp.question.gazetteer:Gazetteer.build",
    ),
    "reading and checking rows": ("ingest.pipeline:read_alumni",),
    "comparing with what is there": ("ingest.pipeline:compare",),
    "linking": ("nlp.linker:HazardLinker.__init__", "nlp.linker:HazardLinker.link"),
    "writing the graph": ("graph.store.people:PeopleStore.put",),
    "writing contacts, consent and the import": (
        "ingest.imports:ImportLog.record",
        "graph.contacts:ContactStore.record",
        "graph.contacts:ContactStore.hold",
        "graph.contacts:ContactStore.withhold",
    ),
    "reading the graph for the index": (
        "graph.store.people:PeopleStore.each",
        "graph.store.people:PeopleStore.as_read",
        "graph.store.people:PeopleStore.fingerprints",
        "graph.store.places:PlaceStore.reference",
    ),
    "embedding for the index": ("graph.index.vectors:Vectors.of",),
    "building the index": ("graph.index.building:build", "graph.index.building:updated"),
}


class Stopwatch:
    """Seconds by stage; only the innermost running stage of a thread counts.

    What another thread does beside the main one is a stage of its own, whose name says so: the sum of the others is
    the time that passed.
    """

    def __init__(self) -> None:
        self.seconds: dict[str, float] = defaultdict(float)
        self._of_thread = threading.local()

    def enter(self, stage: str) -> None:
        """Begin a stage inside the present one."""
        self._note()
        self._of_thread.running.append(stage)

    def leave(self) -> None:
        """End the innermost stage."""
        self._note()
        self._of_thread.running.pop()

    def _note(self) -> None:
        now, own = time.perf_counter(), self._of_thread
        if not hasattr(own, "running"):
            own.running = []
        elif own.running:
            beside = "" if threading.current_thread() is threading.main_thread() else BESIDE
            self.seconds[own.running[-1] + beside] += now - own.since
        own.since = now

    def timed(self, stage: str, function: Callable[..., Any]) -> Callable[..., Any]:
        """Return a function, or a generator function, with its stage timed."""

        @functools.wraps(function)
        def around(*arguments: Any, **named: Any) -> Any:
            self.enter(stage)
            try:
                result = function(*arguments, **named)
            finally:
                self.leave()
            return self._each(stage, result) if hasattr(result, "__next__") else result

        return around

    def _each(self, stage: str, items: Any) -> Any:
        while True:
            self.enter(stage)
            try:
                item = next(items)
            except StopIteration:
                return
            finally:
                self.leave()
            yield item


def put_on(watch: Stopwatch) -> None:
    """Put the watch on every function of `STAGES`."""
    for stage, functions in STAGES.items():
        for name in functions:
            module, _, path = name.partition(":")
            *owners, last = path.split(".")
            owner: Any = functools.reduce(getattr, owners, importlib.import_module(module))
            found = vars(owner)[last]
            if isinstance(found, (classmethod, staticmethod)):
                setattr(owner, last, type(found)(watch.timed(stage, found.__func__)))
            else:
                setattr(owner, last, watch.timed(stage, found))


if __name__ == "__main__":
    stopwatch = Stopwatch()
    put_on(stopwatch)
    try:
        main(sys.argv[2:])
    finally:
        stages = {stage: stopwatch.seconds[stage] for stage in STAGES}
        stages["the rest"] = time.perf_counter() - BEGAN - sum(stages.values())
        stages |= {stage: took for stage, took in stopwatch.seconds.items() if stage.endswith(BESIDE)}
        Path(sys.argv[1]).write_text(json.dumps(stages), encoding="utf-8")
