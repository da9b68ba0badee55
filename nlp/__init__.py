"""Words to meaning: vocabulary, embeddings, expertise-to-hazard links, questions."""
