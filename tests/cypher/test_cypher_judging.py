"""What is judged from the text alone: positions, columns, growth, regular expressions, and what stays allowed."""

from __future__ import annotations

import pytest

from graph.cypher.judging import judge
from graph.cypher.parsing import parse
from graph.cypher.patterns import explosive
from graph.errors import Refused, WrongInput


def test_a_query_that_is_none_is_told_where() -> None:
    with pytest.raises(WrongInput, match="line 2, column 7 near '='"):
        judge("MATCH (c:City)\nWHERE == 1 RETURN c")


def test_a_parameter_that_is_missing_is_named() -> None:
    with pytest.raises(WrongInput, match=r"\$since"):
        judge("MATCH (e:Expertise) WHERE e.since > $since RETURN e")


@pytest.mark.parametrize(
    ("query", "named"),
    [
        ("MATCH (n) SET n.name = 'x'", "SET at line 1, column 11"),
        ("LOAD CSV FROM 'file:///x' AS row RETURN row", "LOAD CSV"),
        ("CALL dbms.listConfig()", "dbms.listConfig"),
        ("RETURN apoc.version()", "apoc.version"),
        ("SHOW USERS", "SHOW USERS"),
        ("RETURN 1; RETURN 2", "2 statements"),
        ("RETURN '\\u0041'", "unicode escapes"),
    ],
)
def test_a_refusal_names_what_is_refused_and_says_what_is_allowed(query: str, named: str) -> None:
    with pytest.raises(Refused) as refused:
        judge(query)
    assert named in refused.value.detail
    assert refused.value.mend


@pytest.mark.parametrize(
    ("query", "columns"),
    [
        ("MATCH (c:City) RETURN c.name, c.population AS people", ("c.name", "people")),
        ("MATCH (c:City) CALL { WITH c RETURN 1 AS inner } RETURN c, inner AS `the one`", ("c", "the one")),
        ("MATCH (c) RETURN *", ()),
        ("RETURN 1 AS x UNION RETURN 2 AS x", ("x",)),
    ],
)
def test_columns_are_those_of_the_last_return(query: str, columns: tuple[str, ...]) -> None:
    assert judge(query).columns == columns


@pytest.mark.parametrize(
    "query",
    [
        "RETURN 'MATCH (n) DETACH DELETE n' AS text",
        "MATCH (n:`CREATE`) RETURN n.`DELETE` // SET",
        "MATCH (create:City) RETURN create",
        "MATCH p = (:Hazard)-[:KIND_OF*1..3]->() RETURN reduce(s = '', n IN nodes(p) | s + '/' + n.name)",
        "MATCH (a:Alumnus) WITH collect(a.name) AS names RETURN [n IN names | toUpper(n)]",
        "MATCH (h:Hazard) WITH collect(h)[0..50] AS hs RETURN [a IN hs | [b IN hs | a.id + b.id]]",
        "WITH [1, 2, 3] AS xs RETURN [i IN range(0, size(xs) - 1) | xs[i]]",
        "UNWIND range(1, 100) AS x UNWIND range(1, 100) AS y RETURN count(*)",
        "RETURN reduce(best = 0, x IN [3, 1, 2] | CASE WHEN x > best THEN x ELSE best END)",
        "UNWIND range(1, 5) AS i UNWIND range(1, i) AS j RETURN i, j",
        "RETURN reduce(l = [], x IN [1, 2, 3] | l + [x]) AS xs, reduce(t = 0, x IN [1, 2] | t + x * x) AS squares",
        "MATCH (e:Expertise) WHERE e.text =~ '(?i).*(flood|storm).*' RETURN e",
    ],
)
def test_what_a_researcher_needs_stays_allowed(query: str) -> None:
    assert judge(query).text == query


def test_ten_thousand_steps_within_one_another_are_the_limit() -> None:
    judge("RETURN [i IN range(1, 100) | [j IN range(1, 100) | i * j]]")
    with pytest.raises(Refused, match="iterate inside an iteration over more than 10,000"):
        judge("RETURN [i IN range(1, 101) | [j IN range(1, 100) | i * j]]")


def test_the_length_of_a_parameter_counts() -> None:
    query = "RETURN [i IN $xs | [j IN $xs | i * j]]"
    judge(query, {"xs": list(range(100))})
    with pytest.raises(Refused):
        judge(query, {"xs": list(range(101))})


@pytest.mark.parametrize(
    "expression", [".*dike.*", "(?i)flood(ing)?s?", "[A-Z][a-z]+ \\d{4}", "(dike|levee) .*", "a+?b"]
)
def test_plain_expressions_may_run(expression: str) -> None:
    assert explosive(expression) is None


@pytest.mark.parametrize(
    "expression", ["(a+)+", "(a|b)*", "(?:a*)*", "((a))+(b+)*", "(a*)\\1", "(?=a)b", "a*b*c*d*", "(a{2,})+", "([(]a+)*"]
)
def test_expressions_that_could_explode_may_not(expression: str) -> None:
    assert explosive(expression)


def test_the_grammar_is_read_whole() -> None:
    tree = parse("MATCH (a)-[r:IN*1..2]->(b) RETURN a, [x IN r | type(x)] AS types")
    assert {"matchClause", "listComprehension", "functionInvocation"} <= {part.rule for part in tree.all()}
