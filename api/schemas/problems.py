"""A problem as every error tells it."""

from __future__ import annotations

from pydantic import BaseModel


class Problem(BaseModel):
    """A problem (RFC 9457) with what the caller can do."""

    type: str
    title: str
    status: int
    detail: str
    mend: str
