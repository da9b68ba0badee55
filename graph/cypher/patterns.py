"""Which regular expressions may run: the engines' own matcher goes back and forth, and nothing stops it."""

from __future__ import annotations

from collections.abc import Mapping

from graph.cypher.parsing import Tree
from graph.errors import Refused

MOST_OPEN = 3
"""Quantifiers without an upper bound in one expression: each more multiplies the time by the length of the text."""

_LONGEST = 1_000
_HOW = (
    "Give the expression as a text or $parameter; nothing that repeats may hold a repetition or an alternative, "
    f"at most {MOST_OPEN} of * + {{n,}}, no references and no look-around; or use CONTAINS, STARTS WITH, ENDS WITH."
)


def check(statement: Tree, parameters: Mapping[str, object]) -> None:
    """Raise `Refused` for a =~ whose expression is not known beforehand, or could explode."""
    for part in statement.all():
        for own, comparison in zip(part.children, part.children[1:], strict=False):
            if comparison.has("=~") and comparison.rule:
                _check_operands(own, comparison.operands()[-1], parameters)


def _check_operands(subject: Tree, expression: Tree, parameters: Mapping[str, object]) -> None:
    text = _known_text(expression, parameters)
    if text is None:
        raise Refused(
            f"The regular expression at line {expression.line}, column {expression.column} is computed.", _HOW
        )
    reason = explosive(text)
    if reason is None and open_quantifiers(text) > 1 and not _is_stored(subject):
        reason = "it repeats more than once, over a text that is not simply a property of the graph"
    if reason:
        raise Refused(f"The regular expression {text!r} could run without end: {reason}.", _HOW)


def _known_text(expression: Tree, parameters: Mapping[str, object]) -> str | None:
    if expression.rule == "parameter":
        value = parameters.get(expression.text.lstrip("$ ").strip("`"))
        return value if isinstance(value, str) else None
    if expression.rule == "literal" and expression.part("stringLiteral"):
        return expression.text[1:-1].replace("\\\\", "\\")
    return None


def _is_stored(subject: Tree) -> bool:
    """Whether the text is a property as the graph holds it, or in other letters."""
    tokens = [token.text for token in subject.all() if not token.rule]
    words = {token.lower() for token in tokens if token.isidentifier()}
    computing = {"+", "||", "[", "reduce", "replace", "case", "$", "split", "collect"}
    return "." in tokens and not computing & ({token.lower() for token in tokens} | words)


def open_quantifiers(expression: str) -> int:
    """How many quantifiers without a bound (*, +, {n,}) an expression has."""
    return sum(open_ for _, open_, _ in _pieces(expression))


def explosive(expression: str) -> str | None:
    """Why matching this expression may take more than a few passes over the text, or None.

    Linear in the expression: one pass that keeps, for each open group, whether it holds a repetition or alternative.
    """
    if len(expression) > _LONGEST:
        return f"it is longer than {_LONGEST} characters"
    groups = [False]
    closed = False
    opened = 0
    for kind, open_, repeats in _pieces(expression):
        if kind == "look":
            return "it looks around or refers back"
        if kind == "(":
            groups.append(False)
        elif kind == ")":
            if len(groups) == 1:
                return "its brackets do not match"
            closed = groups.pop()
            groups[-1] = groups[-1] or closed
        elif kind == "|":
            groups[-1] = True
        elif repeats:
            opened += open_
            if closed:
                return "something that repeats holds a repetition or an alternative"
            groups[-1] = True
        if kind != ")":
            closed = False
    return f"it has more than {MOST_OPEN} of * + {{n,}}" if opened > MOST_OPEN else None


def _pieces(expression: str) -> list[tuple[str, int, bool]]:
    """The signs of an expression: kind, whether it is an open quantifier (1 or 0), whether it repeats at all."""
    pieces: list[tuple[str, int, bool]] = []
    at = 0
    while at < len(expression):
        sign = expression[at]
        if sign == "\\":
            follows = expression[at + 1 : at + 2]
            pieces.append(("look" if follows.isdigit() or follows in ("k", "Q", "G") else "x", 0, False))
            at += 2
        elif sign == "[":
            at = _end_of_class(expression, at)
            pieces.append(("x", 0, False))
        elif sign == "(":
            flags = expression[at + 1 : at + 3]
            looks = flags[:1] == "?" and flags[1:] not in (":", "i", "s", "m", "u")
            pieces.append(("look" if looks else "(", 0, False))
            at += 1 if flags[:1] != "?" else 3
        elif sign in "*+":
            pieces.append(("q", 1, True))
            at += 1
        elif sign == "?":
            # after a quantifier it only changes the order in which lengths are tried
            pieces.append(("lazy" if pieces and pieces[-1][0] == "q" else "q", 0, False))
            at += 1
        elif sign == "{":
            end = expression.find("}", at)
            bounds = expression[at + 1 : end if end > 0 else len(expression)].split(",")
            open_ = len(bounds) == 2 and not bounds[1].strip()
            large = any(bound.strip().isdigit() and int(bound) > 100 for bound in bounds)
            pieces.append(("q", 1 if open_ or large else 0, True))
            at = end + 1 if end > 0 else len(expression)
        else:
            pieces.append((sign if sign in ")|" else "x", 0, False))
            at += 1
    return pieces


def _end_of_class(expression: str, at: int) -> int:
    at += 1
    while at < len(expression) and expression[at] != "]":
        at += 2 if expression[at] == "\\" else 1
    return at + 1
