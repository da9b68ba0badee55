"""Researchers' Cypher: what a query may do is judged before it runs, and what comes back is kept within limits."""
