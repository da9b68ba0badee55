"""GET /hazards, /measures."""

from __future__ import annotations

from fastapi import APIRouter

from api import conversion
from api import schemas as wire
from api.routes.common import PROBLEMS, LimitGiven, NetworkGiven, OffsetGiven

router = APIRouter(tags=["vocabulary"], responses=PROBLEMS)


@router.get("/hazards", response_model_exclude_unset=True)
def hazards(network: NetworkGiven, limit: LimitGiven = 100, offset: OffsetGiven = 0) -> wire.Hazards:
    """List the hazards with their codes (Hazard Information Profiles, 2025 edition)."""
    every = sorted(network.vocabulary.hazards.values(), key=lambda hazard: hazard.id)
    return wire.Hazards(
        total=len(every), items=[conversion.hazard_item(hazard) for hazard in every[offset : offset + limit]]
    )


@router.get("/measures", response_model_exclude_unset=True)
def measures(network: NetworkGiven, limit: LimitGiven = 100, offset: OffsetGiven = 0) -> wire.Measures:
    """List the measures with the hazards that each reduces."""
    every = sorted(network.vocabulary.measures.values(), key=lambda measure: measure.id)
    return wire.Measures(
        total=len(every), items=[conversion.measure_item(measure) for measure in every[offset : offset + limit]]
    )
