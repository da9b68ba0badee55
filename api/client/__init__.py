"""City2City for programs: one class with the same calls over HTTP or in process, typed results, pandas frames.

    from api.client import City2City

    with City2City("https://city2city.example.org", token="…") as network:      # a server, over HTTP
        answer = network.ask("who has handled coastal flooding in a delta city")
        table = network.frame(answer)                                             # one row a piece of evidence

    with City2City.local() as network:                                            # this machine, C2C_STORE
        found = network.cypher("MATCH (a:Alumnus) RETURN count(a) AS people")
        table = network.frame(found)

`City2City(address, *, token=None, timeout=60.0)` speaks to a server; `City2City.local(store=None)` opens the network
here, or goes through the server that holds it. Both have the same calls, return equal objects (those of `api.schemas`)
and raise the same errors (those of `graph.errors`):

    ask(question, *, filters=None, understood=None, limit=10, offset=0, explain=False) -> AnswerWire
    everyone(question, *, filters=None, understood=None) -> Iterator[ExpertWire]     whole people, page by page
    understand(question) -> UnderstoodWire
    link(texts, *, every=False) -> list[LinkedWire]
    experts(*, limit=10, offset=0) -> People          every_expert() -> Iterator[PersonWire]
    expert(identifier) -> PersonWire
    cities(search=None, *, country=None, limit=10, offset=0) -> Cities
    every_city(search=None, *, country=None) -> Iterator[CityItem]
    city(name_or_id) -> CityWire
    peers(name_or_id, *, limit=10) -> PeersWire
    hazards() -> list[HazardItem]                      measures() -> list[MeasureItem]
    cypher(query, parameters=None, **more) -> CypherWire
    schema() -> SchemaWire
    status() -> StatusWire                             on the owner's machine alone
    frame(result) -> pandas.DataFrame                  see docs/client.md for the columns
    close()

`frame` is also a function of this package, for results that were kept.
"""

from api.client.city2city import City2City
from api.client.frames import frame

__all__ = ["City2City", "frame"]
