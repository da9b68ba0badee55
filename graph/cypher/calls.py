"""The bounds of what functions, slices and paths give."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from graph.cypher.parsing import Tree
from graph.cypher.values import ANY_NUMBER, GRAPH, HUGE, LONG_TEXT, TRUTH, UNKNOWN, Value, largest

_SAME = frozenset((
    "tolower", "toupper", "lower", "upper", "trim", "ltrim", "rtrim", "left", "right", "substring", "reverse",
    "tail", "tostringlist", "tointegerlist", "tofloatlist", "tobooleanlist", "min", "max",
))  # fmt: skip
_TEXTS = frozenset((
    "type", "elementid", "tostring", "tostringornull", "valuetype", "date", "datetime", "time", "duration",
))  # fmt: skip
_FREE = frozenset((
    "size", "head", "last", "count", "collect", "range", "length", "nodes", "relationships", "labels", "keys",
    "coalesce", "isempty",
))  # fmt: skip
_KNOWN_LISTS = {"labels": 10.0, "keys": 100.0}


def result(call: Tree, arguments: Sequence[Value], path: float) -> Value:
    """The bound of what a function gives for arguments of these bounds, on paths of at most `path` steps."""
    name, first = _name(call), arguments[0] if arguments else TRUTH
    if name == "range":
        return Value("list", _range(call, arguments), largest(arguments[:2]))
    if name == "collect":
        return Value("list", GRAPH, first)
    if name in _KNOWN_LISTS:
        return Value("list", _KNOWN_LISTS[name], Value("text", 100.0))
    if name in ("nodes", "relationships"):
        return Value("list", path)
    if name == "split":
        return Value("list", first.length, Value("text", first.length))
    if name == "replace":
        factor = max(1.0, arguments[2].length if len(arguments) > 2 and arguments[2].kind != "number" else 1.0)
        return Value("text", first.length * factor)
    if name in ("head", "last"):
        return first.entry()
    if name == "coalesce":
        return largest(arguments)
    if name in _SAME:
        return first
    if name == "properties":
        return Value("map", 100.0, Value("text", LONG_TEXT))
    if name in ("size", "length"):
        return Value("number", path if name == "length" else first.length)
    if name in _TEXTS:
        return Value("text", first.length if first.kind == "text" else 100.0)
    return Value("number", GRAPH) if name == "count" else ANY_NUMBER


def cost(call: Tree, arguments: Sequence[Value]) -> float:
    """What going through the arguments costs."""
    return 0.0 if _name(call) in _FREE else sum(argument.cost() for argument in arguments)


def searches(call: Tree) -> bool:
    """Whether the function looks for its second argument in its first."""
    return _name(call) in ("replace", "split")


def sliced(value: Value, post: Tree, bound_of: Callable[[Tree], Value]) -> Value:
    """A slice `[from..to]`: as long as its ends say, and never longer than what is cut."""
    words = [child.text if not child.rule else "" for child in post.children]
    dots = words.index("..")
    before = post.children[1:dots]
    after = [child for child in post.children[dots + 1 :] if child.rule]
    length = value.length
    if after and not after[0].text.startswith("-"):
        end = bound_of(after[0])
        start = number(before[0].text) if before and before[0].rule == "literal" else 0.0
        if end.kind == "number" and start >= 0:
            length = min(length, max(0.0, end.length - (0.0 if start == HUGE else start)))
    return Value("list", length, value.entry() if value.kind == "list" else UNKNOWN)


def number(text: str) -> float:
    """What a number literal means, or more than any list holds where that is not plain."""
    plain = text.replace(" ", "").replace("_", "")
    try:
        return float(int(plain, 0)) if plain.lstrip("-").isdigit() else float(plain)
    except ValueError:
        return HUGE


def longest_path(statement: Tree) -> float:
    """How many nodes a path of this statement may have: the sum of its relationships, repeated as they may be."""
    steps, times = 1.0, 1.0
    for part in statement.all():
        if part.rule == "relationshipPattern":
            length = part.part("pathLength")
            steps += _upper(length) if length else 1.0
        elif part.rule == "quantifier":
            times *= max(1.0, _upper(part))
    return min(GRAPH, steps * times)


def _upper(part: Tree) -> float:
    """The upper bound of `*1..3`, `*2`, `{1,3}`, `{2}`; the graph's size where there is none."""
    words = [token.text for token in part.all() if not token.rule]
    numbers = [float(word) for word in words if word.isdigit()]
    return numbers[-1] if numbers and words[-1] in (str(int(numbers[-1])), "}") and words[-2:-1] != [","] else GRAPH


def _range(call: Tree, arguments: Sequence[Value]) -> float:
    if len(arguments) < 2 or any(argument.kind != "number" for argument in arguments[:2]):
        return HUGE
    parts = call.parts("functionArgument")
    starts = parts[0].text
    start = number(starts) if starts.lstrip("- ").isdigit() else _from_parameter(starts, arguments[0])
    step = abs(arguments[2].length) if len(arguments) > 2 and arguments[2].length not in (0.0, HUGE) else 1.0
    if start == HUGE:
        return HUGE
    return min(HUGE, abs(arguments[1].length - start) / max(1.0, step) + 1)


def _from_parameter(text: str, value: Value) -> float:
    return value.length if text.strip().startswith("$") else HUGE


def _name(call: Tree) -> str:
    from graph.cypher.judging import function_of

    return function_of(call)
