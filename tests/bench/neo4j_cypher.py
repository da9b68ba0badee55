"""A question as Cypher: its conditions, one hand-written query over them, and the tail for a retriever.

The conditions mean what they mean in `graph.answers.meeting`; the page says on how many questions both agree.
Every value of a question goes as a parameter, so questions of one form share a text and a plan; only names of the
schema stand in the texts.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from graph.answers.conditions import Condition, Conditions, Member
from graph.index.reference import Reference
from graph.index.reference_file import kinds_upward, region_chain
from graph.index.tables import COUNTRYWIDE_TRAITS

SHOWN = 10
COUNTS = "coalesce(link.reviewed, '') <> 'rejected'"
"""Which links to hazards count."""
VECTOR_INDEX, TEXT_INDEX = "bench_vectors", "bench_texts"

_SHOWING = (
    "RETURN person.id AS person, person.name AS name, expertise.id AS expertise, expertise.text AS text,\n"
    "       expertise.since AS since, expertise.until AS until, place.name AS place, score\n"
    "ORDER BY score DESC"
)
_OWN = frozenset({"roles", "since", "until", "kinds"})
"""Conditions on properties of the expertise itself."""
_AND = "\n  AND "
_PLACES = {
    "gained_in": "(expertise)-[:GAINED_IN]->(place)",
    "lives_in": "(expertise)<-[:HAS_EXPERTISE]-(:Alumnus)-[:LIVES_IN]->(place)",
    "from": "(expertise)<-[:HAS_EXPERTISE]-(:Alumnus)-[:FROM]->(place)",
}


@dataclass(frozen=True, slots=True)
class Query:
    """A text with its parameters."""

    text: str
    parameters: dict[str, list[str] | str | int]


@dataclass
class Cypher:
    """Conditions as Cypher over a node `expertise`, with the parameters that they use."""

    reference: Reference
    parameters: dict[str, list[str] | str | int] = field(default_factory=dict)

    def lines(self, conditions: Conditions) -> list[str]:
        """Return what must be true of an expertise, each condition by itself."""
        wanted = [self.one_of(condition) for condition in conditions.wanted]
        return [*wanted, *(f"NOT {self.member(member, excluded=True)}" for member in conditions.excluded)]

    def one_of(self, condition: Condition) -> str:
        """Return one condition; hazards of which one suffices are looked for together."""
        if all(member.slot == "hazards" for member in condition.members):
            return self._hazards(condition)
        members = [self.member(member) for member in condition.members]
        return members[0] if len(members) == 1 else f"({' OR '.join(members)})"

    def member(self, member: Member, excluded: bool = False) -> str:
        """Return one term as a condition."""
        id_ = member.term.id
        match member.slot:
            case "hazards":
                return self._hazards(Condition((member,)))
            case "measures":
                return f"EXISTS {{ (expertise)-[:USED]->(:Measure {{id: {self.named(id_)}}}) }}"
            case "languages":
                return self._speaks(id_.casefold())
            case "roles":
                return self._present_role(id_) if excluded else f"expertise.role = {self.named(id_)}"
            case "since":
                lasts = "expertise.kind = 'position' AND expertise.until IS NULL AND expertise.since IS NOT NULL"
                return f"(({lasts}) OR coalesce(expertise.until, expertise.since) >= {self.named(int(id_))})"
            case "until":
                return f"coalesce(expertise.since, expertise.until) <= {self.named(int(id_))}"
        return self._place(member)

    def kinds(self, hazards: list[str]) -> list[str]:
        """Return hazards and all kinds of them."""
        known = self.reference.hazards
        return sorted({kind for kind in known for hazard in hazards if hazard in kinds_upward(known, kind)})

    def city_ids(self, city: str) -> list[str]:
        """Return a city and its districts."""
        return [city, *(known.id for known in self.reference.cities.values() if known.district_of == city)]

    def hazard_ids(self, condition: Condition) -> str:
        """Return the parameter that holds the hazards of a condition and all kinds of them."""
        return self.named(self.kinds([member.term.id for member in condition.members]))

    def named(self, value: list[str] | str | int) -> str:
        """Give a value a parameter of its own and return how the query calls it."""
        name = f"p{len(self.parameters)}"
        self.parameters[name] = value
        return f"${name}"

    def _hazards(self, condition: Condition) -> str:
        to = f"(hazard:Hazard WHERE hazard.id IN {self.hazard_ids(condition)})"
        return f"EXISTS {{ (expertise)-[link:APPLIES_TO WHERE {COUNTS}]->{to} }}"

    def _speaks(self, tag: str) -> str:
        same, within = self.named(tag), self.named(f"{tag}-")
        spoken = f"language WHERE toLower(language.id) = {same} OR toLower(language.id) STARTS WITH {within}"
        return f"EXISTS {{ (expertise)<-[:HAS_EXPERTISE]-(:Alumnus)-[:SPEAKS]->({spoken}) }}"

    def _present_role(self, role: str) -> str:
        jobs = "(expertise)<-[:HAS_EXPERTISE]-(:Alumnus)-[job:WORKS_AT WHERE job.until IS NULL]->()"
        latest = "ORDER BY coalesce(job.since, 0) DESC LIMIT 1"
        return f"{self.named(role)} IN COLLECT {{ MATCH {jobs} RETURN coalesce(job.role, '') {latest} }}"

    def _place(self, member: Member) -> str:
        at = _PLACES[member.bound or "gained_in"]
        return f"EXISTS {{ {at} WHERE {self._of_place(member)} }}"

    def _of_place(self, member: Member) -> str:
        id_, reference = member.term.id, self.reference
        if member.slot == "cities":
            return f"place:City AND place.id IN {self.named(self.city_ids(id_))}"
        if member.slot == "traits":
            return self._trait(id_)
        codes = [id_]
        if member.slot == "regions":
            codes = [code for code in reference.countries if id_ in region_chain(reference, code)]
        return self._in_countries(codes)

    def _trait(self, trait: str) -> str:
        named = f"(:Trait {{id: {self.named(trait)}}})"
        of_city = f"EXISTS {{ (place)-[:DISTRICT_OF]->()-[:HAS_TRAIT]->{named} }}"
        own = f"EXISTS {{ (place)-[:HAS_TRAIT]->{named} }}"
        either = f"{own} OR {of_city} AND NOT EXISTS {{ (place)-[:LACKS_TRAIT]->{named} }}"
        if trait not in COUNTRYWIDE_TRAITS:
            return either
        having = {
            city.country
            for city in self.reference.cities.values()
            if any(each.trait == trait and each.value for each in city.traits)
        }
        return f"({either} OR {self._in_countries(sorted(having))})"

    def _in_countries(self, codes: list[str]) -> str:
        named = self.named(codes)
        within = f"EXISTS {{ (place)-[:IN]->(country:Country WHERE country.id IN {named}) }}"
        return f"(place:Country AND place.id IN {named} OR {within})"


def meeting(conditions: Conditions, reference: Reference) -> Query:
    """Return the beginning of a query: every `expertise` that meets the conditions."""
    cypher = Cypher(reference)
    return Query(_met(cypher, conditions), cypher.parameters)


def conditions_then_cosine(conditions: Conditions, reference: Reference) -> Query:
    """Return the hand-written query: those that meet the conditions, then the exact cosine of each with `$vector`."""
    cypher = Cypher(reference)
    text = (
        f"{_met(cypher, conditions)}\n"
        "WITH expertise, vector.similarity.cosine(expertise.embedding, $vector) AS score\n"
        f"ORDER BY score DESC LIMIT {SHOWN}\n{_shown()}"
    )
    return Query(text, cypher.parameters)


def retriever_tail(conditions: Conditions, reference: Reference) -> Query:
    """Return what a retriever appends to its own query, which leaves `node` and `score`: conditions, the first ten."""
    cypher = Cypher(reference)
    met = _where("WITH node AS expertise, score", cypher.lines(conditions))
    text = f"{met}\nWITH expertise, score ORDER BY score DESC LIMIT {SHOWN}\n{_shown()}"
    return Query(text, cypher.parameters)


def _met(cypher: Cypher, conditions: Conditions) -> str:
    """From a city asked for, else from the hazards outwards; an expertise's own properties are looked at first."""
    city = _first(conditions, lambda member: member.slot == "cities" and member.bound == "gained_in", alone=True)
    if city is not None:
        ids = cypher.named(cypher.city_ids(city.members[0].term.id))
        found = f"MATCH (city:City WHERE city.id IN {ids})<-[:GAINED_IN]-(expertise:Expertise)"
        return _where(found, cypher.lines(_without(conditions, [city])))
    hazards = _first(conditions, lambda member: member.slot == "hazards")
    if hazards is None:
        return _where("MATCH (expertise:Expertise)", cypher.lines(conditions))
    found = (
        f"MATCH (hazard:Hazard WHERE hazard.id IN {cypher.hazard_ids(hazards)})"
        f"<-[link:APPLIES_TO WHERE {COUNTS}]-(expertise:Expertise)"
    )
    own = [each for each in conditions.wanted if all(member.slot in _OWN for member in each.members)]
    others = _without(conditions, [hazards, *own])
    if not own:
        return f"{_where(found, cypher.lines(others))}\nWITH DISTINCT expertise"
    found = f"{_where(found, cypher.lines(Conditions(tuple(own), ())))}\nWITH DISTINCT expertise"
    return _where(found, cypher.lines(others))


def _first(conditions: Conditions, holds: Callable[[Member], bool], alone: bool = False) -> Condition | None:
    for each in conditions.wanted:
        if all(map(holds, each.members)) and (len(each.members) == 1 or not alone):
            return each
    return None


def _without(conditions: Conditions, some: list[Condition]) -> Conditions:
    return Conditions(tuple(each for each in conditions.wanted if each not in some), conditions.excluded)


def _where(found: str, lines: list[str]) -> str:
    return f"{found}\nWHERE {_AND.join(lines)}" if lines else found


def _shown() -> str:
    return (
        "MATCH (person:Alumnus)-[:HAS_EXPERTISE]->(expertise)\n"
        "OPTIONAL MATCH (expertise)-[:GAINED_IN]->(place)\n"
        f"{_SHOWING}"
    )
