"""A question as one query of the embedded engine: its conditions as SQL beside its vector index.

Every value of a question goes as a parameter; only names of the schema stand in the texts.
"""
# ruff: noqa: S608

from __future__ import annotations

from dataclasses import dataclass, field

from graph.answers.conditions import Condition, Conditions, Member
from graph.index.reference import Reference
from graph.index.reference_file import kinds_upward, region_chain

NEAREST = 500
"""Expertises that are taken by meaning before the conditions are looked at."""
SHOWN = 10

_NEIGHBOURS = "SELECT expand(vectorNeighbors('Expertise[embedding]', :vector, {limit}))"


@dataclass
class SQL:
    """Conditions as SQL over an expertise that is reached by `at` ("" or "record."), with their parameters."""

    reference: Reference
    at: str = ""
    parameters: dict[str, list[str] | int] = field(default_factory=dict)

    def holds(self, conditions: Conditions) -> str:
        """Return what must be true of an expertise."""
        wanted = [self._one_of(condition) for condition in conditions.wanted]
        excluded = [f"NOT ({self._member(member, excluded=True)})" for member in conditions.excluded]
        return " AND ".join([*wanted, *excluded]) or "true"

    def _one_of(self, condition: Condition) -> str:
        return "(" + " OR ".join(self._member(member) for member in condition.members) + ")"

    def _member(self, member: Member, excluded: bool = False) -> str:
        at, id_, person = self.at, member.term.id, f"{self.at}in('HAS_EXPERTISE')"
        if member.slot == "hazards":
            return f"{at}out('APPLIES_TO').id CONTAINSANY {self.named(self.kinds(id_))}"
        if member.slot == "measures":
            return f"{at}out('USED').id CONTAINSANY {self.named([id_])}"
        if member.slot == "languages":
            return f"{person}.out('SPEAKS').id CONTAINSANY {self.named([id_])}"
        if member.slot == "roles":
            job = f"{person}.outE('WORKS_AT').role CONTAINSANY {self.named([id_])}"
            return job if excluded else f"{at}role IN {self.named([id_])}"
        if member.slot == "since":
            lasts = f"({at}kind = 'position' AND {at}until IS NULL AND {at}since IS NOT NULL)"
            return f"({lasts} OR ifnull({at}until, {at}since) >= {self.named(int(id_))})"
        if member.slot == "until":
            return f"ifnull({at}since, {at}until) <= {self.named(int(id_))}"
        where = {
            "gained_in": f"{at}out('GAINED_IN')",
            "lives_in": f"{person}.out('LIVES_IN')",
            "from": f"{person}.out('FROM')",
        }
        return self._place(member, where[member.bound or "gained_in"])

    def _place(self, member: Member, place: str) -> str:
        id_, reference = member.term.id, self.reference
        if member.slot == "traits":
            return f"{place}.out('HAS_TRAIT').id CONTAINSANY {self.named([id_])}"
        if member.slot == "cities":
            districts = [city.id for city in reference.cities.values() if city.district_of == id_]
            return f"{place}.id CONTAINSANY {self.named([id_, *districts])}"
        countries = [id_]
        if member.slot == "regions":
            countries = [code for code in reference.countries if id_ in region_chain(reference, code)]
        named = self.named(countries)
        return f"({place}.id CONTAINSANY {named} OR {place}.out('IN').id CONTAINSANY {named})"

    def kinds(self, hazard: str) -> list[str]:
        """Return a hazard and all kinds of it."""
        return [each for each in self.reference.hazards if hazard in kinds_upward(self.reference.hazards, each)]

    def named(self, value: list[str] | int) -> str:
        """Give a value a parameter of its own and return how the query calls it."""
        name = f"p{len(self.parameters)}"
        self.parameters[name] = value
        return f":{name}"


Query = tuple[str, dict[str, list[str] | int]]


def neighbours_then_conditions(conditions: Conditions, reference: Reference) -> Query:
    """The nearest by meaning first; of them those that meet the conditions."""
    sql = SQL(reference, at="record.")
    holds, nearest = sql.holds(conditions), _NEIGHBOURS.format(limit=NEAREST)
    return f"SELECT record.id AS id, distance FROM ({nearest}) WHERE {holds} LIMIT {SHOWN}", sql.parameters


def conditions_then_neighbours(conditions: Conditions, reference: Reference) -> Query:
    """Those that meet the conditions first; the index looks for the nearest among them."""
    sql = SQL(reference)
    filtered = _NEIGHBOURS.format(limit=f"{SHOWN}, {{filter: ({_meeting('@rid', sql, conditions)})}}")
    return f"SELECT id, distance FROM ({filtered})", sql.parameters


def conditions_then_cosine(conditions: Conditions, reference: Reference) -> Query:
    """Those that meet the conditions first; the cosine of each with the question, without the index."""
    sql = SQL(reference)
    near = "id, vectorCosineSimilarity(embedding, :vector) AS near"
    return f"{_meeting(near, sql, conditions)} ORDER BY near DESC LIMIT {SHOWN}", sql.parameters


def _meeting(what: str, sql: SQL, conditions: Conditions) -> str:
    """From the hazards asked for outwards, where there are any: the fewest expertises are looked at."""
    by_hazard = [each for each in conditions.wanted if all(member.slot == "hazards" for member in each.members)]
    if not by_hazard:
        return f"SELECT {what} FROM Expertise WHERE {sql.holds(conditions)}"
    first = by_hazard[0]
    kinds = sql.named(sorted({kind for member in first.members for kind in sql.kinds(member.term.id)}))
    source = f"(SELECT expand(in('APPLIES_TO')) FROM Hazard WHERE id IN {kinds})"
    others = tuple(each for each in conditions.wanted if each is not first)
    return f"SELECT DISTINCT {what} FROM {source} WHERE {sql.holds(Conditions(others, conditions.excluded))}"
