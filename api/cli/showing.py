"""Answers as a person reads them in a terminal."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from api.wording import found_words, home_words, reading_words, work_words
from graph.model.answers import Answer, CityProfile, Expert, Named, Peer
from graph.model.languages import language_name
from graph.model.questions import Alternative, Understood

if TYPE_CHECKING:
    from rich.console import Console

OTHERS_SHOWN = 5


def show_reading(console: Console, understood: Understood) -> None:
    """Show how a question was understood."""
    words = reading_words(understood)
    console.print(Text("Understood as  ", style="dim") + Text("  ·  ".join(words) if words else "no condition"))
    if understood.not_understood:
        console.print(Text("Not understood  " + ", ".join(understood.not_understood), style="yellow"))


def show_answer(console: Console, answer: Answer, first: int = 1) -> None:
    """Show a question as understood, the people found and why, and what else to ask."""
    show_reading(console, answer.understood)
    console.print(Text(found_words(answer), style="bold"))
    console.print()
    for rank, expert in enumerate(answer.experts, first):
        console.print(_expert(rank, expert))
    for relax in answer.relax:
        console.print(Text(f"Without “{relax.drop.name}”: {relax.total} people", style="cyan"))
    if answer.also:
        console.print(Text("Also worth asking: " + ", ".join(also.name for also in answer.also), style="cyan"))
    console.print(Text(f"{answer.took_ms:.0f} ms", style="dim"))


def _expert(rank: int, expert: Expert) -> RenderableType:
    title = Text(f"{rank:>2}  ") + Text(expert.name, style="bold")
    for part in (work_words(expert), home_words(expert)):
        if part:
            title += Text(f"  ·  {part}")
    facts = [f"number {expert.id}"]
    if expert.languages:
        facts.append("works in " + ", ".join(map(language_name, expert.languages)))
    facts.append(f"confirmed {expert.confirmed}" if expert.confirmed else "not confirmed yet")
    if expert.synthetic:
        facts.append("a made-up person")
    lines: list[RenderableType] = [title, Text("    " + "  ·  ".join(facts), style="dim")]
    lines += [Padding(Text("✓ " + reason, style="green"), (0, 0, 0, 4)) for reason in expert.reasons]
    if expert.missing:
        lines.append(Padding(Text("missing: " + "; ".join(expert.missing), style="yellow"), (0, 0, 0, 4)))
    if expert.explain:
        parts = " + ".join(f"{part.part} {part.value:.3f} x {part.weight:.2f}" for part in expert.explain)
        lines.append(Text(f"    score {expert.score:.3f} = {parts}", style="dim"))
    return Padding(Group(*lines), (0, 0, 1, 0))


def show_city(console: Console, city: CityProfile) -> None:
    """Show a city: traits with their ground, exposure with its grain, and the people on the ground."""
    console.print(Text(city.name, style="bold") + Text(f"  {city.country}  ·  {city.population:,} people"))
    traits = Table("trait", "", "how that is known", box=None, title="Traits", title_justify="left")
    for trait in city.traits:
        traits.add_row(trait.id, trait.value, trait.ground)
    exposure = Table("hazard", "level", "grain", "source", box=None, title="Exposure", title_justify="left")
    for item in city.exposure:
        exposure.add_row(item.hazard, item.level or "-", item.grain, f"{item.source} {item.year or ''}".strip())
    people = Table("person", "joined by", "why", box=None, title="People on the ground", title_justify="left")
    for person in city.people:
        people.add_row(f"{person.name} ({person.id})", ", ".join(person.joined).replace("_", " "), person.why)
    for table in (traits, exposure, people):
        console.print()
        console.print(table if table.row_count else f"{table.title}: none known")


def show_peers(console: Console, city: Named, peers: Sequence[Peer]) -> None:
    """Show the peers of a city, best first, with reasons and the people there."""
    console.print(Text(f"Peers of {city.name}", style="bold"))
    for rank, peer in enumerate(peers, 1):
        console.print()
        console.print(
            Text(f"{rank:>2}  ") + Text(peer.name, style="bold") + Text(f"  {peer.country}  {peer.score:.2f}")
        )
        _bullets(console, peer.reasons)
        if peer.people_there:
            names = "; ".join(f"{person.name} ({person.why})" for person in peer.people[:3])
            there = "1 person there" if peer.people_there == 1 else f"{peer.people_there} people there"
            console.print(Padding(Text(f"{there}: {names}", style="dim"), (0, 0, 0, 4)))


def show_others(console: Console, command: str, city: Named | CityProfile, others: Sequence[Alternative]) -> None:
    """Say that a city is the largest of the name that was asked for, and how to ask for the others."""
    if not others:
        return
    console.print(Text(f"{city.name} ({city.id}) is the largest of {len(others) + 1} of that name.", style="cyan"))
    for other in others[:OTHERS_SHOWN]:
        said = f"Also: {other.name}, {other.country} ({other.id}): c2c {command} {other.id}"
        console.print(Text(said, style="cyan"))
    if len(others) > OTHERS_SHOWN:
        console.print(Text(f"and {len(others) - OTHERS_SHOWN} smaller ones", style="cyan"))
    console.print()


def _bullets(console: Console, lines: Iterable[str]) -> None:
    for line in lines:
        console.print(Padding(Text(f"• {line}"), (0, 0, 0, 4)))
