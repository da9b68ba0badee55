"""The pages: ask, a person, a city, and the description of the HTTP calls. Every state is an address."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

from fastapi import APIRouter, FastAPI, Query, Request
from fastapi.responses import HTMLResponse, Response
from fastapi.staticfiles import StaticFiles
from fastapi.templating import Jinja2Templates

from api import answering
from api.filters import FilterWords, filters
from api.routes.common import NetworkGiven
from api.web.addresses import Address, conditions_of, drop_terms
from api.wording import BINDING_WORDS, SLOT_WORDS, found_words, home_words, work_words, years_words
from graph.model.languages import language_name
from graph.model.questions import AskRequest

HERE = Path(__file__).parent
PAGE_SIZE = 10
EXAMPLES = (
    "who has handled coastal flooding in a delta city",
    "drought and water scarcity planners in East Africa",
    "early warning for floods in Bangladesh since 2015",
    "landslides in the Andes, people who speak Spanish",
    "engineers who worked on saltwater intrusion, not in Europe",
)

templates = Jinja2Templates(directory=HERE / "templates")
templates.env.globals.update(
    slot_words=SLOT_WORDS,
    binding_words=BINDING_WORDS,
    found_words=found_words,
    home_words=home_words,
    work_words=work_words,
    joined_words={"lives_in": "lives here", "works_in": "works here", "gained_in": "has experience here"},
    years_words=years_words,
    examples=EXAMPLES,
)
templates.env.filters["language_name"] = language_name
router = APIRouter(include_in_schema=False, default_response_class=HTMLResponse)

Several = Annotated[list[str] | None, Query()]


@router.get("/")
def ask(
    request: Request,
    network: NetworkGiven,
    q: Annotated[str, Query(max_length=2_000)] = "",
    hazard: Several = None,
    measure: Several = None,
    trait: Several = None,
    country: Several = None,
    region: Several = None,
    language: Several = None,
    role: Several = None,
    kind: Several = None,
    since: Annotated[str, Query(max_length=4, pattern=r"^\d*$")] = "",
    drop: Several = None,
    page: Annotated[int, Query(ge=1, le=10_000)] = 1,
) -> Response:
    """Show the question, how it was understood, and the people found."""
    address = Address.of(request)
    if not q.strip():
        index = network.index
        return _page(request, "ask.html", q="", answer=None, address=address, people=len(index.keys))
    words = FilterWords(
        hazards=hazard,
        measures=measure,
        traits=trait,
        countries=country,
        regions=region,
        languages=language,
        roles=role,
        kinds=kind,
        since=int(since) if since else None,
    )
    asked = AskRequest(
        question=q,
        understood=drop_terms(answering.understand(network, q), drop or ()),
        filters=filters(words, network.index.reference),
        limit=PAGE_SIZE,
        offset=(page - 1) * PAGE_SIZE,
    )
    answer = answering.ask(network, asked)
    fewer = [
        (relax.drop.name, relax.total, address.without(conditions_of(answer.understood, relax.drop)))
        for relax in answer.relax
        if relax.total > answer.total
    ]
    return _page(
        request,
        "ask.html",
        q=q,
        answer=answer,
        address=address,
        page=page,
        page_size=PAGE_SIZE,
        words=words,
        drop=drop,
        fewer=fewer,
    )


@router.get("/person/{identifier:path}")
def person(request: Request, network: NetworkGiven, identifier: str) -> Response:
    """Show one person with all evidence."""
    return _page(request, "person.html", person=answering.expert(network, identifier))


@router.get("/city")
def find_city(request: Request, network: NetworkGiven, name: Annotated[str, Query(max_length=200)] = "") -> Response:
    """Show the cities of a name, or the largest where no name is given."""
    total, cities = answering.cities(network, 50, 0, name)
    return _page(request, "cities.html", name=name, total=total, cities=cities)


@router.get("/city/{identifier}")
def city(request: Request, network: NetworkGiven, identifier: str) -> Response:
    """Show a city: traits, exposure with its grain, people on the ground, peers."""
    found = answering.city_by_id(network, identifier)
    _, peers, _ = answering.peers(network, found, 8)
    hazards = network.vocabulary.hazards
    return _page(
        request,
        "city.html",
        city=answering.profile(network, found),
        country=network.index.reference.countries.get(found.country),
        peers=peers,
        hazards=hazards,
    )


@router.get("/docs")
def docs(request: Request) -> Response:
    """Show what the HTTP calls are, from their OpenAPI description."""
    return _page(request, "docs.html", description=request.app.openapi())


def _page(request: Request, template: str, **values: object) -> Response:
    return templates.TemplateResponse(request, template, values)


def error_page(request: Request, status: int, detail: str, mend: str) -> Response:
    """Return the page that says what is wrong and what to do."""
    values = {"detail": detail, "mend": mend}
    return templates.TemplateResponse(request, "error.html", values, status_code=status)


def wants_page(request: Request) -> bool:
    """True where a browser asks for one of the pages."""
    path = request.url.path
    return path in ("/", "/city", "/docs") or path.startswith(("/person/", "/city/"))


def register(app: FastAPI) -> None:
    """Add the pages and their style."""
    app.include_router(router)
    app.mount("/static", StaticFiles(directory=HERE / "static"), name="static")
