"""A query text as a tree of Neo4j's own Cypher 5 grammar, run as data by the ANTLR runtime.

The grammar is the server's, so that what is judged is what is run. Parsing in Python costs 1 to 40 ms a query once
warm, and the first query of a process about 0.5 s.
"""

from __future__ import annotations

import threading
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from graph.errors import Position, Refused, WrongInput

MOST_CHARACTERS = 20_000
MOST_TOKENS = 3_000
DEEPEST = 12
"""Brackets within brackets, and signs or NOTs in a row: what is deeper than this costs the parser and says nothing."""

_GRAMMAR = Path(__file__).parent / "grammar"
_HEADINGS = (
    "token literal names:", "token symbolic names:", "rule names:", "channel names:", "mode names:", "atn:",
)  # fmt: skip
_CHAIN = "expression"
"""Rules of this name, one for each precedence, are left out of the tree where they add nothing."""

_one_at_a_time = threading.Lock()
"""The tables that the runtime learns while parsing are shared by all parses."""


@dataclass(frozen=True, slots=True)
class Tree:
    """A rule of the grammar with what it consists of; a token has no rule and no children."""

    rule: str
    text: str
    children: tuple[Tree, ...]
    line: int
    column: int

    @property
    def position(self) -> Position:
        """Where it begins."""
        return Position(self.line, self.column)

    def all(self) -> Iterator[Tree]:
        """This and all below it, parents first."""
        yield self
        for child in self.children:
            yield from child.all()

    def parts(self, *rules: str) -> list[Tree]:
        """The children of these rules, in order."""
        return [child for child in self.children if child.rule in rules]

    def part(self, rule: str) -> Tree | None:
        """The first child of a rule, or None."""
        return next((child for child in self.children if child.rule == rule), None)

    def operands(self) -> list[Tree]:
        """The children that are no tokens."""
        return [child for child in self.children if child.rule]

    def has(self, word: str) -> bool:
        """Whether one of the children is this token, whatever its case."""
        return any(not child.rule and child.text.upper() == word for child in self.children)


def parse(text: str) -> Tree:
    """The tree of a query text.

    Raises `WrongInput` with line and column where it is no Cypher, `Refused` where it is too large or too deep to be
    judged, or hides characters behind unicode escapes, which a server reads before it parses.
    """
    if "\\u" in text or "\\U" in text:
        raise Refused(
            "The query writes characters as unicode escapes (\\u…).",
            "Write the characters themselves, or a $parameter.",
        )
    if len(text) > MOST_CHARACTERS:
        raise Refused(
            f"The query has {len(text)} characters.",
            f"At most {MOST_CHARACTERS} are read; put long values in $parameters.",
        )
    with _one_at_a_time:
        return _parsed(text)


def _parsed(text: str) -> Tree:
    from antlr4 import InputStream

    from graph.cypher.running_grammar import Syntax, parser_of, tokens_of

    try:
        tokens = tokens_of(InputStream(text), _lexer())
        _refuse_too_deep([token for token in tokens.tokens if token.channel == 0])
        return _tree(parser_of(tokens, _parser()).run("statements"), text, _parser().rules)
    except Syntax as error:
        where = f"line {error.line}, column {error.column}"
        near = f" near {error.found!r}" if error.found else ""
        raise WrongInput(
            f"The query is not understood at {where}{near}.",
            "Mend the query there.",
            Position(error.line, error.column),
        ) from error


def _refuse_too_deep(tokens: list[Any]) -> None:
    if len(tokens) > MOST_TOKENS:
        raise Refused(
            f"The query has {len(tokens)} words and signs.", f"At most {MOST_TOKENS} are read; use $parameters."
        )
    depth = row = 0
    for token in tokens:
        word = token.text.upper()
        depth += (word in ("(", "[", "{", "CASE")) - (word in (")", "]", "}", "END"))
        row = row + 1 if word in ("+", "-", "NOT", "(", "[", "{") else 0
        if depth > DEEPEST or row > DEEPEST:
            raise Refused(
                f"The query is nested more than {DEEPEST} deep at line {token.line}, column {token.column + 1}.",
                "Split it with WITH, or put lists into $parameters.",
                Position(token.line, token.column + 1),
            )


@dataclass(frozen=True, slots=True)
class Grammar:
    """What one grammar file holds, and the tables that parsing fills."""

    rules: tuple[str, ...]
    literals: tuple[str, ...]
    symbols: tuple[str, ...]
    network: Any
    decisions: list[Any]
    contexts: Any


@cache
def _lexer() -> Grammar:
    return _load("Cypher5Lexer.interp")


@cache
def _parser() -> Grammar:
    return _load("Cypher5Parser.interp")


def _load(name: str) -> Grammar:
    from antlr4.atn.ATNDeserializer import ATNDeserializer
    from antlr4.dfa.DFA import DFA
    from antlr4.PredictionContext import PredictionContextCache

    sections: dict[str, list[str]] = {}
    for line in (_GRAMMAR / name).read_text(encoding="utf-8").splitlines():
        if line in _HEADINGS:
            current = sections.setdefault(line, [])
        elif line:
            current.append(line)
    network = ATNDeserializer().deserialize([int(each) for each in sections["atn:"][0].strip("[]").split(",")])
    return Grammar(
        rules=tuple(sections["rule names:"]),
        literals=tuple(sections["token literal names:"]),
        symbols=tuple(sections["token symbolic names:"]),
        network=network,
        decisions=[DFA(state, number) for number, state in enumerate(network.decisionToState)],
        contexts=PredictionContextCache(),
    )


def _tree(context: Any, text: str, rules: tuple[str, ...]) -> Tree:
    symbol = getattr(context, "symbol", None)
    if symbol is not None:
        return Tree("", "" if symbol.type < 0 else symbol.text, (), symbol.line, symbol.column + 1)
    children = tuple(_tree(child, text, rules) for child in context.children or ())
    rule = rules[context.ruleIndex]
    if len(children) == 1 and rule.startswith(_CHAIN):
        return children[0]
    start, stop = context.start, context.stop
    source = text[start.start : stop.stop + 1] if stop is not None else ""
    return Tree(rule, source, children, start.line, start.column + 1)
