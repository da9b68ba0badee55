"""Figures with their intervals as tables."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from rich.table import Table
from rich.text import Text

if TYPE_CHECKING:
    from rich.console import Console

    from nlp.evaluation.experts import RankingQuality
    from nlp.evaluation.figures import Figure
    from nlp.evaluation.links import LinkReport
    from nlp.evaluation.questions import QuestionReport


_IN_PERCENT = "In per cent, with 95 % intervals."


def show_links(out: Console, report: LinkReport) -> None:
    """Print links by language in per cent, their calibration, and what is most often taken for what."""
    table = _table("language", "lines", "top-1", "recall at 3", "precision", "recall", "abstains", "false links")
    for quality in (*report.languages, report.together):
        figures = (quality.top1, quality.recall_at_3, quality.precision, quality.recall)
        rest = (quality.abstention, quality.false_links)
        table.add_row(quality.language or "all", f"{quality.lines:,}", *map(in_percent, (*figures, *rest)))
    out.print(table)
    out.print(_IN_PERCENT, highlight=False)
    out.print(f"Calibration error, all languages: {told(report.calibration)}   linker {report.linker}", highlight=False)
    if report.confusions:
        out.print("\nMost often taken for another:", highlight=False)
        for gold, taken, count in report.confusions:
            out.print(f"  {count:>3}  {gold} → {taken or 'nothing'}", highlight=False)


def show_questions(out: Console, report: QuestionReport, wrong: bool) -> None:
    """Print readings by language in per cent and, where wanted, each that is wrong."""
    table = _table("language", "questions", "exactly right", "spans", "words left over")
    for quality in (*report.languages, report.together):
        figures = map(in_percent, (quality.exact, quality.spans, quality.rest))
        table.add_row(quality.language or "all", f"{quality.lines:,}", *figures)
    out.print(table)
    out.print(_IN_PERCENT, highlight=False)
    for judgement in report.judgements if wrong else ():
        if not judgement.exact:
            out.print(Text(f"\n{judgement.gold.id}  {judgement.gold.question}"))
            for fault in judgement.wrong:
                out.print(Text(f"    {fault}"))


def show_rankings(out: Console, qualities: Sequence[RankingQuality]) -> None:
    """Print the methods beside each other."""
    table = _table("method", "topics", "MAP", "MRR", "nDCG at 10", "difference")
    for quality in qualities:
        figures = (quality.average_precision, quality.reciprocal_rank, quality.ndcg_at_10, quality.against_city2city)
        table.add_row(quality.method, str(quality.topics), *map(told, figures))
    out.print(table)
    out.print(
        "Difference: the method's MAP less City2City's, topic by topic; real only where its interval leaves out 0.",
        highlight=False,
    )


def told(figure: Figure) -> str:
    """Return a figure with its interval: 0.82 (0.79–0.85)."""
    if figure.value is None or figure.low is None or figure.high is None:
        return "–"
    return f"{figure.value:.2f} ({figure.low:.2f}–{figure.high:.2f})"


def in_percent(figure: Figure) -> str:
    """Return a share with its interval in per cent: 82 (79–85)."""
    if figure.value is None or figure.low is None or figure.high is None:
        return "–"
    return f"{100 * figure.value:.0f} ({100 * figure.low:.0f}–{100 * figure.high:.0f})"


def _table(first: str, *others: str) -> Table:
    table = Table(box=None, header_style="bold", pad_edge=False, padding=(0, 2, 0, 0))
    table.add_column(first, no_wrap=True, min_width=len(first))
    for name in others:
        table.add_column(name, justify="right")
    return table
