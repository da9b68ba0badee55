"""Topics, judgements and runs in the forms that trec_eval reads."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from graph.errors import WrongInput
from nlp.evaluation.lines import numbered_lines

Run = Mapping[str, Sequence[tuple[str, float]]]
"""People with their scores by topic, best first."""
Judgements = Mapping[str, Mapping[str, int]]
"""Grade of each judged person by topic; above 0 is relevant."""


def read_topics(path: Path) -> dict[str, str]:
    """Read lines of a topic's id, a tab, and its text. Raises WrongInput, naming the line."""
    found: dict[str, str] = {}
    for where, line in numbered_lines(path):
        id, separator, text = line.partition("\t")
        if not separator or not id.strip() or not text.strip():
            raise WrongInput(f"{where}: {line[:60]!r} is no id, tab and text.", "Write id<TAB>text on each line.")
        if id.strip() in found:
            raise WrongInput(f"{where}: the topic {id.strip()!r} stands twice.", "Give every topic an id of its own.")
        found[id.strip()] = text.strip()
    if not found:
        raise WrongInput(f"{path} has no topics.", "Write id<TAB>text on each line.")
    return found


def read_judgements(path: Path, topics: Iterable[str]) -> dict[str, dict[str, int]]:
    """Read lines of `topic 0 person grade`; judgements of other topics are left out.

    Raises WrongInput for a line of another form, or where no topic has a relevant person.
    """
    found: dict[str, dict[str, int]] = {topic: {} for topic in topics}
    for where, line in numbered_lines(path):
        parts = line.split()
        if len(parts) != 4 or not parts[3].lstrip("-").isdigit():
            raise WrongInput(f"{where}: {line[:60]!r} is not `topic 0 person grade`.", "Write qrels as TREC has them.")
        if parts[0] in found:
            found[parts[0]][parts[2]] = max(0, int(parts[3]))
    if not any(grade for grades in found.values() for grade in grades.values()):
        raise WrongInput(
            f"{path} holds nobody relevant to these topics.", "Check that both files name the same topics."
        )
    return found


def write_run(path: Path, run: Run, name: str) -> None:
    """Write a run: `topic Q0 person rank score name`, ranks from 1; the order of lines is the order of people."""
    with path.open("w", encoding="utf-8") as file:
        for topic, people in run.items():
            for rank, (person, score) in enumerate(people, 1):
                file.write(f"{topic} Q0 {person} {rank} {score:.6f} {name}\n")
