"""A problem as every error tells it."""

from __future__ import annotations

from pydantic import BaseModel


class Problem(BaseModel):
    """A problem (RFC 9457) with what the caller can do; `position` is line and column, where they are known."""

    type: str
    title: str
    status: int
    detail: str
    mend: str
    position: dict[str, int] | None = None
