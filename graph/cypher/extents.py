"""What a query could compute without a chance to stop it, bounded from its tree before it runs.

Neo4j ends a query between its rows, not inside an expression: neither a timeout nor a termination stops a list
comprehension, a reduce or a predicate over a list. So the product of iterations within iterations is bounded here, and
the length of what grows. Subqueries and pattern comprehensions produce rows and can be stopped.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace

from graph.cypher import calls
from graph.cypher.limits import MOST_STEPS, grown, refuse_many, refuse_search, refused
from graph.cypher.parsing import Tree
from graph.cypher.values import (
    ANY_NUMBER,
    GRAPH,
    HUGE,
    LONG_TEXT,
    TRUTH,
    UNKNOWN,
    Value,
    largest,
    of_parameter,
    of_property,
)

_FOLLOWED = 28
"""Steps of a reduce that are followed: what doubles is beyond every limit by then."""

_MOST_WORK = 100_000


class Extents:
    """The bounds of all expressions of one statement."""

    def __init__(self, statement: Tree, parameters: Mapping[str, object]) -> None:
        self._statement = statement
        self._parameters = parameters
        self._variables: dict[str, Value] = {}
        self._path = calls.longest_path(statement)
        self._work = 0

    def check(self) -> None:
        """Raise `Refused` where an expression could iterate or grow beyond what is allowed."""
        self.value(self._statement)

    def value(self, tree: Tree) -> Value:
        """The bound of an expression; goes through everything below it."""
        if not tree.rule:
            return TRUTH
        self._work += 1
        if self._work > _MOST_WORK:
            raise refused(self._statement, "is too involved to be judged")
        rule = getattr(self, f"_{tree.rule}", None)
        if rule is not None:
            found: Value = rule(tree)
            return found
        return self._operator(tree)

    def _operator(self, tree: Tree) -> Value:
        values = [self.value(child) for child in tree.operands()]
        steps = sum(value.steps for value in values)
        if tree.rule.startswith(("expression", "comparison", "normalForm")):
            steps += sum(
                value.cost()
                for value, child in zip(values, tree.operands(), strict=True)
                if not (tree.has("IN") and child.rule in ("listLiteral", "parameter"))
            )
            return replace(TRUTH, steps=steps)
        if len(values) == 1 and tree.rule in ("parenthesizedExpression", "functionArgument", "literal"):
            return values[0]
        return replace(UNKNOWN, steps=steps)

    def _expression7(self, tree: Tree) -> Value:
        """Comparisons; a text is looked for in another in their lengths multiplied."""
        left, comparison = tree.operands()
        if any(comparison.has(word) for word in ("CONTAINS", "STARTS", "ENDS")):
            sought = self.value(comparison.operands()[-1])
            refuse_search(self.value(left), sought, tree)
        return self._operator(tree)

    # clauses: what they name is known to what follows

    def _returnItem(self, tree: Tree) -> Value:
        value = self.value(tree.operands()[0])
        if tree.has("AS"):
            self._name(tree.operands()[-1], value)
        return value

    def _unwindClause(self, tree: Tree) -> Value:
        source, variable = tree.operands()
        value = self.value(source)
        refuse_many(value.length if value.kind == "list" else 0, 1.0, tree)
        self._name(variable, value.entry())
        return value

    def _relationshipPattern(self, tree: Tree) -> Value:
        variable = tree.part("variable")
        if variable and tree.part("pathLength"):
            self._name(variable, Value("list", self._path))
        return self._operator(tree)

    def _name(self, variable: Tree, value: Value) -> None:
        name = variable.text.strip("`")
        known = self._variables.get(name)
        value = replace(value, steps=0.0)
        self._variables[name] = largest([known, value]) if known else value

    # expressions

    def _variable(self, tree: Tree) -> Value:
        return self._variables.get(tree.text.strip("`"), UNKNOWN)

    def _parameter(self, tree: Tree) -> Value:
        return of_parameter(self._parameters.get(tree.text.lstrip("$ ").strip("`")))

    def _numberLiteral(self, tree: Tree) -> Value:
        return Value("number", calls.number(tree.text))

    def _stringLiteral(self, tree: Tree) -> Value:
        return Value("text", float(len(tree.text) - 2))

    def _listLiteral(self, tree: Tree) -> Value:
        values = [self.value(child) for child in tree.operands()]
        steps = sum(value.steps for value in values)
        return grown(Value("list", float(len(values)), largest(values), steps), tree)

    def _map(self, tree: Tree) -> Value:
        values = [self.value(child) for child in tree.operands() if child.rule != "propertyKeyName"]
        return Value("map", float(len(values)), largest(values), sum(value.steps for value in values))

    def _mapProjection(self, tree: Tree) -> Value:
        values = [self.value(each) for element in tree.parts("mapProjectionElement") for each in element.operands()]
        held = largest([Value("text", LONG_TEXT), *values])
        return Value("map", float(max(1, len(values))), held, sum(value.steps for value in values))

    def _caseExpression(self, tree: Tree) -> Value:
        values = [self.value(each) for child in tree.operands() for each in _alternatives(child)]
        results = [self.value(list(_alternatives(child))[-1]) for child in tree.operands()]
        return replace(largest(results), steps=sum(value.steps for value in values))

    _extendedCaseExpression = _caseExpression

    def _expression6(self, tree: Tree) -> Value:
        """Sums, differences and concatenations."""
        signs = [child.text for child in tree.children if not child.rule]
        result, *others = (self.value(child) for child in tree.operands())
        for sign, other in zip(signs, others, strict=False):
            result = self._joined(sign, result, other, tree)
        return result

    def _joined(self, sign: str, left: Value, right: Value, tree: Tree) -> Value:
        steps = left.steps + right.steps + left.cost() + right.cost()
        if sign == "-":
            return Value("number", left.length if left.kind == "number" else HUGE, steps=steps)
        if left.kind == right.kind == "number":
            return Value("number", left.length + right.length, steps=steps)
        if "list" in (left.kind, right.kind):
            length = sum(side.length if side.kind == "list" else 1.0 for side in (left, right))
            items = largest([side.entry() if side.kind == "list" else side for side in (left, right)])
            return grown(Value("list", length, items, steps), tree)
        length = sum(20.0 if side.kind == "number" else side.length for side in (left, right))
        return grown(Value("text", length, steps=steps), tree)

    def _expression5(self, tree: Tree) -> Value:
        values = [self.value(child) for child in tree.operands()]
        bound = 1.0
        for value in values:
            bound *= max(1.0, value.length if value.kind == "number" else HUGE)
        return Value("number", min(bound, HUGE), steps=sum(value.steps for value in values))

    def _expression4(self, tree: Tree) -> Value:
        return replace(ANY_NUMBER, steps=sum(self.value(child).steps for child in tree.operands()))

    def _expression2(self, tree: Tree) -> Value:
        """Properties, elements and slices of what stands before them."""
        base, *posts = tree.operands()
        value = self.value(base)
        for post in posts:
            value = replace(
                self._post(value, post), steps=value.steps + sum(self.value(e).steps for e in post.operands())
            )
        return value

    def _post(self, value: Value, post: Tree) -> Value:
        if (own := post.part("property")) is not None:
            name = own.operands()[0].text.strip("`")
            return value.entry() if value.kind == "map" else of_property(name)
        if post.has(".."):
            return calls.sliced(value, post, self.value)
        return value.entry() if post.has("[") else TRUTH

    def _functionInvocation(self, tree: Tree) -> Value:
        arguments = [self.value(child) for child in tree.parts("functionArgument")]
        if calls.searches(tree) and len(arguments) > 1:
            refuse_search(arguments[0], arguments[1], tree)
        result = calls.result(tree, arguments, self._path)
        steps = sum(argument.steps for argument in arguments) + calls.cost(tree, arguments)
        if result.kind == "list" and result.length > MOST_STEPS:
            raise refused(tree, f"could make a list of more than {MOST_STEPS:,} elements")
        return grown(replace(result, steps=steps), tree) if result.kind == "text" else replace(result, steps=steps)

    # iterations

    def _listComprehension(self, tree: Tree) -> Value:
        variable, source, *inner = tree.operands()
        projects = tree.has("|")
        return self._iteration(tree, variable, source, inner, projects)

    def _listItemsPredicate(self, tree: Tree) -> Value:
        variable, source, *inner = tree.operands()
        return replace(TRUTH, steps=self._iteration(tree, variable, source, inner, False).steps)

    def _iteration(self, tree: Tree, variable: Tree, source: Tree, inner: list[Tree], projects: bool) -> Value:
        items = self.value(source)
        with self._naming(variable, items.entry()):
            values = [self.value(each) for each in inner]
        steps = refuse_many(items.length, sum(value.steps for value in values), tree)
        item = values[-1] if projects else items.entry()
        return grown(Value("list", items.length, replace(item, steps=0.0), items.steps + steps), tree)

    def _reduceExpression(self, tree: Tree) -> Value:
        accumulator, initial, variable, source, step = tree.operands()
        start, items = self.value(initial), self.value(source)

        def after(so_far: Value) -> Value:
            with self._naming(accumulator, replace(so_far, steps=0.0)), self._naming(variable, items.entry()):
                return self.value(step)

        once = after(start)
        steps = items.steps + start.steps + refuse_many(items.length, once.steps, tree)
        if once.kind == start.kind == "number":
            return replace(ANY_NUMBER, steps=steps)
        return replace(self._after_all(once, after, items.length, tree), steps=steps)

    def _after_all(self, value: Value, after: Callable[[Value], Value], times: float, tree: Tree) -> Value:
        """What a step leads to when it is taken so often: the first ones are followed, the others are in line.

        Raises `Refused` where it grows faster than by the same amount at every step.
        """
        totals = [value.total()]
        for _ in range(min(_FOLLOWED, int(times)) - 1):
            value = after(value)
            totals.append(value.total())
        middle = len(totals) // 2
        early, late = totals[middle] - totals[middle // 2], totals[-1] - totals[middle]
        if late > 2.2 * early + 8 and len(totals) == _FOLLOWED:
            raise refused(tree, "grows by more at every step")
        if late <= 0:
            return value
        refuse_many(times, 2.0, tree)
        growth = late / (len(totals) - 1 - middle)
        factor = max(1.0, (value.total() + growth * (times - len(totals))) / max(1.0, value.total()))
        return grown(replace(value, length=value.length * factor), tree)

    def _patternComprehension(self, tree: Tree) -> Value:
        values = [self.value(child) for child in tree.operands()]
        return Value("list", GRAPH, replace(values[-1], steps=0.0), 1.0)

    def _collectExpression(self, tree: Tree) -> Value:
        self._operator(tree)
        return Value("list", GRAPH, UNKNOWN, 1.0)

    def _countExpression(self, tree: Tree) -> Value:
        self._operator(tree)
        return Value("number", GRAPH, steps=1.0)

    _existsExpression = _countExpression

    @contextmanager
    def _naming(self, variable: Tree, value: Value) -> Iterator[None]:
        name = variable.text.strip("`")
        before = self._variables.get(name)
        self._variables[name] = replace(value, steps=0.0)
        try:
            yield
        finally:
            if before is None:
                del self._variables[name]
            else:
                self._variables[name] = before


def _alternatives(tree: Tree) -> Iterator[Tree]:
    if tree.rule in ("caseAlternative", "extendedCaseAlternative"):
        yield from tree.operands()
    else:
        yield tree
