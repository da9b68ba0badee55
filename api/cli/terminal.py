"""Where a command reads and writes: this process's terminal, or the one of a client whose command was forwarded."""

from __future__ import annotations

import contextlib
import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from rich.console import Console

ProgressCallback = Callable[[str, int, int], None]
"""Called with what is being done, how many are done, and how many there are."""


@dataclass(frozen=True, slots=True)
class Terminal:
    """Output for results, output for messages and progress, and the directory that paths are relative to."""

    out: Console
    err: Console
    directory: Path

    def path(self, given: Path | str) -> Path:
        """Return a path as the person meant it: relative to where the command was given."""
        return self.directory / Path(given).expanduser()

    def json(self, value: Any) -> None:
        """Write one JSON object on a line of its own."""
        self.out.file.write(json.dumps(value, ensure_ascii=False) + "\n")

    def line(self, text: str) -> None:
        """Write a line to the results as it is, without markup or wrapping."""
        self.out.file.write(text + "\n")

    @contextlib.contextmanager
    def progress(self) -> Iterator[ProgressCallback]:
        """Show a bar for each thing that is being done while the block runs."""
        from rich.progress import BarColumn, MofNCompleteColumn, Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

        with Progress(
            SpinnerColumn(),
            TextColumn("{task.description}"),
            BarColumn(),
            MofNCompleteColumn(),
            TimeElapsedColumn(),
            console=self.err,
        ) as bars:
            tasks: dict[str, Any] = {}

            def report(what: str, done: int, total: int) -> None:
                if what not in tasks:
                    tasks[what] = bars.add_task(what, total=max(total, 1))
                bars.update(tasks[what], completed=done if total else 1, total=max(total, 1))

            yield report


def own_terminal() -> Terminal:
    """Return this process's own terminal."""
    from rich.console import Console

    return Terminal(
        out=Console(soft_wrap=False),
        err=Console(stderr=True),
        directory=Path.cwd(),
    )
