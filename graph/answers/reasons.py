"""Why a person was found: sentences made of dated evidence, from person to expertise to what was asked for."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence

from graph.answers.conditions import Condition
from graph.index.reference import Reference
from graph.index.reference_file import kinds_upward
from graph.model.answers import Evidence, Expert

_LONGEST = 160
_TITLES = {
    "thesis": "Thesis",
    "publication": "Publication",
    "course": "Course",
    "programme": "Studied",
    "position": "Position",
}


def reasons(
    expert: Expert, evidence: Sequence[Evidence], wanted: Sequence[Condition], reference: Reference
) -> tuple[str, ...]:
    """Return the sentences of one person: each piece of evidence, what it leads to, and what the person does today."""
    said: list[str] = []
    traits = {member.term.id for condition in wanted for member in condition.members if member.slot == "traits"}
    for item in evidence:
        said.append(done(item, reference, traits))
        said.extend(_leads_to(item, wanted, reference))
    said.extend(_of_person(expert, wanted, reference))
    said.append(today(expert))
    return tuple(said)


def done(item: Evidence, reference: Reference, traits: Collection[str] = ()) -> str:
    """Return what was done, where, when and in which role: “Built tidal gates” in Khulna (delta city), 2014–2018, …

    Of the city's traits those in `traits` are named.
    """
    text = item.text.strip().rstrip(".。")
    if len(text) > _LONGEST:
        text = text[:_LONGEST].rsplit(" ", 1)[0] + "…"
    said = f"{_TITLES[item.kind]} “{text}”" if item.kind in _TITLES else f"“{text}”"
    if item.city is not None:
        named = [trait.name.removesuffix(" city") for trait in item.traits if trait.id in traits]
        said += f" in {item.city.name}" + (f" ({', '.join(named)} city)" if named else "")
    elif item.country is not None:
        country = reference.countries.get(item.country)
        said += f" in {country.name if country else item.country} (city not known)"
    said += f", {years(item.since, item.until)}"
    if item.role is not None:
        said += f", as {item.role}"
    if item.project is not None:
        said += f", in the project {item.project}"
    return said


def years(since: int | None, until: int | None) -> str:
    """Return the years as people write them."""
    if since is None and until is None:
        return "years not known"
    if since is None or until is None:
        return f"since {since}" if until is None else f"until {until}"
    return str(since) if since == until else f"{since}–{until}"


def today(expert: Expert) -> str:
    """Return what the person does at present, for whom, and when that was last confirmed."""
    if expert.position is None and expert.organisation is None:
        return "What the person does today is not known"
    said = f"Today: {expert.position or 'position not known'}"
    if expert.organisation is not None:
        kind = f" ({expert.organisation_kind})" if expert.organisation_kind else ""
        said += f" at {expert.organisation}{kind}"
    return said + (f", confirmed {expert.confirmed}" if expert.confirmed else ", never confirmed")


def _leads_to(item: Evidence, wanted: Sequence[Condition], reference: Reference) -> Iterator[str]:
    """Yield what of the question this evidence leads to: hazards with the words that show it, and measures."""
    asked = {slot: [m for c in wanted for m in c.members if m.slot == slot] for slot in ("hazards", "measures")}
    for link in item.hazards:
        broader = kinds_upward(reference.hazards, link.id)
        if any(member.term.id in broader for member in asked["hazards"]):
            name = reference.hazards[link.id].name
            kind = [reference.hazards[m.term.id].name for m in asked["hazards"] if m.term.id in broader[1:]]
            shown = ", ".join(f"“{word}”" for word in link.words)
            yield (
                f"Applies to {name}"
                + (f", a kind of {' and of '.join(dict.fromkeys(kind))}" if kind else "")
                + (f": {shown}" if shown else "")
                + (" (checked by a person)" if link.reviewed else "")
            )
    used = [measure.name for measure in item.measures if any(measure.id == m.term.id for m in asked["measures"])]
    if used:
        yield f"Used {' and '.join(used)}"


def _of_person(expert: Expert, wanted: Sequence[Condition], reference: Reference) -> Iterator[str]:
    """Yield what of the question holds of the person rather than of an expertise."""
    members = [member for condition in wanted for member in condition.members]
    if any(member.bound == "lives_in" for member in members):
        country = reference.countries.get(expert.country or "")
        home = [place for place in (expert.city_name, country.name if country else expert.country) if place]
        if home:
            yield f"Lives in {', '.join(home)}"
    for condition in wanted:
        if any(member.bound == "from" for member in condition.members):
            yield f"From {condition.term.name}"
    if expert.languages and any(member.slot == "languages" for member in members):
        yield f"Works in {', '.join(expert.languages)}"
