"""From stored people to columns: positions for ids, years to bounds, links to sets."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from graph.errors import WrongInput
from graph.index.arrays import as_bits, pack
from graph.index.columns import LASTING, People, Rows
from graph.index.records import counted_links
from graph.index.reference import Reference
from graph.index.reference_file import kinds_upward
from graph.model.links import Link
from graph.model.people import EXPERTISE_KINDS, ORGANISATION_KINDS, ROLES, Expertise
from graph.model.places import City
from graph.model.stored import StoredPerson

_ROLE = {role: position for position, role in enumerate(ROLES)}
_KIND = {kind: position for position, kind in enumerate(EXPERTISE_KINDS)}
_ORGANISATION_KIND = {kind: position for position, kind in enumerate(ORGANISATION_KINDS)}


def begins(expertise: Expertise) -> int:
    """Return the latest year in which an expertise can have begun; 0 where no year is known."""
    return expertise.since or expertise.until or 0


def reaches(expertise: Expertise) -> int:
    """Return the latest year that an expertise is known to reach; 0 where no year is known.

    A position with a beginning and no end lasts; any other expertise without an end is known for its first year only.
    """
    if expertise.kind == "position" and expertise.since and not expertise.until:
        return LASTING
    return expertise.until or expertise.since or 0


def language_tags(tag: str) -> list[str]:
    """Return a language tag and the broader ones that it begins with: pt-BR is also pt."""
    parts = tag.casefold().split("-")
    return ["-".join(parts[:length]) for length in range(len(parts), 0, -1)]


def short_hash(text: str) -> int:
    """Return a number of 64 bits that tells a text from others."""
    return int.from_bytes(hashlib.blake2b(text.encode("utf-8", "surrogatepass"), digest_size=8).digest(), "big")


def cities_of(person: StoredPerson) -> set[str]:
    """Return the cities that the index of a person leads to."""
    alumnus, job = person.alumnus, person.alumnus.present_job
    cities = {alumnus.home_city, job.city if job else None, *(expertise.city for expertise in alumnus.expertises)}
    return {city for city in cities if city is not None}


class _Links:
    """Links of all rows to one vocabulary, as sets and as strengths."""

    def __init__(self, what: str, upward: dict[str, tuple[str, ...]]) -> None:
        self._what = what
        self._position = {id_: position for position, id_ in enumerate(upward)}
        self._upward = upward
        self._sets: list[int] = []
        self._cells: list[tuple[int, int, int]] = []

    def add(self, links: Sequence[Link], where: str) -> None:
        """Add the links of the next row."""
        row, found = len(self._sets), set()
        for link in counted_links(tuple(links)):
            if link.id not in self._position:
                raise WrongInput(
                    f"{where} is linked to the {self._what} {link.id!r}, which the graph does not have.",
                    "Load the vocabulary again, then link the people again.",
                )
            sure = link.reviewed in ("confirmed", "added")
            strength = 255 if sure else min(255, max(1, round(link.score * 255)))
            for broader in self._upward[link.id]:
                found.add(self._position[broader])
                self._cells.append((self._position[broader], row, strength))
        self._sets.append(as_bits(found))

    def sets(self) -> NDArray[np.uint64]:
        return pack(self._sets, len(self._position))

    def strengths(self) -> NDArray[np.uint8]:
        matrix = np.zeros((len(self._position), len(self._sets)), np.uint8)
        if self._cells:
            target, row, strength = np.array(self._cells, np.int32).T
            np.maximum.at(matrix, (target, row), strength.astype(np.uint8))
        return matrix


class Gathered:
    """The columns while people are added; `cities`, `languages` and `keys` grow in the order of their positions.

    The final order of all three is given when parts are joined: see `graph.index.parts`.
    """

    def __init__(self, reference: Reference) -> None:
        """Begin with nobody."""
        self.cities: list[str] = []
        self.languages: list[str] = []
        self.keys: list[str] = []
        self._reference = reference
        self._city: dict[str, int] = {}
        self._language: dict[str, int] = {}
        self._country = {code: position for position, code in enumerate(reference.countries)}
        self._seen: set[str] = set()
        upward = {hazard: kinds_upward(reference.hazards, hazard) for hazard in reference.hazards}
        self._hazards = _Links("hazard", upward)
        self._measures = _Links("measure", {measure: (measure,) for measure in reference.measures})
        self._rows: list[tuple[int, ...]] = []
        self._hashes: list[int] = []
        self._fingerprints: list[int] = []
        self._people: list[tuple[int, ...]] = []
        self._spoken: list[int] = []

    def add(self, person: StoredPerson, record_bytes: int) -> None:
        """Add one person with all rows."""
        alumnus, job = person.alumnus, person.alumnus.present_job
        if alumnus.key in self._seen:
            raise WrongInput(
                f"The alumnus {alumnus.key!r} stands twice among the people to index.",
                "Give every person once; merge duplicates in the source.",
            )
        self._seen.add(alumnus.key)
        place = len(self.keys)
        self.keys.append(alumnus.key)
        tags = [tag for spoken in alumnus.languages for tag in language_tags(spoken.language)]
        self._spoken.append(as_bits({self._language_position(tag) for tag in tags}))
        self._people.append(
            (
                len(alumnus.expertises),
                self._country_position(alumnus.country, alumnus.key),
                self._city_position(alumnus.home_city, alumnus.key),
                self._country_of(alumnus.home_country, alumnus.home_city, alumnus.key),
                self._city_position(job.city if job else None, alumnus.key),
                _ROLE[job.role] if job and job.role else -1,
                _ORGANISATION_KIND[job.organisation_kind] if job and job.organisation_kind else -1,
                record_bytes,
            )
        )
        self._fingerprints.append(short_hash(person.fingerprint))
        for expertise in alumnus.expertises:
            self._rows.append(self._row(place, expertise))
            self._hashes.append(short_hash(expertise.text))
            linked = person.links.get(expertise.key)
            self._hazards.add(linked.hazards if linked else (), expertise.key)
            self._measures.add(linked.measures if linked else (), expertise.key)

    def columns(self) -> tuple[Rows, People]:
        """Return the columns of all who were added."""
        row = np.array(self._rows, np.int32).reshape(-1, 8).T
        person = np.array(self._people, np.int64).reshape(-1, 8).T
        rows = Rows(
            person=row[0].astype(np.int32),
            city=row[1].astype(np.int32),
            country=row[2].astype(np.int16),
            begins=row[3].astype(np.int16),
            reaches=row[4].astype(np.int16),
            role=row[5].astype(np.int8),
            kind=row[6].astype(np.int8),
            weak=row[7].astype(np.bool_),
            text_hash=np.array(self._hashes, np.uint64),
            hazards=self._hazards.sets(),
            measures=self._measures.sets(),
            hazard_strength=self._hazards.strengths(),
            measure_strength=self._measures.strengths(),
        )
        people = People(
            expertises=person[0].astype(np.int32),
            origin=person[1].astype(np.int16),
            home_city=person[2].astype(np.int32),
            home_country=person[3].astype(np.int16),
            work_city=person[4].astype(np.int32),
            role=person[5].astype(np.int8),
            organisation_kind=person[6].astype(np.int8),
            languages=pack(self._spoken, len(self.languages)),
            key_rank=np.arange(len(self.keys), dtype=np.int32),
            record_bytes=person[7],
            fingerprint=np.array(self._fingerprints, np.uint64),
        )
        return rows, people

    def _row(self, person: int, expertise: Expertise) -> tuple[int, ...]:
        return (
            person,
            self._city_position(expertise.city, expertise.key),
            self._country_of(expertise.country, expertise.city, expertise.key),
            begins(expertise),
            reaches(expertise),
            _ROLE[expertise.role] if expertise.role else -1,
            _KIND[expertise.kind],
            int(expertise.weak),
        )

    def _city_position(self, city: str | None, where: str) -> int:
        if city is None:
            return -1
        if city not in self._city:
            self._known_city(city, where)
            self._city[city] = len(self.cities)
            self.cities.append(city)
        return self._city[city]

    def _known_city(self, city: str, where: str) -> City:
        try:
            return self._reference.cities[city]
        except KeyError:
            raise WrongInput(
                f"{where} refers to the city {city!r}, which the graph does not have.", "Load the places again."
            ) from None

    def _country_of(self, country: str | None, city: str | None, where: str) -> int:
        if country is None and city is not None:
            country = self._known_city(city, where).country
        return self._country_position(country, where)

    def _country_position(self, country: str | None, where: str) -> int:
        if country is None:
            return -1
        if country not in self._country:
            raise WrongInput(
                f"{where} refers to the country {country!r}, which the graph does not have.", "Load the places again."
            )
        return self._country[country]

    def _language_position(self, tag: str) -> int:
        if tag not in self._language:
            self._language[tag] = len(self.languages)
            self.languages.append(tag)
        return self._language[tag]
