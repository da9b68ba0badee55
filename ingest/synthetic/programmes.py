"""Study programmes, with the hazards that each leads to, and the kinds of work that people do."""

from __future__ import annotations

from collections.abc import Mapping

PROGRAMMES: Mapping[str, tuple[str, ...]] = {
    "Flood Risk Management": (
        "flooding", "riverine-flooding", "coastal-flooding", "flash-flooding", "surface-water-flooding", "storm-surge",
    ),
    "Hydraulic Engineering and River Basin Development": (
        "riverine-flooding", "river-erosion", "dam-failure", "estuarine-flooding", "flooding",
    ),
    "Coastal Engineering and Port Development": (
        "coastal-flooding", "coastal-erosion", "storm-surge", "tsunami", "sea-level-rise", "estuarine-flooding",
    ),
    "Hydrology and Water Resources": (
        "drought", "heavy-rain", "riverine-flooding", "flash-flooding", "glacial-lake-outburst", "water-scarcity",
    ),
    "Groundwater and Global Change": (
        "groundwater-depletion", "saltwater-intrusion", "groundwater-flooding", "land-subsidence", "water-scarcity",
    ),
    "Urban Water and Sanitation": (
        "water-supply-failure", "waterborne-disease", "sewer-flooding", "surface-water-flooding", "water-pollution",
    ),
    "Water Supply Engineering": (
        "water-supply-failure", "water-scarcity", "waterborne-disease", "earthquake", "volcanic-ash",
    ),
    "Sanitary Engineering": ("waterborne-disease", "water-pollution", "sewer-flooding", "vector-borne-disease"),
    "Land and Water Development for Food Security": (
        "drought", "soil-salinity", "soil-erosion", "water-scarcity", "desertification", "hail",
    ),
    "Water Management and Governance": ("water-scarcity", "flooding", "drought", "water-pollution"),
    "Environmental Science and Technology": (
        "water-pollution", "air-pollution", "eutrophication", "algal-bloom", "desertification",
    ),
    "Limnology and Wetland Management": ("eutrophication", "algal-bloom", "biodiversity-loss", "wildfire"),
    "Water Quality Management": ("water-pollution", "eutrophication", "algal-bloom", "saltwater-intrusion"),
    "Disaster Risk Reduction": (
        "earthquake", "landslide", "tropical-cyclone", "wildfire", "avalanche", "tornado", "volcanic-ash", "tsunami",
    ),
    "Hydroinformatics": ("flooding", "heavy-rain", "surface-water-flooding", "storm-surge", "water-supply-failure"),
    "Climate Adaptation and Resilient Cities": (
        "heatwave", "sea-level-rise", "surface-water-flooding", "heavy-rain", "cold-wave", "heavy-snow", "strong-wind",
        "extratropical-storm",
    ),
}  # fmt: skip
"""Programme and the hazards that its graduates work on more often than others do."""

ORGANISATION_KINDS: Mapping[str, tuple[str, ...]] = {
    "engineer": ("utility", "company", "government", "government"),
    "planner": ("government", "government", "company"),
    "manager": ("utility", "utility", "government", "ngo"),
    "researcher": ("research",),
    "teacher": ("research",),
    "consultant": ("company",),
    "policy-maker": ("government",),
    "responder": ("government", "community", "ngo"),
    "community-worker": ("ngo", "community"),
}
"""Roles and the kinds of organisation where such people work."""

ROLE_WEIGHTS: Mapping[str, float] = {
    "engineer": 24, "planner": 12, "manager": 15, "researcher": 13, "teacher": 7, "consultant": 9,
    "policy-maker": 9, "responder": 6, "community-worker": 8,
}  # fmt: skip
"""How often each role is met."""

LEVELS = ("junior", "medior", "senior", "head", "director")
"""Levels as people state them, from the beginning of a career on."""
