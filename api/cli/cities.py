"""`c2c city`, `c2c peers`: a city, and the cities it can learn with."""

from __future__ import annotations

from typing import Annotated

import typer

from api.cli.options import Json, Limit
from api.cli.session import session_of

CityName = Annotated[str, typer.Argument(help="name in any script, or GeoNames id")]


def city(context: typer.Context, name: CityName, json: Json = False) -> int:
    """Show a city: traits, exposure, and the people on the ground.

    Example: c2c city "Can Tho"
    """
    from api import answering
    from api.conversion import as_json, city_to_wire

    session = session_of(context)
    with session.graph() as network:
        profile = answering.profile(network, answering.find_city(network, name), name)
    if json:
        session.terminal.json(as_json(city_to_wire(profile)))
    else:
        from api.cli.showing import show_city, show_others

        if not name.isdecimal():
            show_others(session.terminal.out, "city", profile, profile.alternatives)
        show_city(session.terminal.out, profile)
    return 0


def peers(context: typer.Context, name: CityName, limit: Limit = 10, json: Json = False) -> int:
    """Show the cities that share most with a city, why, and who is there.

    Example: c2c peers Rotterdam --limit 5
    """
    from api import answering
    from api.conversion import as_json, peers_to_wire

    session = session_of(context)
    with session.graph() as network:
        asked, found, others = answering.peers(network, answering.find_city(network, name), limit, name)
    if json:
        session.terminal.json(as_json(peers_to_wire(asked, found, others)))
    else:
        from api.cli.showing import show_others, show_peers

        if not name.isdecimal():
            show_others(session.terminal.out, "peers", asked, others)
        show_peers(session.terminal.out, asked, found)
    return 0 if found else 1


def register(app: typer.Typer) -> None:
    """Add these commands."""
    app.command()(city)
    app.command()(peers)
