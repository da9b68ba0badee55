"""A city as shown: its traits with their grounds, what it is exposed to and how coarsely that is known, its people."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from graph.answers.people_there import people_there
from graph.index.searching import SearchIndex
from graph.model.answers import CityProfile, ExposureShown, TraitShown
from graph.model.places import TRAITS, TRAITS_WITH_DATA, City, Exposure, Grain

_LEVELS = ("high", "medium", None, "low", "very low")


def profile(
    city: City,
    country_exposure: Sequence[Exposure],
    index: SearchIndex,
    regions: Sequence[str] = (),
    limit: int | None = None,
) -> CityProfile:
    """Return all that is shown of a city.

    `country_exposure` is that of its country and stays marked as such: it is never the city's own. `regions` is the
    chain of M49 codes it lies in, innermost first; without it the chain of the index. `limit` caps the people.
    """
    country = index.reference.countries.get(city.country)
    region = regions[0] if regions else (country.region if country else None)
    _, people = people_there(index, city.id, limit)
    return CityProfile(
        id=city.id,
        name=city.name,
        country=city.country,
        region=region,
        population=city.population,
        traits=_traits(city),
        exposure=(*_exposure(city.exposure, None), *_exposure(country_exposure, "country")),
        people=people,
    )


def _traits(city: City) -> tuple[TraitShown, ...]:
    known = {trait.trait: trait for trait in city.traits}
    shown = []
    for trait in TRAITS:
        if trait in known:
            shown.append(TraitShown(trait, "yes" if known[trait].value else "no", known[trait].ground))
        else:
            ground = "no source read so far says" if trait in TRAITS_WITH_DATA else "not known yet: no source was read"
            shown.append(TraitShown(trait, "unknown", ground))
    return tuple(shown)


def _exposure(exposures: Iterable[Exposure], grain: Grain | None) -> list[ExposureShown]:
    """Return exposures, the highest level first; `grain` replaces theirs where it is given."""
    ordered = sorted(exposures, key=lambda each: (_LEVELS.index(each.level), each.hazard))
    return [ExposureShown(each.hazard, each.level, grain or each.grain, each.source, each.year) for each in ordered]
