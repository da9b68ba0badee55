"""The command `c2c`: runs here, or through the server that holds the network; exit codes as the contract says."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from typing import TYPE_CHECKING

from graph.errors import City2CityError, LimitReached, NotFound, Refused, Unavailable, WriteConflict, WrongInput

if TYPE_CHECKING:
    from api.cli.session import Session

EXIT_DONE, EXIT_NOTHING, EXIT_WRONG_USE, EXIT_NOT_THERE, EXIT_LIMIT = 0, 1, 2, 3, 4

EXIT_CODES: tuple[tuple[type[City2CityError], int], ...] = (
    (NotFound, EXIT_NOTHING),
    (WrongInput, EXIT_WRONG_USE),
    (Refused, EXIT_WRONG_USE),
    (LimitReached, EXIT_LIMIT),
    (Unavailable, EXIT_NOT_THERE),
    (WriteConflict, EXIT_NOT_THERE),
)


def exit_code(error: City2CityError) -> int:
    """Return the exit code that tells a script what to do about an error."""
    return next((code for kind, code in EXIT_CODES if isinstance(error, kind)), EXIT_NOT_THERE)


def run(arguments: Sequence[str], session: Session) -> int:
    """Run one command in the given session and return its exit code; errors are said on the session's terminal."""
    import typer

    from api.cli.commands import app

    try:
        result = typer.main.get_command(app).main(
            args=list(arguments), prog_name="c2c", obj=session, standalone_mode=False
        )
    except typer.TyperException as error:
        session.terminal.err.print(f"c2c: {error.format_message()}", markup=False)
        session.terminal.err.print(f"     Try {session.command} --help.", markup=False)
        return EXIT_WRONG_USE
    except typer.Abort:
        session.terminal.err.print("Stopped.")
        return EXIT_NOT_THERE
    except City2CityError as error:
        say_error(session, error)
        return exit_code(error)
    except BrokenPipeError:
        raise
    except OSError as error:
        say_error(session, Unavailable(_said_by_system(error), "Check that it is there and who may read or write it."))
        return EXIT_NOT_THERE
    finally:
        session.close()
    return result if isinstance(result, int) else EXIT_DONE


def _said_by_system(error: OSError) -> str:
    return f"{error.filename}: {error.strerror}." if error.filename else f"{error}."


def say_error(session: Session, error: City2CityError) -> None:
    """Say what is wrong and what to do, on the terminal's message side."""
    from rich.text import Text

    session.terminal.err.print(Text("c2c: ", style="bold red") + Text(error.detail))
    if error.mend:
        session.terminal.err.print(Text(f"     {error.mend}"))


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the command line and exit with the contract's code."""
    given = list(sys.argv[1:] if arguments is None else arguments)
    from api.cli.session import Session
    from api.cli.terminal import own_terminal
    from api.settings import read_settings

    terminal = own_terminal()
    try:
        _require_text(given)
        settings = read_settings()
    except WrongInput as error:
        terminal.err.print(f"c2c: {error}", markup=False)
        raise SystemExit(EXIT_WRONG_USE) from None
    try:
        code = _here_or_there(given, Session(settings, terminal, command=f"c2c {given[0]}" if given else "c2c"))
    except BrokenPipeError:
        # Whoever read the output has seen enough, as `head` does.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        code = EXIT_DONE
    except City2CityError as error:
        terminal.err.print(f"c2c: {error}", markup=False)
        code = exit_code(error)
    raise SystemExit(code)


def _require_text(arguments: Sequence[str]) -> None:
    for number, argument in enumerate(arguments, 1):
        try:
            argument.encode()
        except UnicodeEncodeError:
            raise WrongInput(f"Argument {number} is not in UTF-8.", "Type it in a terminal that is.") from None


def _here_or_there(arguments: Sequence[str], session: Session) -> int:
    from api.cli.session import HeldByServer

    try:
        return run(arguments, session)
    except HeldByServer as held:
        server = held.server
    from api.cli.forwarding import forward

    return forward(server, arguments, session.terminal)
