"""Errors of the graph, named for what the caller can do: mend the input, try again, stop."""

from __future__ import annotations


class City2CityError(Exception):
    """Something the caller can act on: `detail` says what is wrong, `mend` what to do."""

    def __init__(self, detail: str, mend: str = "") -> None:
        super().__init__(f"{detail} {mend}".strip())
        self.detail = detail
        self.mend = mend


class WrongInput(City2CityError):
    """The input is wrong; mend it and call again."""


class NotFound(City2CityError):
    """There is no such thing in the network."""


class Unavailable(City2CityError):
    """Something needed is not there (server, file, model); start it or try later."""


class GraphBusy(Unavailable):
    """Another process holds the embedded graph; the detail names its process."""


class WriteConflict(City2CityError):
    """Two writes met; the same write can be tried again."""


class LimitReached(City2CityError):
    """A limit of time or size was reached."""


class Refused(City2CityError):
    """The input is understood and not allowed; the detail says why, `mend` what is allowed instead."""
