"""`c2c load`, `c2c template`, `c2c demo`: networks from files, and the made-up one."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from api.cli.options import Json, existing
from api.cli.session import session_of

load_app = typer.Typer(no_args_is_help=True, help="Load places, people, or what cities did; again changes nothing.")
File = Annotated[Path, typer.Argument(help="the file", show_default=False)]


@load_app.command()
def alumni(
    context: typer.Context,
    file: File,
    mapping: Annotated[Path | None, typer.Option(help="a TOML file that maps other column names")] = None,
    source: Annotated[str | None, typer.Option(help="whose file this is, if not the file's name")] = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="show what would happen and write nothing")] = False,
    remove_missing: Annotated[
        bool, typer.Option("--remove-missing", help="remove people and rows that left the file")
    ] = False,
    json: Json = False,
) -> int:
    """Load a CSV or XLSX file of alumni: good rows load, bad ones are reported with what to do.

    Example: c2c load alumni alumni.xlsx --dry-run
    """
    from api.loading import AlumniLoad, load_alumni

    session = session_of(context)
    path = existing(session.terminal.path(file))
    mapping_path = existing(session.terminal.path(mapping)) if mapping else None
    load = AlumniLoad(path, mapping_path, source, dry_run=dry_run, remove_missing=remove_missing)
    with session.changing(make=True) as (network, progress):
        report = load_alumni(network, load, progress)
    from api.cli.reporting import show_report

    return show_report(session, report, json)


@load_app.command()
def actions(
    context: typer.Context,
    file: File,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="show what would happen and write nothing")] = False,
    json: Json = False,
) -> int:
    """Load what cities did, against what, with which measure, from a plain CSV file.

    Example: c2c load actions actions.csv --dry-run
    """
    from api.loading import load_actions

    session = session_of(context)
    path = existing(session.terminal.path(file))
    with session.changing(make=True) as (network, progress):
        report = load_actions(network, path, dry_run=dry_run, progress=progress)
    from api.cli.reporting import show_report

    return show_report(session, report, json)


@load_app.command()
def places(context: typer.Context) -> int:
    """Load cities, countries, traits, exposure, hazards and measures anew, after an upgrade.

    Example: c2c load places
    """
    from api.loading import load_places

    session = session_of(context)
    with session.changing(make=True) as (network, progress):
        loaded = load_places(network, progress)
    session.terminal.out.print(f"{len(loaded.cities):,} cities in {len(loaded.countries)} countries are in the graph.")
    return 0


def template(
    context: typer.Context,
    what: Annotated[str, typer.Argument(help="alumni or actions")],
    out: Annotated[Path | None, typer.Option(help="write here, CSV or XLSX by its ending; else CSV is printed")] = None,
) -> int:
    """Give the template that `c2c load` reads, with a made-up example row.

    Example: c2c template alumni --out alumni.xlsx
    """
    from api.cli.templates import give_template

    return give_template(session_of(context), what, out)


def demo(
    context: typer.Context,
    people: Annotated[int, typer.Option(min=50, max=100_000, help="how many made-up alumni")] = 15_000,
) -> int:
    """Make the demo network of made-up alumni, ask it a question, and say how to go on. Again, it takes seconds.

    Example: c2c demo
    """
    from api.cli.demonstrating import demonstrate

    return demonstrate(session_of(context), people)


def register(app: typer.Typer) -> None:
    """Add these commands."""
    app.command()(demo)
    app.add_typer(load_app, name="load")
    app.command()(template)
