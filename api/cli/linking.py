"""Lines of text to their links, in order; nothing here needs a network."""

from __future__ import annotations

import json
from collections.abc import Sequence

from pydantic import JsonValue

from api.cli.session import Session
from graph.errors import WrongInput


def link_lines(session: Session, lines: Sequence[str], every: bool, as_json_lines: bool) -> int:
    """Link each line and print the result. Raises WrongInput, naming the line, for JSON without a text."""
    from api.answering import link
    from api.conversion import as_json, linked_to_wire
    from api.wiring import Network

    given = [_text_and_id(number, line) for number, line in enumerate(lines, 1) if line.strip()]
    network = session.shared or Network(session.settings)
    results = link(network, [text for text, _ in given], every)
    terminal = session.terminal
    for (text, identifier), linked in zip(given, results, strict=True):
        if as_json_lines:
            terminal.json(as_json(linked_to_wire(text, linked, identifier)))
            continue
        terminal.line(text)
        for link_found in linked.hazards or ():
            words = f"  by “{', '.join(link_found.words)}”" if link_found.words else ""
            terminal.line(f"  {link_found.score:.2f}  {link_found.id}{words}")
        for link_found in linked.measures:
            terminal.line(f"  {link_found.score:.2f}  measure {link_found.id}")
        if not linked.hazards and not linked.measures:
            terminal.line("  linked to nothing")
    return 0 if given else 1


def _text_and_id(number: int, line: str) -> tuple[str, JsonValue]:
    if not line.lstrip().startswith("{"):
        return line, None
    try:
        record = json.loads(line)
    except ValueError:
        return line, None
    text = record.get("text")
    if not isinstance(text, str):
        raise WrongInput(f'Line {number} is JSON without a "text".', 'Write {"text": "…"} or the bare text.')
    return text, record.get("id")
