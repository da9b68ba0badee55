"""What the driver's errors mean: in the project's own words, and whether trying again can help."""

from __future__ import annotations

from enum import Enum, auto

import neo4j
import neo4j.exceptions as of_driver

from graph.errors import City2CityError, LimitReached, Unavailable, WriteConflict, WrongInput

DRIVER_ERRORS = (of_driver.Neo4jError, of_driver.DriverError, ValueError, OSError)

_OUT_OF_MEMORY = ("OutOfMemory", "MemoryPool", "MemoryLimit")
_MET = ("ConstraintValidation", "Deadlock", "LockClient", "LockAcquisition", "Outdated", "EquivalentSchemaRule")
_AWAY = (
    "DatabaseUnavailable",
    "NotALeader",
    "ForbiddenOnReadOnlyDatabase",
    "ReadOnlyDatabase",
    "Transaction.Terminated",
)


class Failure(Enum):
    """What can be done about an error."""

    FINAL = auto()
    """Nothing: the same again fails again."""
    MET = auto()
    """Two writers met, and this one gave way: the same again may pass at once."""
    AWAY = auto()
    """The server, or the one of a cluster that writes, is not there; whether a commit went through is not known."""


def failure_of(error: Exception) -> Failure:
    """Tell what can be done about an error of the driver.

    The driver calls an out-of-memory error worth trying again; here it is final, since the same rows need the same
    memory. A commit that was not answered the driver never tries again; here it is `AWAY`, since batches are looked
    for before they are sent again.
    """
    code = _code(error)
    if any(word in code for word in _OUT_OF_MEMORY):
        return Failure.FINAL
    if any(word in code for word in _MET):
        return Failure.MET
    if any(word in code for word in _AWAY):
        return Failure.AWAY
    if isinstance(
        error,
        of_driver.ServiceUnavailable | of_driver.SessionExpired | of_driver.ConnectionAcquisitionTimeoutError | OSError,
    ):
        return Failure.AWAY
    return Failure.MET if isinstance(error, of_driver.TransientError) else Failure.FINAL


def ensure_answered(session: neo4j.Session) -> None:
    """Raise ServiceUnavailable where the commit of this session's one transaction was not really answered.

    A server that is shut down says an empty SUCCESS to whoever has a transaction open, and the driver takes that for
    the answer to a commit which the server never got. The answer to a real one brings a bookmark.
    """
    if not session.last_bookmarks().raw_values:
        raise of_driver.ServiceUnavailable("The server ended before it answered a commit.")


def translated(error: Exception, uri: str) -> City2CityError:
    """The error in the project's own words, with what the caller can do."""
    code, text = _code(error), str(getattr(error, "message", None) or error)
    if "Security" in code or "Unauthorized" in code:
        return Unavailable(f"{uri} refuses the user: {text}", "Set NEO4J_USERNAME and NEO4J_PASSWORD.")
    if "TimedOut" in code or any(word in code for word in _OUT_OF_MEMORY):
        return LimitReached(f"The query ran past a limit of the server: {text}", "Narrow the query.")
    if failure_of(error) is Failure.MET:
        return WriteConflict(f"Two writes met: {text}", "Try the write again.")
    if code.startswith("Neo.ClientError.Schema"):
        return WrongInput(
            f"A key or an index in the graph stands against one of ours: {text}", "Drop it, and try again."
        )
    if code.startswith("Neo.ClientError.Statement") or isinstance(error, ValueError):
        return WrongInput(f"The query is refused: {text}", "Mend the query; reading queries write nothing.")
    return Unavailable(f"{uri} does not answer: {text}", "Start the server, or set C2C_STORE to another graph.")


def _code(error: Exception) -> str:
    return str(getattr(error, "code", "") or "")
