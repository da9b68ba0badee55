"""People as reading them back would give them, made of what was written: reading 15,000 of them took eight seconds."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from graph.model.links import Link, Linked
from graph.model.people import Alumnus, Expertise, Job, Spoken, Study
from graph.model.stored import StoredPerson
from graph.store.people_reading import Known, best_first, job_order, study_order
from graph.store.people_rows import job_key, linker_of
from graph.store.slugs import slug


def learn(people: Iterable[StoredPerson], known: Known) -> None:
    """Read the names of what these people share with others, and the countries of their cities."""
    projects, programmes, organisations, cities = set[str](), set[str](), set[str](), set[str]()
    for alumnus in (person.alumnus for person in people):
        projects.update(each.project for each in alumnus.expertises if each.project)
        programmes.update(study.programme for study in alumnus.studies)
        organisations.update(job.organisation for job in alumnus.jobs)
        cities.update(each.city for each in alumnus.expertises if each.city)
        cities.update([alumnus.home_city] if alumnus.home_city else [])
    for label, names in (("Project", projects), ("StudyProgramme", programmes), ("Organisation", organisations)):
        known.learn_names(label, {slug(name) for name in names})
    known.learn_countries(cities)


def as_read(person: StoredPerson, known: Known) -> StoredPerson:
    """The person as read from the graph: in the graph's order, and with the names that things have there by now.

    The person was not in the graph before, so that nothing stays of an earlier state; `known` holds all that the
    person leads to.
    """
    alumnus = person.alumnus
    expertises = {each.key: each for each in alumnus.expertises}
    home_city = alumnus.home_city or None
    return StoredPerson(
        Alumnus(
            key=alumnus.key,
            name=alumnus.name,
            source=alumnus.source,
            country=alumnus.country or None,
            home_city=home_city,
            home_country=known.countries.get(home_city) if home_city else alumnus.home_country or None,
            gender=alumnus.gender,
            open_to=alumnus.open_to,
            confirmed=alumnus.confirmed,
            synthetic=alumnus.synthetic,
            languages=_languages(alumnus),
            studies=_studies(alumnus, known),
            jobs=_jobs(alumnus, known),
            expertises=tuple(_expertise(expertises[key], known) for key in sorted(expertises)),
        ),
        {key: _linked(expertises[key], person) for key in sorted(expertises)},
        person.fingerprint,
    )


def _languages(alumnus: Alumnus) -> tuple[Spoken, ...]:
    last = {spoken.language: spoken for spoken in alumnus.languages}
    return tuple(last[tag] for tag in sorted(last))


def _studies(alumnus: Alumnus, known: Known) -> tuple[Study, ...]:
    years = {slug(study.programme): study.year for study in alumnus.studies}
    named = (Study(known.name("StudyProgramme", id_), year) for id_, year in years.items())
    return tuple(sorted(named, key=study_order))


def _jobs(alumnus: Alumnus, known: Known) -> tuple[Job, ...]:
    last = {(slug(job.organisation), job_key(job)): job for job in alumnus.jobs}
    return tuple(sorted((_job(job, id_, known) for (id_, _), job in last.items()), key=job_order))


def _job(job: Job, organisation: str, known: Known) -> Job:
    return Job(
        organisation=known.name("Organisation", organisation),
        organisation_kind=known.organisation_kind(organisation),
        position=job.position,
        role=job.role,
        level=job.level,
        since=job.since,
        until=job.until,
        city=job.city,
    )


def _expertise(expertise: Expertise, known: Known) -> Expertise:
    city = expertise.city or None
    return Expertise(
        key=expertise.key,
        text=expertise.text,
        kind=expertise.kind,
        source=expertise.source,
        language=expertise.language,
        city=city,
        country=known.countries.get(city) if city else expertise.country or None,
        since=expertise.since,
        until=expertise.until,
        role=expertise.role,
        project=known.name("Project", slug(expertise.project)) if expertise.project else None,
        weak=expertise.weak,
    )


def _linked(expertise: Expertise, person: StoredPerson) -> Linked:
    linked = person.links.get(expertise.key, Linked())
    # The graph keeps how a hazard was found, of a measure the words alone.
    return Linked(
        hazards=best_first(_last(linked.hazards).values()),
        measures=best_first(Link(each.id, each.score, each.words) for each in _last(linked.measures).values()),
        language=expertise.language,
        by=linker_of(person, expertise.key),
    )


def _last(links: Sequence[Link]) -> Mapping[str, Link]:
    return {link.id: link for link in links}
