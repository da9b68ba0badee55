"""`c2c schema`: what the graph consists of, for whoever writes queries."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Annotated

import typer

from api.cli.options import Json
from api.cli.session import session_of
from graph.errors import WrongInput

if TYPE_CHECKING:
    from rich.console import Console
    from rich.table import Table

    from api import schemas as wire


def schema(
    context: typer.Context,
    json: Json = False,
    markdown: Annotated[bool, typer.Option("--markdown", help="print the data dictionary as Markdown")] = False,
) -> int:
    """Show the labels, relationship types and properties of the graph, and what each means.

    Example: c2c schema
    """
    from api import researching
    from api.conversion import as_json
    from graph.describing import data_dictionary

    if json and markdown:
        raise WrongInput("Both --json and --markdown were given.", "Give one of them.")
    terminal = session_of(context).terminal
    if markdown:
        terminal.out.file.write(data_dictionary())
    elif json:
        terminal.json(as_json(researching.schema()))
    else:
        _show(terminal.out, researching.schema())
    return 0


def _show(console: Console, schema: wire.SchemaWire) -> None:
    from rich.table import Table
    from rich.text import Text

    console.print(Text("Nodes", style="bold"))
    nodes = Table("label", "property", "type", "meaning", box=None)
    for label in schema.nodes:
        nodes.add_row(Text(label.name, style="bold"), "", "", label.meaning)
        nodes.add_row("", "id", "string", f"{label.id_meaning}; unique")
        _add(nodes, label.properties)
    console.print(nodes)
    console.print(Text("\nRelationships", style="bold"))
    relationships = Table("type", "property", "type", "meaning", box=None)
    for each in schema.relationships:
        ends = f"(:{'|'.join(each.start)})→(:{'|'.join(each.end)})"
        relationships.add_row(Text(each.name, style="bold"), "", "", Text(f"{ends}  {each.meaning}"))
        _add(relationships, each.properties)
    console.print(relationships)
    console.print(Text(f"\nVersion {schema.version} of the schema.", style="dim"))


def _add(table: Table, properties: Sequence[wire.PropertyWire]) -> None:
    for each in properties:
        table.add_row("", each.name, each.type, each.meaning)


def register(app: typer.Typer) -> None:
    """Add this command."""
    app.command()(schema)
