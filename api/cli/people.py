"""`c2c person`, `c2c consent`, `c2c contact`: one person, on the owner's machine."""

from __future__ import annotations

import getpass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Annotated

import typer

from api.cli.options import Json
from api.cli.session import Session, session_of
from graph.errors import WrongInput

if TYPE_CHECKING:
    from api.wiring import Network
    from graph.contacts import Consent

Identifier = Annotated[str, typer.Argument(help="the person's number, as in the answers", show_default=False)]
Who = Annotated[str | None, typer.Option("--who", help="who decided; else your user name")]

consent_app = typer.Typer(no_args_is_help=True, help="Show, give or withdraw a person's consent; it works at once.")


def person(context: typer.Context, identifier: Identifier, json: Json = False) -> int:
    """Show all that is held on one person, and where it came from.

    Example: c2c person S-00001
    """
    from api.cli.held import held_on, show_held

    session = session_of(context)
    held = held_on(_beside_the_graph(session), identifier)
    if json:
        session.terminal.json(held)
    else:
        show_held(session.terminal.out, held)
    return 0


def contact(
    context: typer.Context,
    identifier: Identifier,
    purpose: Annotated[str, typer.Option(help="what the details are for; kept with who asked and when")],
    json: Json = False,
) -> int:
    """Give a person's contact details, on this machine alone; who asked, when and why is kept.

    Example: c2c contact S-00001 --purpose "invitation to the delta exchange"
    """
    session = session_of(context)
    network = _beside_the_graph(session)
    details = network.contacts.contact(identifier, purpose=purpose, who=getpass.getuser(), when=_now())
    if json:
        session.terminal.json(details)
    else:
        for name, value in details.items():
            session.terminal.line(f"{name}: {value}")
    return 0


@consent_app.command("show")
def show_consent(context: typer.Context, identifier: Identifier, json: Json = False) -> int:
    """Show a person's consent and its history.

    Example: c2c consent show S-00001
    """
    session = session_of(context)
    _tell(session, _beside_the_graph(session).contacts.consent(identifier), json)
    return 0


@consent_app.command("give")
def give_consent(
    context: typer.Context,
    identifier: Identifier,
    ground: Annotated[str, typer.Option(help="how it was given: online form, letter of …")],
    date: Annotated[str | None, typer.Option(help="when it was given, YYYY-MM-DD; else today")] = None,
    who: Who = None,
    json: Json = False,
) -> int:
    """Record that a person agreed to be found; who was withheld is in the answers before this returns.

    Example: c2c consent give S-00001 --ground "letter of 3 March"
    """
    from api.consent import give

    session = session_of(context)
    with session.graph() as network:
        consent = give(network, identifier, ground=ground, date=date, who=who or getpass.getuser())
    _tell(session, consent, json)
    return 0


@consent_app.command("withdraw")
def withdraw_consent(context: typer.Context, identifier: Identifier, who: Who = None, json: Json = False) -> int:
    """Take a person out of everything; only the number and the history of consent stay.

    Example: c2c consent withdraw S-00001
    """
    from api.consent import withdraw

    session = session_of(context)
    with session.graph() as network:
        consent = withdraw(network, identifier, who=who or getpass.getuser())
    _tell(session, consent, json)
    return 0


def _beside_the_graph(session: Session) -> Network:
    # Contacts and imports are files of the owner's own: no server stands between, and none ever sends them.
    from api.changing import require_begun
    from api.wiring import Network

    if session.shared is not None:
        raise WrongInput("What is held on a person crosses no HTTP.", "Run the command on the owner's machine.")
    network = Network(session.settings)
    require_begun(network)
    return network


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")


def _tell(session: Session, consent: Consent, as_json: bool) -> None:
    if as_json:
        from api.cli.held import consent_state

        session.terminal.json({"id": consent.key, **consent_state(consent)})
        return
    session.terminal.line(f"{consent.key}: consent {consent.state}")
    for event in consent.history:
        ground = f", {event.ground}" if event.ground else ""
        date = f" on {event.date}" if event.date else ""
        session.terminal.line(f"  {event.when}  {event.what}{date}{ground}, by {event.who}")


def register(app: typer.Typer) -> None:
    """Add these commands."""
    app.command()(person)
    app.add_typer(consent_app, name="consent")
    app.command()(contact)
