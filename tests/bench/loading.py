"""Files to first answer: the load with its stages, again unchanged, its floors, and what one would do instead."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

from tests.bench.children import C2C, module, run

QUESTION = "who has handled coastal flooding in a delta city"

Figures = dict[str, Any]


def measure(files: Path, store: Path, scratch: Path) -> Figures:
    """Load the files into an empty store and ask; then again; then each part alone."""
    alumni = files / "alumni.csv"
    first = _load(alumni, store, scratch)
    asked = run([C2C, "ask", QUESTION, "--json"], store)
    again = _load(alumni, store, scratch)
    floors = {
        "csv": _part("csv", alumni, store, scratch),
        "embed": _part("embed", alumni, store, scratch),
        "write": _part("write", alumni, store, scratch / "write"),
    }
    return {
        "first": first,
        "ask_seconds": asked.seconds,
        "to_first_answer": first["seconds"] + asked.seconds,
        "again": again,
        "floors": floors,
        "merge": _part("merge", alumni, store, scratch / "merge"),
        "disk_megabytes": sum(path.stat().st_size for path in store.rglob("*") if path.is_file()) / 1e6,
    }


def _load(alumni: Path, store: Path, scratch: Path) -> Figures:
    times = scratch / "stages.json"
    ran = run([*module("stopwatch", str(times)), "load", "alumni", str(alumni), "--json"], store)
    report = json.loads(ran.out.strip().splitlines()[-1])
    return {
        "seconds": ran.seconds,
        "peak_megabytes": ran.peak_megabytes,
        "stages": json.loads(times.read_text(encoding="utf-8")),
        "report": {name: report.get(name) for name in ("rows", "people", "new", "changed", "unchanged", "refused")},
    }


def _part(what: str, alumni: Path, store: Path, scratch: Path) -> Figures:
    ran = run(module("load_floors", what, str(alumni), str(store), str(scratch)))
    return json.loads(ran.out.strip().splitlines()[-1]) | {"peak_megabytes": ran.peak_megabytes}


def make_files(directory: Path, people: int) -> float:
    """Make up the files of a network; return how many seconds that took."""
    return run([sys.executable, "-m", "ingest.synthetic", str(directory), "--people", str(people)]).seconds
