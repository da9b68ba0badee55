"""Whether a researcher's query may run, from its parse alone; what the engine says of it is asked afterwards."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from graph.cypher import patterns
from graph.cypher.allowed import CLAUSES, FUNCTIONS, PROCEDURES, WHAT_IS_ALLOWED
from graph.cypher.extents import Extents
from graph.cypher.parsing import Tree, parse
from graph.errors import Refused, WrongInput

_CLAUSE_NAMES = {
    "createClause": "CREATE", "insertClause": "INSERT", "setClause": "SET", "removeClause": "REMOVE",
    "deleteClause": "DELETE", "mergeClause": "MERGE", "loadCSVClause": "LOAD CSV", "foreachClause": "FOREACH",
    "useClause": "USE", "finishClause": "FINISH",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Judged:
    """A query that may be asked, with the names of its columns (none where it returns `*`)."""

    text: str
    parameters: Mapping[str, object]
    columns: tuple[str, ...]


def judge(text: str, parameters: Mapping[str, object] | None = None) -> Judged:
    """Read the query and say whether it may run, the same for both engines: what one cannot stop, neither is asked.

    Raises `WrongInput` where it is no query or lacks a parameter, `Refused` with the reason and what is allowed where
    it writes, administers, reads files or addresses, or could compute what nothing would stop.
    """
    parameters = parameters or {}
    tree = parse(text)
    statement = _only_statement(tree)
    for part in statement.all():
        _refuse_part(part)
    _require_parameters(statement, parameters)
    patterns.check(statement, parameters)
    Extents(statement, parameters).check()
    return Judged(_without_end(text), parameters, tuple(_columns(statement)))


def _only_statement(tree: Tree) -> Tree:
    statements = tree.parts("statement")
    if len(statements) != 1:
        raise Refused(f"There are {len(statements)} statements in one query.", "Send one query at a time.")
    statement = statements[0]
    query = statement.children[0]
    if query.rule != "regularQuery":
        raise Refused(f"{_first_words(query)} is a command, not a reading query.", WHAT_IS_ALLOWED, query.position)
    return query


def _refuse_part(part: Tree) -> None:
    if part.rule == "clause":
        inner = part.children[0]
        if inner.rule not in CLAUSES:
            name = _CLAUSE_NAMES.get(inner.rule, _first_words(inner))
            where = f"line {part.line}, column {part.column}"
            raise Refused(f"{name} at {where} is not allowed.", WHAT_IS_ALLOWED, part.position)
    elif part.rule == "subqueryInTransactionsParameters":
        raise Refused("CALL {…} IN TRANSACTIONS is for writing.", WHAT_IS_ALLOWED, part.position)
    elif part.rule == "procedureName":
        _refuse_unless(name_of(part), PROCEDURES, "procedure", part)
    elif part.rule == "functionInvocation":
        function = function_of(part)
        _refuse_unless(function, FUNCTIONS, "function", part)
    elif part.rule == "hint":
        raise Refused("Planner hints (USING …) are not allowed.", "Leave the hint out.", part.position)
    elif "Command" in part.rule or part.rule in ("command", "showTransactions", "terminateTransactions"):
        raise Refused(f"{_first_words(part)} is a command, not a reading query.", WHAT_IS_ALLOWED, part.position)


def _refuse_unless(name: str, allowed: frozenset[str], kind: str, part: Tree) -> None:
    if name.lower() not in allowed:
        raise Refused(
            f"The {kind} {name} at line {part.line}, column {part.column} is not in the list of allowed ones.",
            WHAT_IS_ALLOWED,
            part.position,
        )


def name_of(part: Tree) -> str:
    """The dotted name of a function or procedure, without quotes and spaces."""
    words = [token.text.strip("`") for token in part.all() if not token.rule]
    return "".join(words)


def function_of(invocation: Tree) -> str:
    """The name of the function that is called, in lower case."""
    name = invocation.part("functionName")
    return name_of(name).lower() if name else ""


def _require_parameters(statement: Tree, parameters: Mapping[str, object]) -> None:
    for part in statement.all():
        if part.rule == "parameter" and (name := name_of(part).lstrip("$")) not in parameters:
            raise WrongInput(
                f"The query names ${name} at line {part.line}, column {part.column}, which was not given.",
                f"Give the parameter {name}.",
                part.position,
            )


def _columns(statement: Tree) -> Iterator[str]:
    first = statement.part("singleQuery")
    clauses = [clause.children[0] for clause in first.parts("clause")] if first else []
    body = clauses[-1].part("returnBody") if clauses and clauses[-1].rule == "returnClause" else None
    items = body.part("returnItems") if body else None
    for item in items.parts("returnItem") if items and not items.has("*") else ():
        yield item.operands()[-1].text.strip("`") if item.has("AS") else item.text


def _without_end(text: str) -> str:
    return text.strip().rstrip(";")


def _first_words(part: Tree) -> str:
    return " ".join(token.text.upper() for token in part.all() if not token.rule and token.text)[:40]
