"""Traditional forms of the Chinese characters that the vocabulary's names are written with."""

from __future__ import annotations

SIMPLIFIED: dict[str, str] = {}
"""Traditional character -> simplified one."""
