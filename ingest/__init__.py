"""Sources to checked records to the graph, once or again, with the same result."""
