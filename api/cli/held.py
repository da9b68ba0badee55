"""All that is held on one person: in answers, in the files that were loaded, and beside the graph."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from graph.errors import NotFound

if TYPE_CHECKING:
    from rich.console import Console

    from api.wiring import Network
    from graph.contacts import Consent


def held_on(network: Network, identifier: str) -> dict[str, Any]:
    """Return everything held on a person, with its origin. Raises NotFound where nothing is."""
    from api.conversion import as_json, person_to_wire
    from graph.answers.experts import expert

    network.require_loaded()
    found = expert(network.index, identifier)
    held = network.contacts.all_held(identifier)
    rows = network.imports.rows(identifier)
    if found is None and not rows and not held.contact and not held.withheld and not held.consent.history:
        raise NotFound(f"Nothing is held on {identifier!r}.", "Look people up with c2c ask.")
    return {
        "id": identifier,
        "found_as": as_json(person_to_wire(found)) if found else None,
        "loaded_rows": [
            {
                "file": row.file,
                "source": row.source,
                "import": row.import_number,
                "when": row.when,
                "row": row.number,
                "cells": dict(row.cells),
            }
            for row in rows
        ],
        "consent": consent_state(held.consent),
        "contact": dict(held.contact),
        "contact_given_to": [
            {"when": access.when, "who": access.who, "purpose": access.purpose} for access in held.accesses
        ],
        "withheld_rows": [dict(row) for row in held.withheld],
    }


def consent_state(consent: Consent) -> dict[str, Any]:
    """Return the state of a consent and its history."""
    history = [
        {"when": event.when, "what": event.what, "ground": event.ground, "date": event.date, "who": event.who}
        for event in consent.history
    ]
    return {"state": consent.state, "history": history}


def show_held(console: Console, held: dict[str, Any]) -> None:
    """Show what is held, section by section, without markup."""

    def say(text: str) -> None:
        console.print(text, markup=False, highlight=False)

    found = held["found_as"]
    say(f"{held['id']}  {found['name'] if found else '(in no answer)'}")
    say(f"Consent: {held['consent']['state']}")
    for event in held["consent"]["history"]:
        say(f"  {event['when']}  {event['what']}, {event['ground'] or 'no ground stated'}, by {event['who']}")
    say("Contact details: " + (", ".join(f"{k}: {v}" for k, v in held["contact"].items()) or "none"))
    for access in held["contact_given_to"]:
        say(f"  given {access['when']} to {access['who']} for {access['purpose']}")
    if found:
        say(f"In answers with {len(found['evidence'])} pieces of evidence:")
        for evidence in found["evidence"]:
            hazards = ", ".join(hazard["id"] for hazard in evidence["hazards"]) or "no hazard"
            say(f"  {evidence['expertise']}  {evidence['text']}  [{evidence['kind']}; {hazards}; {evidence['source']}]")
    for title, rows in (("Rows loaded", held["loaded_rows"]), ("Rows withheld", held["withheld_rows"])):
        if rows:
            say(f"{title}:")
        for row in rows:
            cells = row.get("cells", row)
            origin = (
                f"{row['file']}, row {row['row']}, import {row['import']} of {row['when']}: " if "cells" in row else ""
            )
            say("  " + origin + "; ".join(f"{name}: {value}" for name, value in cells.items() if value))
