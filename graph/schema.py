"""Labels, relationship types, keys and indexes, as data from which both engines' definitions are made.

Every node has a stable `id` of its own, unique within its label, so that loading again changes nothing.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from graph.migrations import MIGRATIONS

PropertyType = Literal["string", "integer", "float", "boolean", "strings"]


@dataclass(frozen=True, slots=True)
class Property:
    """A property: its name, its type, what it means, and whether an engine indexes it for look-ups."""

    name: str
    type: PropertyType
    meaning: str
    indexed: bool = False


@dataclass(frozen=True, slots=True)
class NodeLabel:
    """A label of the graph; `id` is its unique key and not repeated in `properties`."""

    name: str
    meaning: str
    id_meaning: str
    properties: tuple[Property, ...]


@dataclass(frozen=True, slots=True)
class RelationshipType:
    """A relationship type with the labels it may join.

    Between one pair of nodes there is at most one, or one for each value of the property that `keyed_by` names.
    """

    name: str
    start: tuple[str, ...]
    end: tuple[str, ...]
    meaning: str
    properties: tuple[Property, ...] = ()
    keyed_by: str | None = None


def _source() -> tuple[Property, ...]:
    return (
        Property("source", "string", "where the record came from"),
        Property("source_date", "string", "ISO date on which the source was read"),
    )


NODES: tuple[NodeLabel, ...] = (
    NodeLabel(
        "Alumnus",
        "a person of the network who agreed to be found",
        "the office's own number of the person",
        (
            Property("name", "string", "name as the person states it", indexed=True),
            Property("gender", "string", "as the person states it"),
            Property("open_to", "string", "what the person is open to, as stated"),
            Property("confirmed", "string", "ISO date on which the record was last confirmed"),
            Property("synthetic", "boolean", "true where the person is made up for demonstration"),
            Property(
                "fingerprint", "string", "hash of all that was loaded of the person; tells whether anything changed"
            ),
            *_source(),
        ),
    ),
    NodeLabel(
        "Expertise",
        "one thing that an alumnus has done or knows",
        "alumnus id, a slash, and the expertise's own key",
        (
            Property("text", "string", "what was done, in the person's words"),
            Property("language", "string", "language of the text (BCP 47)"),
            Property("since", "integer", "first year, inclusive"),
            Property("until", "integer", "last year, inclusive"),
            Property("role", "string", "role in it"),
            Property("kind", "string", "project, thesis, publication, course, statement, programme or position"),
            Property("weak", "boolean", "true where made of a title alone"),
            Property("linked_by", "string", "linker name and version that linked the text; none where nobody has yet"),
            Property("embedded_by", "string", "embedder name and version, a slash, and a hash of the text it embedded"),
            Property("vector", "string", "the text's vector, 16-bit floats in base64; only of embedders that are slow"),
            *_source(),
        ),
    ),
    NodeLabel(
        "Project", "a project that several people may share", "slug of its name", (Property("name", "string", "name"),)
    ),
    NodeLabel("StudyProgramme", "a study programme", "slug of its name", (Property("name", "string", "name"),)),
    NodeLabel(
        "Language", "a language that people work in", "BCP 47 tag", (Property("name", "string", "English name"),)
    ),
    NodeLabel(
        "Organisation",
        "an organisation that people work at",
        "slug of its name",
        (
            Property("name", "string", "name"),
            Property("kind", "string", "government, utility, company, ngo, research or community"),
        ),
    ),
    NodeLabel(
        "City",
        "a GeoNames place of more than 15,000 people",
        "GeoNames id",
        (
            Property("name", "string", "name", indexed=True),
            Property("names", "strings", "all other names, in every script"),
            Property("population", "integer", "inhabitants"),
            Property("latitude", "float", "degrees north"),
            Property("longitude", "float", "degrees east"),
            *_source(),
        ),
    ),
    NodeLabel(
        "Country", "a country", "ISO 3166 alpha-2 code", (Property("name", "string", "English name"), *_source())
    ),
    NodeLabel(
        "Region",
        "a United Nations M49 region",
        "three-digit M49 code",
        (Property("name", "string", "English name"), *_source()),
    ),
    NodeLabel(
        "Trait",
        "a property of cities that people ask by",
        "trait id",
        (
            Property("name", "string", "English name"),
            Property("rule", "string", "how cities come by it"),
            Property(
                "complete", "boolean", "true where a city without HAS_TRAIT is known to lack it; else it is unknown"
            ),
        ),
    ),
    NodeLabel(
        "Hazard",
        "a hazard of the working vocabulary",
        "hazard id",
        (
            Property("name", "string", "English name"),
            Property("definition", "string", "definition"),
            Property("code", "string", "Hazard Information Profiles code, 2025 edition"),
            Property("synonyms", "strings", "other English names"),
            *_source(),
        ),
    ),
    NodeLabel(
        "Measure",
        "something that can be done about hazards",
        "measure id",
        (
            Property("name", "string", "English name"),
            Property("kind", "string", "structural, nature-based or non-structural"),
            Property("definition", "string", "definition"),
            Property("synonyms", "strings", "other English names"),
            *_source(),
        ),
    ),
    NodeLabel(
        "Action",
        "what a city did",
        "key from city, title, hazard, measure and year",
        (
            Property("title", "string", "title"),
            Property("status", "string", "status as stated"),
            Property("year", "integer", "year"),
            *_source(),
        ),
    ),
    NodeLabel(
        "Network",
        "the one node that says what this graph is",
        'always "network"',
        (
            Property("kind", "string", '"demo" for the made-up network, else "own"'),
            Property("generation", "integer", "counts changes of the graph"),
            Property("places", "integer", "the generation at which places and vocabulary were last written"),
            Property(
                "linker", "string", "name and version of the linker in force, by which every text is to be linked"
            ),
            Property("schema_version", "integer", "schema version of the graph, as `graph.migrations` counts them"),
        ),
    ),
    NodeLabel(
        "Lease",
        "a right that one process at a time has until it runs out",
        "what it is a right to",
        (
            Property("holder", "string", "the process that has it"),
            Property("until", "integer", "when it runs out: milliseconds since 1970 by the server's clock"),
            Property("asked", "string", "the process that last asked for it"),
        ),
    ),
)

RELATIONSHIPS: tuple[RelationshipType, ...] = (
    RelationshipType("HAS_EXPERTISE", ("Alumnus",), ("Expertise",), "the person did or knows this"),
    RelationshipType(
        "APPLIES_TO",
        ("Expertise",),
        ("Hazard",),
        "the expertise is about this hazard",
        (
            Property("score", "float", "0 to 1"),
            Property("method", "string", "how the link was found"),
            Property("words", "strings", "the words of the text that show it"),
            Property("model", "string", "linker name and version"),
            Property("reviewed", "string", "confirmed, rejected or added by a person"),
        ),
    ),
    RelationshipType(
        "USED",
        ("Expertise",),
        ("Measure",),
        "the expertise used this measure",
        (Property("score", "float", "0 to 1"), Property("words", "strings", "the words of the text that show it")),
    ),
    RelationshipType(
        "GAINED_IN", ("Expertise",), ("City", "Country"), "where it was gained; the country where no city is known"
    ),
    RelationshipType("PART_OF", ("Expertise",), ("Project",), "the project it was part of"),
    RelationshipType("LIVES_IN", ("Alumnus",), ("City", "Country"), "home; the country where no city is known"),
    RelationshipType("FROM", ("Alumnus",), ("Country",), "origin"),
    RelationshipType(
        "STUDIED",
        ("Alumnus",),
        ("StudyProgramme",),
        "followed this programme",
        (Property("year", "integer", "year of graduation"),),
    ),
    RelationshipType(
        "SPEAKS", ("Alumnus",), ("Language",), "works in this language", (Property("level", "string", "as stated"),)
    ),
    RelationshipType(
        "WORKS_AT",
        ("Alumnus",),
        ("Organisation",),
        "works or worked there",
        (
            Property("key", "string", "tells several positions at one organisation apart"),
            Property("position", "string", "job title"),
            Property("role", "string", "role"),
            Property("level", "string", "as stated"),
            Property("since", "integer", "first year"),
            Property("until", "integer", "last year; none while the job lasts"),
            Property("city", "string", "GeoNames id of the place of work"),
        ),
        keyed_by="key",
    ),
    RelationshipType("BASED_IN", ("Organisation",), ("City",), "where the organisation is"),
    RelationshipType("IN", ("City", "Country", "Region"), ("Country", "Region"), "lies in"),
    RelationshipType(
        "HAS_TRAIT", ("City",), ("Trait",), "is known to have it", (Property("ground", "string", "how that is known"),)
    ),
    RelationshipType(
        "LACKS_TRAIT",
        ("City",),
        ("Trait",),
        "is known to lack it",
        (Property("ground", "string", "how that is known"),),
    ),
    RelationshipType("DISTRICT_OF", ("City",), ("City",), "is a district of that city, and no peer of it"),
    RelationshipType(
        "EXPOSED_TO",
        ("City", "Country"),
        ("Hazard",),
        "is exposed to; on a country, its level stands for the whole country and is never a city's own",
        (
            Property("level", "string", "high, medium, low or very low; none where derived from a trait"),
            Property("grain", "string", "city, country or derived"),
            Property("source", "string", "where the level came from"),
            Property("year", "integer", "year of the source"),
        ),
    ),
    RelationshipType("TOOK", ("City",), ("Action",), "the city did this"),
    RelationshipType("APPLIES", ("Action",), ("Measure",), "the action applies this measure"),
    RelationshipType("ADDRESSES", ("Action",), ("Hazard",), "the action is about this hazard"),
    RelationshipType(
        "REDUCES", ("Measure",), ("Hazard",), "the measure reduces this hazard", (Property("why", "string", "why"),)
    ),
    RelationshipType("KIND_OF", ("Hazard",), ("Hazard",), "is a narrower kind of"),
    RelationshipType("CAUSES", ("Hazard",), ("Hazard",), "can cause; explains and suggests, satisfies no condition"),
)

SCHEMA_VERSION = MIGRATIONS[-1].version
"""What is defined here; whoever changes that adds a step to `graph.migrations`."""
