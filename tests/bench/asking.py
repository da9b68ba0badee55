"""The 200 questions, and the figures that pytest-benchmark gives of them."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import numpy as np

from tests.bench.children import ROOT, environment

QUESTIONS = tuple(Path(__file__).with_name("questions.txt").read_text(encoding="utf-8").splitlines())


def percentiles(seconds: list[float]) -> dict[str, float]:
    """Return p50, p95 and the most of some durations, in milliseconds."""
    some = np.array(seconds) * 1000
    return {"p50": float(np.percentile(some, 50)), "p95": float(np.percentile(some, 95)), "most": float(some.max())}


def measure(file: str, store: Path, scratch: Path) -> dict[str, Any]:
    """Run one file of benchmarks over a store; return for each its percentiles and what it noted beside them."""
    told = scratch / f"{file}.json"
    arguments = ["-q", "-o", "python_files=bench_*.py", "-W", "default", "-p", "no:cacheprovider"]
    done = subprocess.run(
        [sys.executable, "-m", "pytest", f"tests/bench/{file}", *arguments, f"--benchmark-json={told}"],
        env=environment() | {"C2C_BENCH_STORE": str(store), "C2C_BENCH_SCRATCH": str(scratch)},
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        raise RuntimeError(f"{file} failed:\n{done.stdout[-6000:]}\n{done.stderr[-2000:]}")
    return {
        each["name"].removeprefix("test_"): percentiles(each["stats"]["data"]) | each["extra_info"]
        for each in json.loads(told.read_text(encoding="utf-8"))["benchmarks"]
    }
