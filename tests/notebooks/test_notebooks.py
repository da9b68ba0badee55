"""The notebooks: stored clean, tied to the packages alone, and run whole on both engines."""

from __future__ import annotations

import ast
import os
from pathlib import Path

import nbformat
import pytest
from nbclient import NotebookClient

from tests.docs import made_up_network
from tests.servers.neo4j_server import Server

NOTEBOOKS = sorted((Path(__file__).parents[2] / "notebooks").glob("*.ipynb"))
FIGURES = {"network_at_a_glance": 5, "querying_the_graph": 1, "who_knows_what": 4}
DRAWN_GRAPHS = {"querying_the_graph": 2}
MAY_IMPORT = {"api", "graph", "matplotlib", "neo4j_viz", "pandas"}
LONGEST_CELL = 20


def code_of(path: Path) -> list[str]:
    return [cell.source for cell in nbformat.read(path, as_version=4).cells if cell.cell_type == "code"]


def names(paths: list[Path]) -> list[str]:
    return [path.stem for path in paths]


def test_these_are_the_notebooks() -> None:
    assert names(NOTEBOOKS) == sorted(FIGURES)


@pytest.mark.parametrize("path", NOTEBOOKS, ids=names(NOTEBOOKS))
def test_stored_without_output(path: Path) -> None:
    notebook = nbformat.read(path, as_version=4)
    nbformat.validate(notebook)
    for cell in notebook.cells:
        if cell.cell_type == "code":
            assert cell.outputs == []
            assert cell.execution_count is None
            assert not cell.metadata


@pytest.mark.parametrize("path", NOTEBOOKS, ids=names(NOTEBOOKS))
def test_nothing_is_defined_that_a_package_should_hold(path: Path) -> None:
    imported: set[str] = set()
    for source in code_of(path):
        assert len(source.splitlines()) <= LONGEST_CELL
        for node in ast.walk(ast.parse(source)):
            assert not isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef)
            if isinstance(node, ast.Import):
                imported |= {alias.name.partition(".")[0] for alias in node.names}
            elif isinstance(node, ast.ImportFrom):
                imported.add(str(node.module).partition(".")[0])
    assert "api" in imported
    assert imported <= MAY_IMPORT


@pytest.fixture(scope="module", params=["embedded", "neo4j"])
def environment(
    request: pytest.FixtureRequest, made_once: Path, tmp_path_factory: pytest.TempPathFactory
) -> dict[str, str]:
    """The settings of the made-up network on each engine."""
    directory = tmp_path_factory.mktemp("notebooks")
    home = directory / "network"
    ours = {name: value for name, value in os.environ.items() if not name.startswith(("C2C_", "NEO4J_"))}
    ours |= {"XDG_DATA_HOME": str(directory), "IPYTHONDIR": str(directory), "PYTHONPATH": str(made_up_network.ROOT)}
    if request.param == "embedded":
        made_up_network.embedded(ours, made_once, home)
        return {**ours, "C2C_STORE": f"embedded:{home}"}
    server: Server = request.getfixturevalue("neo4j_server")
    on_server = {**ours, **made_up_network.on_server(server, home)}
    made_up_network.load(on_server, made_once)
    return on_server


@pytest.mark.filterwarnings("ignore::DeprecationWarning", "ignore::ResourceWarning", "ignore::RuntimeWarning")
@pytest.mark.parametrize("path", NOTEBOOKS, ids=names(NOTEBOOKS))
def test_runs_whole_and_draws(path: Path, environment: dict[str, str]) -> None:
    notebook = nbformat.read(path, as_version=4)
    client = NotebookClient(notebook, timeout=300, resources={"metadata": {"path": str(path.parent)}})
    client.execute(env=environment)
    outputs = [output for cell in notebook.cells if cell.cell_type == "code" for output in cell.outputs]
    assert not [output for output in outputs if output.get("name") == "stderr"]
    data = [output.data for output in outputs if "data" in output]
    assert sum("image/png" in each for each in data) == FIGURES[path.stem]
    drawn = [each["text/html"] for each in data if "<script" in each.get("text/html", "")]
    assert len(drawn) == DRAWN_GRAPHS.get(path.stem, 0)
    source = next(each["text/plain"] for each in data if "Source: City2City" in each["text/plain"])
    assert "all people are made up" in source
