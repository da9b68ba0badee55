"""A small made-up world for tests: places, hazards, measures, and people named as made up."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from graph.answers.experts import ask
from graph.index.building import build
from graph.index.ports import Embedder
from graph.index.reference import Reference
from graph.index.searching import SearchIndex
from graph.model.answers import Answer
from graph.model.hazards import Hazard, Measure, Reduces
from graph.model.links import Link, Linked
from graph.model.people import Alumnus, Expertise, Job, Source, Spoken, Study
from graph.model.places import TRAITS, City, CityTrait, Country, Exposure, Region
from graph.model.questions import AskRequest, Filters, Term, Understood
from graph.model.stored import StoredPerson

SOURCE = Source("made-up survey", "2025-01-01")

HAZARDS = (
    Hazard("flooding", "flooding", "water where it should not be", "MH0600"),
    Hazard("coastal-flooding", "coastal flooding", "from the sea", "MH0601", kind_of=("flooding",)),
    Hazard("estuarine-flooding", "estuarine flooding", "from both", "MH0602", kind_of=("flooding", "coastal-flooding")),
    Hazard(
        "riverine-flooding",
        "riverine flooding",
        "from the river",
        "MH0604",
        kind_of=("flooding",),
        causes=("coastal-flooding",),
    ),
    Hazard("storm-surge", "storm surge", "the sea pushed up", "MH0703", causes=("coastal-flooding",)),
    Hazard("tropical-cyclone", "tropical cyclone", "a storm", "MH0309", causes=("storm-surge",)),
    Hazard("tornado", "tornado", "another storm", "MH0305"),
    Hazard("drought", "drought", "no rain", "MH0401"),
)
MEASURES = (
    Measure("mangroves", "mangroves", "nature-based", "trees", (Reduces("coastal-flooding", "they break waves"),)),
    Measure("dikes", "dikes", "structural", "walls", (Reduces("flooding", "they keep water out"),)),
)
REGIONS = (
    Region("001", "World"),
    Region("150", "Europe", "001"),
    Region("155", "Western Europe", "150"),
    Region("142", "Asia", "001"),
    Region("034", "Southern Asia", "142"),
    Region("035", "South-eastern Asia", "142"),
    Region("009", "Oceania", "001"),
)
COUNTRIES = (
    Country("NL", "Netherlands", "155"),
    Country("DE", "Germany", "155"),
    Country("BD", "Bangladesh", "034"),
    Country("VN", "Viet Nam", "035"),
    Country("FJ", "Fiji", "009"),
)


def city(id_: str, name: str, country: str, people: int, has: Sequence[str] = (), lacks: Sequence[str] = ()) -> City:
    traits = [CityTrait(trait, True, "made-up table") for trait in has]
    traits += [CityTrait(trait, False, "made-up table") for trait in lacks]
    return City(id_, name, country, people, 0.0, 0.0, traits=tuple(traits))


_SURGE = Exposure("coastal-flooding", None, "derived", "follows from delta", None)
CITIES = (
    city("101", "Rotterdam", "NL", 650_000, ["delta", "coastal"], ["capital"]),
    city("102", "Berlin", "DE", 3_400_000, ["capital"], ["delta", "coastal"]),
    City("103", "Kreuzberg", "DE", 150_000, 0.0, 0.0, district_of="102"),
    city("104", "Khulna", "BD", 700_000, ["delta"], ["capital"]),
    city("105", "Can Tho", "VN", 1_200_000, ["delta"], []),
    city("106", "Suva", "FJ", 90_000, ["small-island-state", "coastal", "capital"], ["delta"]),
    city("107", "Hamburg", "DE", 1_800_000, ["coastal"], ["small-island-state"]),
)
REFERENCE = Reference(
    hazards={hazard.id: hazard for hazard in HAZARDS},
    measures={measure.id: measure for measure in MEASURES},
    traits={trait: trait.replace("-", " ") for trait in TRAITS},
    regions={region.code: region for region in REGIONS},
    countries={country.code: country for country in COUNTRIES},
    cities={city.id: city for city in CITIES},
)


@dataclass(frozen=True)
class Did:
    """One expertise to be, with links as ids; a link may also be given whole."""

    text: str = "Made-up work on water"
    hazards: Sequence[str | Link] = ()
    measures: Sequence[str] = ()
    city: str | None = None
    country: str | None = None
    since: int | None = None
    until: int | None = None
    role: str | None = None
    kind: str = "project"
    project: str | None = None
    weak: bool | None = None


@dataclass(frozen=True)
class Person:
    """One made-up person to be."""

    key: str
    did: Sequence[Did] = ()
    origin: str | None = None
    home_city: str | None = None
    home_country: str | None = None
    languages: Sequence[str] = ()
    jobs: Sequence[Job] = field(default=())
    confirmed: str | None = None

    def stored(self) -> StoredPerson:
        keys = [f"{self.key}/{place}" for place in range(len(self.did))]
        return StoredPerson(
            alumnus=Alumnus(
                key=self.key,
                name=f"Made-up person {self.key}",
                source=SOURCE,
                country=self.origin,
                home_city=self.home_city,
                home_country=self.home_country,
                confirmed=self.confirmed,
                synthetic=True,
                languages=tuple(map(Spoken, self.languages)),
                studies=(Study("Made-up Water Studies", 2001),),
                jobs=tuple(self.jobs),
                expertises=tuple(map(_expertise, keys, self.did)),
            ),
            links=dict(zip(keys, map(_linked, self.did), strict=True)),
            fingerprint=self.key,
        )


def _expertise(key: str, did: Did) -> Expertise:
    weak = did.kind in ("thesis", "programme", "position") if did.weak is None else did.weak
    return Expertise(
        key,
        did.text,
        did.kind,  # type: ignore[arg-type]
        SOURCE,
        "en",
        did.city,
        did.country,
        did.since,
        did.until,
        did.role,  # type: ignore[arg-type]
        did.project,
        weak,
    )


def _linked(did: Did) -> Linked:
    hazards = tuple(Link(each, 0.8, (each,)) if isinstance(each, str) else each for each in did.hazards)
    return Linked(hazards, tuple(Link(each, 0.8) for each in did.measures), "en")


def network(directory: Path, embedder: Embedder, people: Iterable[Person], generation: int = 1) -> SearchIndex:
    return build(directory, [person.stored() for person in people], REFERENCE, embedder, generation)


@dataclass(frozen=True)
class Asker:
    """Asks one index; what is not said of the reading is empty."""

    index: SearchIndex
    embedder: Embedder

    def __call__(
        self,
        understood: Understood | None = None,
        *,
        question: str = "a made-up question",
        filters: Filters | None = None,
        limit: int = 10,
        offset: int = 0,
        explain: bool = False,
    ) -> Answer:
        request = AskRequest(question, None, filters, limit, offset, explain)
        return ask(self.index, request, understood or Understood(), self.embedder)

    def whole(self, understood: Understood | None = None, **more: object) -> list[str]:
        """The keys of the whole people, in order."""
        answer = self(understood, limit=100, **more)  # type: ignore[arg-type]
        found = [expert.id for expert in answer.experts if expert.whole]
        assert len(found) == answer.total
        return found


def term(id_: str, bound: str | None = None, negated: bool = False, words: str = "") -> Term:
    return Term(id_, id_.replace("-", " "), words, negated=negated, bound=bound)  # type: ignore[arg-type]
