"""`c2c ask`, `c2c understand`, `c2c link`: questions and texts."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from api.cli.options import Json, Limit, Offset, existing
from api.cli.session import Session, session_of
from graph.errors import WrongInput

Several = list[str]


def ask(
    context: typer.Context,
    question: Annotated[str, typer.Argument(help="the question, in plain words")],
    hazard: Annotated[Several | None, typer.Option(help="only this hazard (id or name); may be repeated")] = None,
    measure: Annotated[Several | None, typer.Option(help="only this measure")] = None,
    trait: Annotated[Several | None, typer.Option(help="gained in such a city: delta, coastal, island …")] = None,
    country: Annotated[Several | None, typer.Option(help="gained in this country, name or ISO code")] = None,
    region: Annotated[Several | None, typer.Option(help="gained in this M49 region, name or code")] = None,
    language: Annotated[Several | None, typer.Option(help="works in this language, name or BCP 47")] = None,
    role: Annotated[Several | None, typer.Option(help="engineer, planner, manager, researcher …")] = None,
    since: Annotated[int | None, typer.Option(min=1800, max=2200, help="in this year or later")] = None,
    until: Annotated[int | None, typer.Option(min=1800, max=2200, help="begun in this year or before")] = None,
    kind: Annotated[Several | None, typer.Option(help="project, thesis, publication, course, statement …")] = None,
    organisation_kind: Annotated[Several | None, typer.Option(help="government, utility, company, ngo …")] = None,
    limit: Limit = 10,
    offset: Offset = 0,
    explain: Annotated[bool, typer.Option("--explain", help="take each score apart")] = False,
    json: Json = False,
    csv: Annotated[Path | None, typer.Option(help="write the people found to this CSV file")] = None,
    xlsx: Annotated[Path | None, typer.Option(help="write the people found to this Excel file")] = None,
) -> int:
    """Ask who has done what, where, and when.

    Example: c2c ask "who has handled coastal flooding in a delta city" --region Asia --since 2015
    """
    from api import answering, exporting
    from api.answer_form import answer as answer_form
    from api.cli.catching_up import ready
    from api.filters import FilterWords, filters
    from graph.model.questions import AskRequest

    session = session_of(context)
    network = ready(session)
    words = FilterWords(
        hazards=hazard,
        measures=measure,
        traits=trait,
        countries=country,
        regions=region,
        languages=language,
        roles=role,
        since=since,
        until=until,
        kinds=kind,
        organisation_kinds=organisation_kind,
    )
    request = AskRequest(
        question, filters=filters(words, network.index.reference), limit=limit, offset=offset, explain=explain
    )
    answer = answering.ask(network, request)
    terminal = session.terminal
    if csv is not None:
        exporting.write_csv(answer, terminal.path(csv))
    if xlsx is not None:
        exporting.write_xlsx(answer, terminal.path(xlsx))
    if json:
        terminal.json(answer_form(answer, explain))
    else:
        from api.cli.showing import show_answer

        show_answer(terminal.out, answer, first=offset + 1)
        for path in (csv, xlsx):
            if path is not None:
                terminal.err.print(f"Written: {terminal.path(path)}", markup=False)
    return 0 if answer.experts else 1


def understand(
    context: typer.Context,
    question: Annotated[str, typer.Argument(help="the question, in plain words")],
    json: Json = False,
) -> int:
    """Show how a question is understood, without answering it.

    Example: c2c understand "drought experts in East Africa who speak French, since 2015"
    """
    from api import answering
    from api.answer_form import reading
    from api.cli.catching_up import ready

    session = session_of(context)
    understood = answering.understand(ready(session), question)
    if json:
        session.terminal.json(reading(understood))
    else:
        from api.cli.showing import show_reading

        show_reading(session.terminal.out, understood)
    return 0


def link(
    context: typer.Context,
    file: Annotated[
        Path | None, typer.Argument(help="a file of texts; standard input where none is given", show_default=False)
    ] = None,
    every: Annotated[bool, typer.Option("--all", help="every hazard, best first, without threshold")] = False,
    json: Json = False,
) -> int:
    """Link texts, one a line or JSON lines with a "text", to the hazards they apply to and the measures they used.

    Example: echo "Raised the ring dike and planted mangroves." | c2c link
    """
    from api.cli.linking import link_lines

    return link_lines(session_of(context), _lines(session_of(context), file), every, json)


def _lines(session: Session, file: Path | None) -> list[str]:
    if file is None:
        content, name = typer.get_binary_stream("stdin").read(), "The standard input"
    else:
        path = existing(session.terminal.path(file))
        content, name = path.read_bytes(), str(path)
    try:
        return content.decode("utf-8-sig").splitlines()
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        raise WrongInput(f"{name} is not in UTF-8: line {line}.", "Save it as UTF-8.") from error


def register(app: typer.Typer) -> None:
    """Add these commands."""
    app.command()(ask)
    app.command()(understand)
    app.command()(link)
