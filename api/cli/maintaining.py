"""`c2c status`, `c2c undo`, `c2c compact`: what the network holds, and its upkeep."""

from __future__ import annotations

import typer

from api.cli.options import Json
from api.cli.session import session_of

SHOWN = 8


def status(context: typer.Context, json: Json = False) -> int:
    """Show what the network holds, who is withheld for want of consent, and whom no hazard question finds.

    Example: c2c status
    """
    from api.cli.catching_up import ready
    from api.conversion import as_json
    from api.counting import status as count

    session = session_of(context)
    network = ready(session)
    counted = as_json(count(network))
    if json:
        session.terminal.json(counted)
        return 0
    for name in ("store", "people", "expertises", "generation", "embedder", "withdrawn"):
        session.terminal.line(f"{name + ':':<14}{counted[name]}")
    for name, what in (("withheld", "Withheld"), ("not_findable_by_hazard", "No hazard question finds")):
        tally = counted[name]
        session.terminal.line(f"{what}: {tally['total']} people")
        for by in ("country", "programme"):
            shown = ", ".join(f"{key} {count}" for key, count in list(tally[by].items())[:SHOWN])
            if shown:
                session.terminal.line(f"  by {by}: {shown}{' …' if len(tally[by]) > SHOWN else ''}")
    return 0


def undo(context: typer.Context) -> int:
    """Take back the last load of people: everyone as they were before it.

    Example: c2c undo
    """
    from api.loading import undo_last

    session = session_of(context)
    with session.changing() as (network, progress):
        told = undo_last(network, progress)
    session.terminal.line(told)
    return 0


def compact(context: typer.Context) -> int:
    """Rewrite the files so that deleted bytes are gone from the disk.

    Example: c2c compact
    """
    session = session_of(context)
    with session.graph() as network, session.terminal.progress() as progress:
        progress("Rewriting files", 0, 3)
        with network.writing:
            network.forget_copies()
            network.engine.compact()
            progress("Rewriting files", 1, 3)
            network.contacts.forget_deleted()
            progress("Rewriting files", 2, 3)
            network.imports.forget_deleted()
            progress("Rewriting files", 3, 3)
    session.terminal.line("Done: deleted bytes are gone, as far as the engine can.")
    return 0


def register(app: typer.Typer) -> None:
    """Add these commands."""
    app.command()(status)
    app.command()(undo)
    app.command()(compact)
