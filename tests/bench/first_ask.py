"""`python -m tests.bench.first_ask STORE`: what the first of everything costs after opening. Prints one JSON object."""

from __future__ import annotations

import json
import sys
import time
from pathlib import Path

from api import answering
from api.settings import read_settings
from api.wiring import Network
from graph.model.questions import AskRequest

QUESTION = "who has handled coastal flooding in a delta city"


def main(store: Path) -> dict[str, float]:
    """Time opening the index, the reader and the embedder, the first and second ask, then engine and its first read."""
    told: dict[str, float] = {}
    with Network(read_settings({"C2C_STORE": f"embedded:{store}"})) as network:
        began = time.perf_counter()
        _ = network.index
        told["index"], began = time.perf_counter() - began, time.perf_counter()
        _ = network.reader
        told["reader"], began = time.perf_counter() - began, time.perf_counter()
        _ = network.embedder
        told["embedder"], began = time.perf_counter() - began, time.perf_counter()
        answering.ask(network, AskRequest(QUESTION))
        told["first ask"], began = time.perf_counter() - began, time.perf_counter()
        answering.ask(network, AskRequest(QUESTION))
        told["second ask"], began = time.perf_counter() - began, time.perf_counter()
        engine = network.engine
        told["engine"], began = time.perf_counter() - began, time.perf_counter()
        text = "MATCH (h:Hazard {id: $id})<-[:APPLIES_TO]-(e:Expertise) RETURN e.id AS id LIMIT 10"
        engine.read(text, {"id": "coastal-flooding"})
        told["first query of the engine"], began = time.perf_counter() - began, time.perf_counter()
        engine.read(text, {"id": "coastal-flooding"})
        told["second query of the engine"] = time.perf_counter() - began
    return told


if __name__ == "__main__":
    print(json.dumps(main(Path(sys.argv[1]))))
