"""`c2c cypher`: a researcher's query on the graph itself."""

from __future__ import annotations

import csv as comma_separated
import json as json_module
from collections.abc import Iterable
from contextlib import nullcontext
from typing import TYPE_CHECKING, Annotated

import typer

from api.cli.options import Json
from api.cli.session import session_of
from graph.errors import WrongInput

if TYPE_CHECKING:
    from pydantic import JsonValue
    from rich.console import Console

    from api.cli.terminal import Terminal
    from graph.cypher.results import Result


def cypher(
    context: typer.Context,
    query: Annotated[str, typer.Argument(help="a Cypher query that only reads; c2c schema shows what there is")],
    param: Annotated[
        list[str] | None, typer.Option(help="a value for $NAME, as NAME=VALUE; JSON where it is JSON, else text")
    ] = None,
    json: Json = False,
    csv: Annotated[bool, typer.Option("--csv", help="print comma-separated values")] = False,
) -> int:
    """Read the graph with Cypher: it writes nothing, and ends at a limit of time, rows and bytes.

    Example: c2c cypher "MATCH (h:Hazard {id: \\$id})<-[:APPLIES_TO]-(e) RETURN count(e) AS known" --param id=drought
    """
    from api import researching
    from api import schemas as wire
    from api.forms import of_its_form

    if json and csv:
        raise WrongInput("Both --json and --csv were given.", "Give one of them.")
    with of_its_form():
        asked = wire.Cypher(query=query, parameters=parameters(param or ()))
    session = session_of(context)
    # An embedded graph is held meanwhile; on Neo4j nothing but the server is needed.
    reading = session.graph() if session.settings.embedded else nullcontext(session.network())
    with reading as network:
        found = researching.cypher(network, asked)
    if json:
        session.terminal.json(researching.result_fields(found))
    elif csv:
        _write_csv(session.terminal, found)
    else:
        _show(session.terminal.out, found)
    if found.truncated:
        session.terminal.err.print(
            f"Cut off after {len(found.rows):,} rows, at a limit of rows or bytes (C2C_CYPHER_ROWS, C2C_CYPHER_BYTES).",
            highlight=False,
        )
    return 0 if found.rows else 1


def parameters(given: Iterable[str]) -> dict[str, JsonValue]:
    """Return the parameters that NAME=VALUE texts give. Raises WrongInput, naming the text, without a name."""
    found: dict[str, JsonValue] = {}
    for text in given:
        name, sign, value = text.partition("=")
        name = name.removeprefix("$").strip()
        if not sign or not name:
            raise WrongInput(f"The parameter {text!r} has no name.", "Write --param NAME=VALUE.")
        try:
            found[name] = json_module.loads(value)
        except ValueError:
            found[name] = value
    return found


def _write_csv(terminal: Terminal, found: Result) -> None:
    from api.exporting import harmless

    writer = comma_separated.writer(terminal.out.file, lineterminator="\n")
    writer.writerow(found.columns)
    writer.writerows([harmless(_text(cell)) for cell in row] for row in found.rows)


def _show(console: Console, found: Result) -> None:
    from rich.table import Table
    from rich.text import Text

    table = Table(box=None, header_style="bold")
    for name in found.columns:
        table.add_column(Text(name))
    for row in found.rows:
        table.add_row(*(Text(_shown(cell)) for cell in row))
    console.print(table)
    rows = "1 row" if len(found.rows) == 1 else f"{len(found.rows):,} rows"
    console.print(Text(f"{rows} of generation {found.generation}, {found.took_ms:.0f} ms", style="dim"))


def _text(cell: object) -> object:
    """A cell of the CSV: a text or number as it is, nothing where there is nothing, else JSON."""
    return json_module.dumps(cell, ensure_ascii=False) if isinstance(cell, list | dict | bool) else cell


def _shown(cell: object) -> str:
    """A cell as a person reads it: a node by label and id, a relationship by its type."""
    if cell is None:
        return ""
    if isinstance(cell, list):
        return ", ".join(map(_shown, cell))
    if isinstance(cell, dict):
        if cell.keys() == {"element", "labels", "properties"}:
            return f"(:{':'.join(cell['labels'])} {cell['properties'].get('id', '')})"
        if cell.keys() == {"element", "type", "start", "end", "properties"}:
            return f"[:{cell['type']}]"
        return "{" + ", ".join(f"{name}: {_shown(value)}" for name, value in cell.items()) + "}"
    return str(cell)


def register(app: typer.Typer) -> None:
    """Add this command."""
    app.command()(cypher)
