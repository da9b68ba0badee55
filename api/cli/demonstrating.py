"""The demo: made-up alumni in a store of their own, the first question, and how to go on."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from api.cli.session import Session
from graph.errors import WrongInput

if TYPE_CHECKING:
    from api.changing import Progress
    from api.wiring import Network

QUESTION = "who has handled coastal flooding in a delta city"


def demonstrate(session: Session, people: int) -> int:
    """Load the demo network where it is not there yet, ask it a question, and say how to go on."""
    from api import answering
    from api.cli.showing import show_answer
    from graph.engines.patience import waiting_for_the_graph
    from graph.model.questions import AskRequest

    out = session.terminal.out
    home = session.settings.home
    if _loaded(home) == people:
        network = session.network()
        answer = answering.ask(network, AskRequest(QUESTION, limit=3))
    else:
        out.print(f"Making the demo network of {people:,} made-up alumni in {home} …", highlight=False)
        with session.graph(make=True) as network:
            with session.terminal.progress() as progress, waiting_for_the_graph(progress):
                _load(network, people, progress)
            answer = answering.ask(network, AskRequest(QUESTION, limit=3))
    out.print(f'\n[bold]c2c ask "{QUESTION}" --limit 3[/bold]\n')
    show_answer(out, answer)
    out.print("\nThis network is made up. Go on with", highlight=False)
    for command, what in (
        ("c2c serve", "pages and HTTP at http://127.0.0.1:8000"),
        ('c2c ask "drought planners in East Africa who speak French"', "questions in plain words"),
        ("c2c city Rotterdam", "a city and the people on the ground; c2c peers Rotterdam"),
        ("c2c template alumni --out alumni.xlsx", "your own people, into a store of your own"),
    ):
        out.print(f"  [bold]{command}[/bold]  {what}", highlight=False)
    out.print("(in this folder the command is .venv/bin/c2c)", style="dim")
    return 0


def _stamp(home: Path) -> Path:
    return home / "demo.json"


def _loaded(home: Path) -> int | None:
    """Return how many people the demo network here was made of by this version, or None."""
    try:
        stamp = json.loads(_stamp(home).read_text(encoding="utf-8"))
    except (FileNotFoundError, ValueError):
        return None
    return int(stamp["people"]) if stamp.get("made_by") == _made_by() else None


def _made_by() -> str:
    """Return a digest of all that the demo network depends on, so that an upgrade makes it anew."""
    digest = hashlib.sha256()
    root = Path(__file__).parents[2]
    for package in ("graph", "nlp", "ingest"):
        for path in sorted((root / package).rglob("*")):
            if path.is_file() and "__pycache__" not in path.parts:
                digest.update(path.read_bytes())
    return digest.hexdigest()


def _load(network: Network, people: int, progress: Progress) -> None:
    from api.loading import AlumniLoad, load_actions, load_alumni
    from ingest.synthetic.generating import generate

    kind = network.networks.kind()
    if kind == "own":
        raise WrongInput(
            f"{network.home} holds your own network.", "Leave C2C_STORE unset for the demo, or set it to another path."
        )
    # The files go when they are loaded: nothing of a person who withdraws stays behind in them.
    with TemporaryDirectory() as files:
        made = generate(
            Path(files), people=people, progress=lambda done, total: progress("Making up alumni", done, total)
        )
        load_actions(network, made.actions, kind="demo", progress=progress)
        load = AlumniLoad(made.alumni, source="demo network", kind="demo", remove_missing=True)
        load_alumni(network, load, progress)
    stamp = {"people": people, "made_by": _made_by()}
    _stamp(network.home).write_text(json.dumps(stamp), encoding="utf-8")
