"""Alumni files: template, mapping, reading, checks."""
