"""Commands from a cold shell: the median of some runs, each a process of its own."""

from __future__ import annotations

import json
import statistics
import sys
from pathlib import Path
from typing import Any

from tests.bench.children import C2C, module, run

RUNS = 7
QUESTION = "who has handled coastal flooding in a delta city"


def measure(store: Path) -> dict[str, Any]:
    """Time the help, an ask, and an interpreter that does nothing; then what opening costs, part by part."""
    commands = {
        "python": [sys.executable, "-c", "pass"],
        "help": [C2C, "--help"],
        "ask": [C2C, "ask", QUESTION],
    }
    timed: dict[str, Any] = {}
    for name, command in commands.items():
        runs = [run(command, store) for _ in range(RUNS)]
        timed[name] = {
            "median": statistics.median(each.seconds for each in runs),
            "least": min(each.seconds for each in runs),
            "most": max(each.seconds for each in runs),
            "peak_megabytes": max((each.peak_megabytes or 0.0) for each in runs) or None,
        }
    timed["opening"] = json.loads(run(module("first_ask", str(store))).out.strip().splitlines()[-1])
    return timed
