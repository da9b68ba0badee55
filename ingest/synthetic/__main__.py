"""`python -m ingest.synthetic DIR --people N` writes the demo network's files."""

from __future__ import annotations

import argparse
from pathlib import Path

from ingest.synthetic.generating import generate


def main() -> None:
    """Write the files that the command line asks for and say what was written."""
    parser = argparse.ArgumentParser(prog="python -m ingest.synthetic", description=__doc__)
    parser.add_argument("directory", type=Path, help="where alumni.csv, actions.csv and truth.jsonl are written")
    parser.add_argument("--people", type=int, default=15_000, help="how many alumni are made up")
    parser.add_argument("--seed", type=int, default=2026, help="another seed makes up another network")
    chosen = parser.parse_args()
    made = generate(chosen.directory, people=chosen.people, seed=chosen.seed)
    print(f"{made.people} made-up people from {made.countries} countries with {made.texts} texts in {chosen.directory}")


if __name__ == "__main__":
    main()
