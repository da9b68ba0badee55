"""The IPCC's authors as a test of expert finding: a chapter's title asks, chapters of earlier reports tell who wrote.

`python -m tests.quality.ipcc DIR` writes people.csv, evidence.jsonl, topics.tsv and qrels.txt: what
`c2c evaluate experts` takes.
"""

from __future__ import annotations

import csv
import json
import sys
from collections import defaultdict
from pathlib import Path

SOURCE = Path(__file__).parents[2].parent / "shared" / "data" / "ipcc_authors" / "ipcc_authors_ar1_ar4.csv"
LAST = "AR4"
YEARS = {"AR1": 1990, "AR2": 1995, "AR3": 2001}
LEAST_KNOWN = 5
"""A topic is a chapter of the last report that at least so many earlier authors wrote."""


def write(directory: Path, source: Path = SOURCE) -> int:
    """Write the four files and return how many topics there are."""
    rows = [row for row in csv.DictReader(source.open(encoding="utf-8")) if row["chapter_title"].strip()]
    earlier = [row for row in rows if row["report"] != LAST]
    known = {row["author_id"]: row for row in earlier}
    authors: dict[tuple[str, str], set[str]] = defaultdict(set)
    for row in rows:
        if row["report"] == LAST and row["author_id"] in known:
            authors[row["working_group"], row["chapter_title"]].add(row["author_id"])
    topics = sorted(chapter for chapter, people in authors.items() if len(people) >= LEAST_KNOWN)
    directory.mkdir(parents=True, exist_ok=True)
    with (directory / "people.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(["id", "name", "country"])
        writer.writerows([id, f"{row['first_name']} {row['last_name']}".strip(), ""] for id, row in known.items())
    with (directory / "evidence.jsonl").open("w", encoding="utf-8") as file:
        for row in earlier:
            record = {"person": row["author_id"], "text": row["chapter_title"], "year": YEARS[row["report"]]}
            file.write(json.dumps(record, ensure_ascii=False) + "\n")
    lines = [f"{number}\t{title}\n" for number, (_, title) in enumerate(topics, 1)]
    (directory / "topics.tsv").write_text("".join(lines), encoding="utf-8")
    judged = [f"{number} 0 {id} 1\n" for number, chapter in enumerate(topics, 1) for id in sorted(authors[chapter])]
    (directory / "qrels.txt").write_text("".join(judged), encoding="utf-8")
    return len(topics)


if __name__ == "__main__":
    print(write(Path(sys.argv[1])), "topics")
