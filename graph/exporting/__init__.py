"""The graph written out as files."""
