"""Hazards also worth asking for: those that cause, or are caused by, the ones asked for."""

from __future__ import annotations

from graph.answers.conditions import Conditions
from graph.index.reference import Reference
from graph.index.reference_file import kinds_upward
from graph.model.answers import Suggestion

_MOST = 6


def also_worth_asking(conditions: Conditions, reference: Reference) -> tuple[Suggestion, ...]:
    """Return causes first, then effects, each once; no hazard asked for or excluded, and no kind of one."""
    wanted = [m.term.id for c in conditions.wanted for m in c.members if m.slot == "hazards"]
    passed_over = {*wanted, *(m.term.id for m in conditions.excluded if m.slot == "hazards")}
    hazards = reference.hazards
    causes = [
        (hazard.id, asked, hazard.id) for asked in wanted for hazard in hazards.values() if asked in hazard.causes
    ]
    effects = [(asked, effect, effect) for asked in wanted for effect in hazards[asked].causes if effect in hazards]
    found: dict[str, Suggestion] = {}
    for cause, effect, suggested in [*causes, *effects]:
        if passed_over.isdisjoint(kinds_upward(hazards, suggested)):
            why = f"{hazards[cause].name} can cause {hazards[effect].name}"
            found.setdefault(suggested, Suggestion(suggested, hazards[suggested].name, why))
    return tuple(found.values())[:_MOST]
