"""`c2c export`: the network written out for other programs."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from api.cli.options import Json
from api.cli.session import session_of

export_app = typer.Typer(no_args_is_help=True, help="Write the network out for other programs.")


@export_app.command("neo4j-import")
def neo4j_import(
    context: typer.Context,
    directory: Annotated[Path, typer.Argument(help="a directory that is new or empty")],
    json: Json = False,
) -> int:
    """Write the graph as CSV files for `neo4j-admin database import`: the fastest way into a new Neo4j database.

    Example: c2c export neo4j-import graph-for-neo4j
    """
    from graph.exporting.neo4j_import import README, export_for_import

    session = session_of(context)
    path = session.terminal.path(directory)
    with session.graph() as network, session.terminal.progress() as progress:
        export = export_for_import(network.engine, path, progress)
    left_out = sorted(export.left_out)
    if json:
        session.terminal.json(
            {
                "directory": str(path),
                "nodes": export.node_count,
                "relationships": export.relationship_count,
                "left_out": left_out,
                "command": ["neo4j-admin", *export.arguments()],
            }
        )
        return 0
    session.terminal.line(
        f"{export.node_count:,} nodes and {export.relationship_count:,} relationships are in {directory}; "
        f"{directory / README} says how to import them."
    )
    if left_out:
        session.terminal.line(f"Left out, since the schema does not have them: {', '.join(left_out)}")
    return 0


def register(app: typer.Typer) -> None:
    """Add these commands."""
    app.add_typer(export_app, name="export")
