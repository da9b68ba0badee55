"""What is not of its form, told in one way wherever it comes in: over HTTP, in a command, or from a program."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator, Sequence
from typing import Any

from pydantic import ValidationError

from graph.errors import WrongInput

_TOLD = 5


def faults_told(faults: Sequence[Any]) -> str:
    """The first faults, each with the field it is in."""
    return "; ".join(f"{'.'.join(map(str, fault['loc']))}: {fault['msg']}" for fault in faults[:_TOLD])


@contextlib.contextmanager
def of_its_form() -> Iterator[None]:
    """Raise WrongInput, naming the fields, where something made in the block is not of its form."""
    try:
        yield
    except ValidationError as error:
        raise WrongInput(
            faults_told(error.errors()), "Mend the named fields; they are described in docs/client.md."
        ) from error
