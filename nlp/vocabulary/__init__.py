"""Hazards, measures, traits, roles, regions and the words people use for them, in nine languages."""

from nlp.vocabulary.loading import LANGUAGES, Group, NamesById, Vocabulary, vocabulary

__all__ = ["LANGUAGES", "Group", "NamesById", "Vocabulary", "vocabulary"]
