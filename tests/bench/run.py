"""`python -m tests.bench.run` (`make bench`): measures City2City on this machine and writes docs/benchmarks.md."""

from __future__ import annotations

import argparse
import json
import shutil
import sys
import tempfile
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

from tests.bench import asking, loading, machine, serving, shell
from tests.bench.children import ROOT
from tests.bench.page import page

PEOPLE = 15_000


def main() -> None:
    """Run every benchmark, one after the other, and write the page."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench.run", description=__doc__)
    parser.add_argument(
        "--people", type=int, default=PEOPLE, help="how many made-up alumni; the targets are for 15,000"
    )
    parser.add_argument("--page", type=Path, default=ROOT / "docs" / "benchmarks.md", help="where the page is written")
    parser.add_argument("--figures", type=Path, help="write the figures to this JSON file too")
    chosen = parser.parse_args()
    work = Path(tempfile.mkdtemp(prefix="c2c-bench-"))
    try:
        figures = measure(work, chosen.people)
    finally:
        shutil.rmtree(work, ignore_errors=True)
    if chosen.figures:
        chosen.figures.write_text(json.dumps(figures, indent=1, ensure_ascii=False), encoding="utf-8")
    chosen.page.write_text(page(figures), encoding="utf-8")
    print(f"Written: {chosen.page}")


def measure(work: Path, people: int) -> dict[str, Any]:
    """Measure everything over a network of so many people, in an empty directory."""
    files, store, scratch = work / "files", work / "network", work / "scratch"
    scratch.mkdir()
    figures: dict[str, Any] = {"machine": machine.described(), "date": date.today().isoformat(), "people": people}
    figures["files_seconds"] = _said("making up the files", lambda: loading.make_files(files, people))
    figures["load"] = _said("loading", lambda: loading.measure(files, store, scratch))
    figures["ask"] = _said("asking in process", lambda: asking.measure("bench_ask.py", store, scratch))
    figures["shell"] = _said("the command line", lambda: shell.measure(store))
    figures["http"] = _said("asking over HTTP", lambda: serving.measure(store))
    figures["engine"] = _said("asking the engine itself", lambda: asking.measure("bench_engine.py", store, scratch))
    return figures


def _said(what: str, measured: Callable[[], Any]) -> Any:
    print(f"{what} …", file=sys.stderr, flush=True)
    return measured()


if __name__ == "__main__":
    main()
