"""Frozen domain values: people, places, hazards and measures, links, questions and answers."""
