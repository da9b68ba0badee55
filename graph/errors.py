"""Errors of the graph, named for what the caller can do: mend the input, try again, stop."""

from __future__ import annotations

from typing import NamedTuple


class Position(NamedTuple):
    """A place in a text that was given: line and column, both counted from 1."""

    line: int
    column: int


class City2CityError(Exception):
    """Something the caller can act on: `detail` says what is wrong, `mend` what to do, `position` where in a text."""

    def __init__(self, detail: str, mend: str = "", position: Position | None = None) -> None:
        super().__init__(f"{detail} {mend}".strip())
        self.detail = detail
        self.mend = mend
        self.position = position


class WrongInput(City2CityError):
    """The input is wrong; mend it and call again."""


class NotFound(City2CityError):
    """There is no such thing in the network."""


class Unavailable(City2CityError):
    """Something needed is not there (server, file, model); start it or try later."""


class GraphBusy(Unavailable):
    """Another process holds the embedded graph; the detail names its process."""


class OtherVersion(Unavailable):
    """The graph has another schema version than this City2City; migrate the graph, or upgrade City2City."""


class WriteConflict(City2CityError):
    """Two writes met; the same write can be tried again."""


class LimitReached(City2CityError):
    """A limit of time or size was reached."""


class Refused(City2CityError):
    """The input is understood and not allowed; the detail says why, `mend` what is allowed instead."""
