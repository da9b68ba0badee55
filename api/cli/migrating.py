"""`c2c migrate`: the graph brought forward to the schema version of this City2City."""

from __future__ import annotations

import time
from contextlib import ExitStack
from typing import TYPE_CHECKING

import typer

from api.cli.options import Json
from api.cli.session import Session, session_of
from graph.errors import GraphBusy

if TYPE_CHECKING:
    from api.wiring import Network
    from graph.store.migrating import Migrated

SECONDS_BETWEEN_LOOKS = 0.2


def migrate(context: typer.Context, json: Json = False) -> int:
    """Bring the graph forward to this City2City: keys, indexes, and data that is now kept otherwise.

    Example: c2c migrate
    """
    from graph.store.migrating import migrate as bring_forward

    session = session_of(context)
    with ExitStack() as opened:
        network = _when_free(session, opened)
        with network.writing, session.terminal.progress() as progress:
            migrated = bring_forward(network.any_engine, progress)
    if json:
        steps = [{"version": step.version, "what": step.what} for step in migrated.steps]
        told = {"store": session.settings.store, "before": migrated.before, "after": migrated.after, "steps": steps}
        session.terminal.json(told)
        return 0
    for line in _lines(migrated):
        session.terminal.line(line)
    return 0


def _when_free(session: Session, opened: ExitStack) -> Network:
    """Return the network, its graph held until `opened` ends; whoever holds an embedded one is waited for."""
    settings = session.settings
    if settings.embedded and session.shared is None and not settings.graph_directory.exists():
        session.network().require_loaded()
    waited = ""
    while True:
        try:
            return opened.enter_context(session.graph(make=True))
        except GraphBusy as busy:
            if busy.detail != waited:
                waited = busy.detail
                session.terminal.err.print(f"{waited} Waiting for it to end.", markup=False)
            time.sleep(SECONDS_BETWEEN_LOOKS)


def _lines(migrated: Migrated) -> list[str]:
    if migrated.before == migrated.after:
        return [f"The graph has schema version {migrated.after} already; its keys and indexes are in place."]
    if migrated.before is None:
        return [f"The graph was empty and is ready for a load, with schema version {migrated.after}."]
    return [
        f"The graph went from schema version {migrated.before} to {migrated.after}:",
        *(f"  {step.version}  {step.what}" for step in migrated.steps),
    ]


def register(app: typer.Typer) -> None:
    """Add these commands."""
    app.command()(migrate)
