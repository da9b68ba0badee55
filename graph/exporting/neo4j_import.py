"""The whole graph as CSV files for Neo4j's admin import: the fastest way to fill a database that is new.

One file a label and one for each type between two labels, each with the header that the import reads. What is
written is what `graph.schema` has; properties that others added are left out, and named.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from functools import cache
from pathlib import Path
from typing import TextIO

from graph import schema
from graph.engines.port import Engine, Row
from graph.errors import WriteConflict, WrongInput
from graph.exporting import fields
from graph.exporting.elements import all_nodes, all_relationships
from graph.store.network import NetworkStore

Progress = Callable[[str, int, int], None]

README = "README.md"


@dataclass(slots=True)
class Export:
    """What was written: files with the label or type that their lines have, how much, and what was left out."""

    nodes: dict[str, str] = field(default_factory=dict)
    relationships: dict[str, str] = field(default_factory=dict)
    node_count: int = 0
    relationship_count: int = 0
    left_out: set[str] = field(default_factory=set)

    def arguments(self, directory: str = ".") -> list[str]:
        """Arguments of `neo4j-admin` that import the files from where they lie into the database `neo4j`."""
        return [
            *("database", "import", "full", "neo4j", "--overwrite-destination"),
            *(f"--array-delimiter={fields.ARRAY_DELIMITER_NAME}", "--multiline-fields=true"),
            *(f"--nodes={directory}/{file}" for file in self.nodes),
            *(f"--relationships={directory}/{file}" for file in self.relationships),
        ]


def export_for_import(engine: Engine, directory: Path, progress: Progress = lambda *_: None) -> Export:
    """Write the graph into a directory that is new or empty, with a README that says how to import it.

    Raises WrongInput where the directory holds anything, and WriteConflict where somebody wrote to the graph
    meanwhile. What fails leaves no files behind.
    """
    if directory.exists() and (not directory.is_dir() or any(directory.iterdir())):
        raise WrongInput(f"{directory} is not an empty directory.", "Name a new one.")
    directory.mkdir(parents=True, exist_ok=True, mode=0o700)
    with _nothing_left_on_failure(directory):
        network = NetworkStore(engine)
        generation = network.generation()
        export = _write(engine, directory, progress)
        if network.generation() != generation:
            raise WriteConflict("The graph was changed while it was written out.", "Export it again.")
        (directory / README).write_text(_readme(export), encoding="utf-8")
    return export


def _write(engine: Engine, directory: Path, progress: Progress) -> Export:
    export = Export()
    for done, label in enumerate(schema.NODES):
        progress("Writing nodes", done, len(schema.NODES))
        _write_nodes(engine, label, directory, export)
    for done, label in enumerate(schema.NODES):
        progress("Writing relationships", done, len(schema.NODES))
        _write_relationships(engine, label, directory, export)
    for what in ("Writing nodes", "Writing relationships"):
        progress(what, len(schema.NODES), len(schema.NODES))
    # Engines give relationships in orders of their own; the files are named in one.
    return replace(export, relationships=dict(sorted(export.relationships.items())))


def _write_nodes(engine: Engine, label: schema.NodeLabel, directory: Path, export: Export) -> None:
    columns = [f"id:ID({label.name})", *_columns(label.properties), ":LABEL"]
    names = ["id", *(property_.name for property_ in label.properties)]
    pages = all_nodes(engine, label.name)
    file = f"{label.name}.csv"
    with _lines(directory / file, columns) as lines:
        for page in pages:
            lines.writelines(fields.line([*map(row.get, names), label.name]) for row in page.rows)
            export.node_count += len(page.rows)
            export.left_out |= _unknown(page.rows, label.name, names)
    export.nodes[file] = label.name


def _write_relationships(engine: Engine, label: schema.NodeLabel, directory: Path, export: Export) -> None:
    for page in all_relationships(engine, label.name):
        if not _has(page.type, page.start_label, page.end_label):
            export.left_out.add(f"{page.type} from {page.start_label} to {page.end_label or 'a node without a label'}")
            continue
        file = f"{page.start_label}-{page.type}-{page.end_label}.csv"
        properties = _properties(page.type)
        names = ["start", *(property_.name for property_ in properties), "end"]
        columns = [f":START_ID({page.start_label})", *_columns(properties), f":END_ID({page.end_label})", ":TYPE"]
        begun = file in export.relationships
        with _lines(directory / file, columns, begun=begun) as lines:
            lines.writelines(fields.line([*map(row.get, names), page.type]) for row in page.rows)
        export.relationships[file] = page.type
        export.relationship_count += len(page.rows)
        export.left_out |= _unknown(page.rows, page.type, names)


def _columns(properties: Iterable[schema.Property]) -> Iterator[str]:
    return (f"{property_.name}:{fields.TYPES[property_.type]}" for property_ in properties)


@cache
def _properties(type_: str) -> tuple[schema.Property, ...]:
    return next(each.properties for each in schema.RELATIONSHIPS if each.name == type_)


@cache
def _has(type_: str, start: str, end: str) -> bool:
    return any(each.name == type_ and start in each.start and end in each.end for each in schema.RELATIONSHIPS)


def _unknown(rows: Sequence[Row], of: str, names: Sequence[str]) -> set[str]:
    known = frozenset(names)
    return {f"{of}.{name}" for row in rows if not row.keys() <= known for name in row.keys() - known}


@contextmanager
def _lines(path: Path, columns: Iterable[str], *, begun: bool = False) -> Iterator[TextIO]:
    with path.open("a" if begun else "x", encoding="utf-8", newline="") as lines:
        if not begun:
            lines.write(fields.header(columns))
        yield lines


@contextmanager
def _nothing_left_on_failure(directory: Path) -> Iterator[None]:
    try:
        yield
    except BaseException:
        for path in directory.iterdir():
            path.unlink()
        raise


def _readme(export: Export) -> str:
    command = " \\\n  ".join(["neo4j-admin", *export.arguments()])
    files: Mapping[str, str] = export.nodes | export.relationships
    return (
        f"# {export.node_count:,} nodes and {export.relationship_count:,} relationships for Neo4j\n\n"
        "Stop the server, run this here as the user that Neo4j runs as, and start the server again. What its database\n"
        f"`neo4j` held before is replaced.\n\n```\n{command}\n```\n\n"
        "Then `c2c migrate` makes the unique keys and indexes. Contact details, consent and imports are not in the\n"
        "graph: copy `contacts.sqlite` and `imports.sqlite` into C2C_HOME.\n\n"
        "The files name people: who may not read the graph may not read them. Delete them when they are imported.\n\n"
        + "".join(f"- {file}: {of}\n" for file, of in files.items())
    )
