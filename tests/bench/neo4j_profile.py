"""How the server runs a query: its plan with rows and database hits, by PROFILE."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import neo4j

_LONGEST = 96


def profiled(driver: neo4j.Driver, text: str, parameters: Mapping[str, Any]) -> list[tuple[str, int, int]]:
    """Run a query by PROFILE; return each operator, indented by depth, with its rows and database hits."""
    with driver.session() as session:
        profile = session.run(f"PROFILE {text}", dict(parameters)).consume().profile
    return list(_operators(profile or {}, 0))


def indexes_used(operators: list[tuple[str, int, int]]) -> list[str]:
    """Return the operators that look something up in an index, each once, in the order of the plan."""
    return list(dict.fromkeys(name.strip() for name, _, _ in operators if "IndexSeek" in name))


def _operators(plan: Mapping[str, Any], depth: int) -> Iterator[tuple[str, int, int]]:
    details = " ".join(str(plan.get("args", {}).get("Details", "")).split())
    name = f"{plan.get('operatorType', '').removesuffix('@neo4j')} {details}".strip()
    shown = name if len(name) <= _LONGEST else f"{name[: _LONGEST - 1]}…"
    yield f"{' ' * depth}{shown}", int(plan.get("rows", 0)), int(plan.get("dbHits", 0))
    for child in reversed(plan.get("children", ())):
        yield from _operators(child, depth + 1)
