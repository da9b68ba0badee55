"""Templates that people fill in."""

from __future__ import annotations

from pathlib import Path

from api.cli.session import Session
from graph.errors import WrongInput


def give_template(session: Session, what: str, out: Path | None) -> int:
    """Print or write a template. Raises WrongInput for one that there is not."""
    from ingest.actions import template as actions_template
    from ingest.alumni.template import template as alumni_template

    if what not in ("alumni", "actions"):
        raise WrongInput(f"There is no template {what!r}.", "There are: alumni, actions.")
    if out is None:
        written = alumni_template("csv") if what == "alumni" else actions_template()
        session.terminal.out.file.write(written.decode("utf-8-sig"))
        return 0
    path = session.terminal.path(out)
    form = path.suffix.lower().removeprefix(".")
    if form not in ("csv", "xlsx") or (form == "xlsx" and what == "actions"):
        raise WrongInput(f"{path.name} is of no form that this template has.", "Name a file that ends in .csv.")
    if path.exists():
        raise WrongInput(f"{path} exists already.", "Name another file, so that nothing is lost.")
    path.write_bytes(alumni_template("xlsx" if form == "xlsx" else "csv") if what == "alumni" else actions_template())
    session.terminal.out.print(f"Written: {path}", markup=False, highlight=False, soft_wrap=True)
    return 0
