"""All commands, by subject."""

from __future__ import annotations

import typer

from api.cli import (
    asking,
    cities,
    cypher,
    evaluating,
    exporting,
    loading,
    maintaining,
    migrating,
    people,
    schema,
    serving,
)

app = typer.Typer(
    name="c2c",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode="rich",
    help="Ask a network of cities and water professionals who has done what, where, and when.",
    epilog='Begin with c2c demo, then c2c ask "who has handled coastal flooding in a delta city".',
)

for subject in (
    asking,
    cities,
    people,
    cypher,
    schema,
    loading,
    serving,
    maintaining,
    migrating,
    exporting,
    evaluating,
):
    subject.register(app)
