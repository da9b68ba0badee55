"""`c2c evaluate links|questions|experts`: how good the product is on files of right answers."""

from __future__ import annotations

import dataclasses
import tempfile
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from api.cli.options import Json
from api.cli.session import session_of
from graph.errors import WrongInput

if TYPE_CHECKING:
    from nlp.question.reader import QuestionReader

GoldFile = Annotated[Path, typer.Argument(help="JSON lines with the right answers, one object a line")]

app = typer.Typer(
    no_args_is_help=True,
    rich_markup_mode="rich",
    help="Measure links, readings or rankings of people on a file of right answers, with 95 % intervals.",
)


@app.command()
def links(context: typer.Context, file: GoldFile, json: Json = False) -> int:
    """Judge links on lines of {"id","text","language","hazards":[ids],"accept"?:[ids]}.

    Example: c2c evaluate links statements.jsonl
    """
    from api.cli.evaluation_tables import show_links
    from api.wiring import Network
    from nlp.evaluation.links import judge_links, link_statements, read_statements

    session = session_of(context)
    network = session.shared or Network(session.settings)
    statements = read_statements(session.terminal.path(file), network.vocabulary.hazards)
    report = judge_links(link_statements(statements, network.linker), network.linker.name)
    if json:
        session.terminal.json(_plain(report))
    else:
        show_links(session.terminal.out, report)
    return 0


@app.command()
def questions(
    context: typer.Context,
    file: GoldFile,
    today: Annotated[str | None, typer.Option(help="the day that “the last ten years” end on (ISO 8601)")] = None,
    wrong: Annotated[bool, typer.Option("--wrong", help="show each question that was read wrongly, and how")] = False,
    json: Json = False,
) -> int:
    """Judge readings on lines of {"id","question","language","understood":{…}}; places are the packaged ones.

    Example: c2c evaluate questions questions.jsonl --today 2026-11-24 --wrong
    """
    from api.cli.evaluation_tables import show_questions
    from nlp.evaluation.questions import judge_questions, read_gold

    terminal = session_of(context).terminal
    gold = read_gold(terminal.path(file))
    with tempfile.TemporaryDirectory() as directory:
        report = judge_questions(gold, _reader(Path(directory)), _day(today))
    if json:
        terminal.json(_plain(report))
    else:
        show_questions(terminal.out, report, wrong)
    return 0


@app.command()
def experts(
    context: typer.Context,
    people: Annotated[Path, typer.Option(help="CSV with id,name,country")],
    evidence: Annotated[Path, typer.Option(help='JSON lines of {"person","text","year"}')],
    topics: Annotated[Path, typer.Option(help="lines of a topic's id, a tab and its text")],
    qrels: Annotated[Path | None, typer.Option(help="judgements as TREC has them: topic 0 person grade")] = None,
    run: Annotated[Path | None, typer.Option(help="write the ranking of --method as a TREC run")] = None,
    method: Annotated[
        str, typer.Option(help="bm25, embedding, fusion or city2city: whose run is written")
    ] = "city2city",
    aggregate: Annotated[
        str, typer.Option(help="texts to people: combsum, combmax, combmnz, reciprocal or topsum")
    ] = "combsum",
    json: Json = False,
) -> int:
    """Rank the people of a collection for each topic, and compare City2City with words, meaning and both fused.

    Example: c2c evaluate experts --people people.csv --evidence evidence.jsonl --topics topics.tsv --qrels qrels.txt
    """
    from api.cli.evaluation_tables import show_rankings
    from api.wiring import Network
    from nlp.evaluation.aggregation import AGGREGATES
    from nlp.evaluation.collection import read_collection
    from nlp.evaluation.experts import METHODS, Ranker, judge_runs
    from nlp.evaluation.trec import read_judgements, read_topics, write_run

    _one_of("--method", method, METHODS)
    _one_of("--aggregate", aggregate, tuple(AGGREGATES))
    if qrels is None and run is None:
        raise WrongInput("Neither --qrels nor --run is given.", "Give judgements to compare by, or a file for the run.")
    session = session_of(context)
    terminal, network = session.terminal, session.shared or Network(session.settings)
    collection = read_collection(terminal.path(people), terminal.path(evidence))
    asked = read_topics(terminal.path(topics))
    judgements = read_judgements(terminal.path(qrels), asked) if qrels is not None else None
    with tempfile.TemporaryDirectory() as directory:
        reader = _reader(Path(directory) / "gazetteer")
        ranker = Ranker(collection, Path(directory), network.vocabulary, reader, network.embedder, network.linker)
        runs = {each: ranker.run(each, asked, aggregate) for each in METHODS if judgements or each == method}
    if run is not None:
        write_run(terminal.path(run), runs[method], method)
        terminal.err.print(f"Written: {terminal.path(run)}", markup=False)
    if judgements is not None:
        found = judge_runs(runs, judgements)
        if json:
            terminal.json(_plain(found))
        else:
            show_rankings(terminal.out, found)
    return 0


def _reader(directory: Path) -> QuestionReader:
    """A reader by the packaged places, whatever the network has loaded: figures are the same everywhere."""
    from ingest.sources.places import read_places
    from nlp.question.gazetteer import Gazetteer
    from nlp.question.reader import QuestionReader
    from nlp.vocabulary import vocabulary

    return QuestionReader(vocabulary(), Gazetteer.build(read_places().cities, directory))


def _plain(value: object) -> object:
    """A report as JSON holds it: sets become sorted lists."""
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        return {field.name: _plain(getattr(value, field.name)) for field in dataclasses.fields(value)}
    if isinstance(value, frozenset):
        return sorted(value)
    if isinstance(value, list | tuple):
        return [_plain(each) for each in value]
    return value


def _day(text: str | None) -> date:
    if text is None:
        return date.today()
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise WrongInput(f"--today {text!r} is no date.", "Write it as 2026-11-24.") from error


def _one_of(option: str, value: str, allowed: tuple[str, ...]) -> None:
    if value not in allowed:
        raise WrongInput(f"{option} {value!r} is not known.", f"Choose one of {', '.join(allowed)}.")


def register(commands: typer.Typer) -> None:
    """Add these commands."""
    commands.add_typer(app, name="evaluate")
