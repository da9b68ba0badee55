"""What is asked of both engines: questions of every kind, and cities of every kind."""

from __future__ import annotations

from pathlib import Path

_TWO_HUNDRED = (Path(__file__).parents[1] / "bench" / "questions.txt").read_text(encoding="utf-8").splitlines()

_OF_OTHER_KINDS = (
    "who lives in Jakarta and knows about floods",
    "people from Ghana who worked on drought in Kenya",
    "Indonesian engineers based in the Netherlands",
    "storm experts who speak Spanish",
    "floods or droughts in East Africa",
    "who built mangroves or early warning systems in a delta",
    "cities like Rotterdam and their flood experts",
    "not in Asia: landslides, no researchers",
    "rainwater harvesting since 2018",
    "coastal erosion between 2005 and 2012",
    "early warning for tsunamis in megacities before 2015",
    "erosion",
    "pollution in river cities",
    "who can help us",
    "Rotterdam",
    "teachers of water management in Latin America",
    "who restored wetlands in small island states with the community",
    "سيول",
    "洪水",
    "who worked on floods in Portuguese but not in Brazil, no consultants, since 2010",
    "planners with experience of drought, not in Europe and not in Asia, before 2012",
)
"""Homes, origins, groups of which one suffices, likeness, years on both sides, one word alone, and nothing at all."""

QUESTIONS = (*_TWO_HUNDRED[::2], *_OF_OTHER_KINDS)

CITIES = {
    "2747891": "Rotterdam",
    "1642911": "Jakarta",
    "1627896": "Semarang",
    "1586203": "Cần Thơ",
    "3390760": "Recife",
    "184745": "Nairobi",
    "1185241": "Dhaka",
    "1282027": "Male",
    "3530597": "Mexico City",
    "360630": "Cairo",
    "3911925": "La Paz",
    "2657896": "Zürich",
}
"""Cities in deltas, on coasts and islands, in mountains and deserts, by GeoNames id."""
