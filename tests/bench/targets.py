"""The targets, each with what was measured, its floor and its alternative."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

TARGETED_PEOPLE = 15_000


@dataclass(frozen=True, slots=True)
class Target:
    """The most that a figure may be, what it was (None where the system does not tell), and what stands beside it."""

    what: str
    limit: float
    measured: float | None
    unit: str
    floor: str = ""
    alternative: str = ""

    @property
    def missed(self) -> bool:
        """True where it was measured and is more than the target."""
        return self.measured is not None and self.measured > self.limit

    @property
    def verdict(self) -> str:
        """Say whether the target is met."""
        return "not measured" if self.measured is None else "**no**" if self.missed else "yes"

    @property
    def shown(self) -> str:
        """The figure with its unit."""
        return "not told" if self.measured is None else _with_unit(self.measured, self.unit)

    @property
    def shown_limit(self) -> str:
        """The target with its unit."""
        return _with_unit(self.limit, self.unit, exact=True)


def targets(figures: dict[str, Any]) -> list[Target]:
    """Return every target, judged by the figures of one run."""
    load, ask, http, shell = figures["load"], figures["ask"], figures["http"], figures["shell"]
    floors, engine = load["floors"], figures["engine"]["query[conditions_then_neighbours]"]
    written = f"graph written alone {_with_unit(floors['write']['seconds'], 's')}"
    embedded = f"embedding alone {_with_unit(floors['embed']['seconds'], 's')}"
    merged = f"people by MERGE, places and linking not counted, {_with_unit(load['merge']['seconds'], 's')}"
    alone = {name: ask[f"{name}_alone"] for name in ("numpy", "embedding", "reading")}
    python = f"Python alone {_with_unit(shell['python']['median'], 's')}"

    def parts(percentile: str) -> str:
        return ", ".join(f"{name} {each[percentile]:.2f} ms" for name, each in alone.items())

    def queried(percentile: str) -> str:
        return f"the engine's query {engine[percentile]:.1f} ms"

    return [
        Target("files to first answer", 180, load["to_first_answer"], "s", f"{written}, {embedded}", merged),
        Target("the same, every text seen before", 60, load["to_first_answer"], "s", embedded, merged),
        Target(
            "the same files again, unchanged",
            20,
            load["again"]["seconds"],
            "s",
            f"reading the CSV alone {_with_unit(floors['csv']['seconds'], 's')}",
            merged,
        ),
        Target("ask in process, p50", 12, ask["ask"]["p50"], "ms", parts("p50"), queried("p50")),
        Target("ask in process, p95", 40, ask["ask"]["p95"], "ms", parts("p95"), queried("p95")),
        Target(
            f"HTTP with {http['clients']} clients, p50",
            60,
            http["p50"],
            "ms",
            f"ask in process times {http['clients']}: {ask['ask']['p50'] * http['clients']:.0f} ms",
            f"{queried('p50')}, in process and one at a time",
        ),
        Target("HTTP errors", 0, http["errors"], ""),
        Target("memory while loading", 1_500, load["first"]["peak_megabytes"], "MB", _memory(floors, "write")),
        Target(
            "memory while serving", 1_000, http["peak_megabytes"], "MB", _memory({"python": shell["python"]}, "python")
        ),
        Target("`c2c --help`", 0.3, shell["help"]["median"], "s", python),
        Target("`c2c ask` from a cold shell", 4, shell["ask"]["median"], "s", python),
    ]


def _memory(of: dict[str, Any], name: str) -> str:
    peak = of[name]["peak_megabytes"]
    what = {"write": "graph written alone", "python": "Python alone"}[name]
    return f"{what} {_with_unit(peak, 'MB')}" if peak is not None else ""


def _with_unit(value: float, unit: str, exact: bool = False) -> str:
    digits = 0 if unit in ("", "MB") or (exact and value == int(value)) else 1 if unit == "ms" or value >= 10 else 2
    return f"{value:,.{digits}f} {unit}".strip()
