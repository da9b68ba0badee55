"""What comes back: rows of plain values, every node and relationship in them once more for drawing, within limits."""

from __future__ import annotations

import json
from dataclasses import dataclass, field

Cell = object
"""A plain value. A node is `{"element", "labels", "properties"}`, a relationship `{"element", "type", "start", "end",
"properties"}` (its ends by their elements), a path a list of nodes and relationships in turn; dates are ISO texts."""


@dataclass(frozen=True, slots=True)
class Limits:
    """How long a query may run, and how much of its result is kept."""

    seconds: float = 10.0
    rows: int = 10_000
    bytes: int = 10_000_000


@dataclass(frozen=True, slots=True)
class Result:
    """The rows of a query, of the graph at `generation`; `truncated` where a limit of rows or bytes cut them off."""

    columns: list[str]
    rows: list[list[Cell]]
    nodes: list[dict[str, object]]
    relationships: list[dict[str, object]]
    truncated: bool
    took_ms: float
    generation: int


@dataclass(slots=True)
class Gathering:
    """Rows as they come, until a limit is reached."""

    limits: Limits
    rows: list[list[Cell]] = field(default_factory=list)
    truncated: bool = False
    _bytes: int = 0
    _nodes: dict[str, dict[str, object]] = field(default_factory=dict)
    _relationships: dict[str, dict[str, object]] = field(default_factory=dict)

    def add(self, row: list[Cell]) -> bool:
        """Keep a row and say whether more may come; nodes and relationships in it are noted once."""
        size = len(json.dumps(row, ensure_ascii=False, default=str).encode("utf-8", "surrogatepass"))
        if len(self.rows) >= self.limits.rows or self._bytes + size > self.limits.bytes:
            self.truncated = True
            return False
        self.rows.append(row)
        self._bytes += size
        for cell in row:
            self._note(cell)
        return True

    def result(self, columns: list[str], took_ms: float, generation: int) -> Result:
        """All that was gathered."""
        nodes, relationships = list(self._nodes.values()), list(self._relationships.values())
        return Result(columns, self.rows, nodes, relationships, self.truncated, took_ms, generation)

    def _note(self, cell: Cell) -> None:
        if isinstance(cell, list):
            for each in cell:
                self._note(each)
        elif isinstance(cell, dict):
            element = cell.get("element")
            if isinstance(element, str) and cell.keys() == {"element", "labels", "properties"}:
                self._nodes[element] = cell
            elif isinstance(element, str) and cell.keys() == {"element", "type", "start", "end", "properties"}:
                self._relationships[element] = cell
            else:
                for each in cell.values():
                    self._note(each)
