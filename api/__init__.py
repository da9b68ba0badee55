"""The front doors: command line, HTTP, pages; and the one place that wires things together."""
