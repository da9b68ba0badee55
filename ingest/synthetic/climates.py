"""Where each hazard is plausible: by country, latitude and the traits of a place. Coarse, for made-up careers only."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

COMMONNESS: Mapping[str, float] = {
    "flooding": 8, "riverine-flooding": 8, "drought": 8.5, "water-supply-failure": 8, "water-pollution": 5.5,
    "water-scarcity": 6, "surface-water-flooding": 5.5, "coastal-flooding": 10, "flash-flooding": 4.5,
    "waterborne-disease": 5, "groundwater-depletion": 4, "saltwater-intrusion": 6.5, "heatwave": 3, "heavy-rain": 2.5,
    "landslide": 3, "soil-erosion": 2.5, "storm-surge": 5, "sea-level-rise": 3.5, "tropical-cyclone": 3,
    "coastal-erosion": 3, "river-erosion": 2.2, "land-subsidence": 3.5, "earthquake": 2.5, "dam-failure": 2,
    "sewer-flooding": 3, "eutrophication": 1.4, "algal-bloom": 1.3, "biodiversity-loss": 2, "desertification": 2.5,
    "wildfire": 1.8, "soil-salinity": 2.2, "vector-borne-disease": 2, "estuarine-flooding": 4.5,
    "groundwater-flooding": 1.5, "air-pollution": 1.3, "tsunami": 5, "strong-wind": 1.2, "hail": 1.1,
    "extratropical-storm": 4.5, "tornado": 1.6, "heavy-snow": 3, "cold-wave": 3, "glacial-lake-outburst": 5,
    "avalanche": 3.5, "volcanic-ash": 2.5,
}  # fmt: skip
"""How often people work on each of the 45 hazards, where it is plausible at all."""


def _countries(codes: str) -> frozenset[str]:
    return frozenset(codes.split())


_GLACIAL_LAKES = _countries("NP BT PE PK KG TJ CL BO CH IN CN")
_AVALANCHES = _countries("NP CH AT FR IT NO TR IR AF PK TJ KG GE IN CL AR AD LI SI BG IS CA US JP AM KZ")
_SNOW = _countries("MN AM GE TR IR AF TJ KG KZ NP LB JP KP KR CL AR AD LI UZ LS")
_VOLCANOES = _countries(
    "ID PH JP GT EC CO CL IT IS NI SV CR CD MX PG VU TO VC MS GP MQ CM ET NZ CV KM RE PE AR RW TZ SB US"
)
_EARTHQUAKES = _countries(
    "NP ID PH JP TR IR CL PE EC CO MX GT SV NI CR HT PK AF IN CN IT GR AL DZ MA NZ MM TL PG VU SB BD BT TJ KG UZ AM "
    "GE AZ RO HR ME MK BG PT US TW DO JM VE PA BO HN SY LB IQ TN FJ WS TO YE ET UG MW KM TT"
)
_TSUNAMIS = _countries(
    "ID JP CL PE EC CO PH TH LK IN MV MY MM PG VU SB FJ WS TO NZ US MX GT SV NI CR PA TW HT DO PT IT GR TR SC SO KE "
    "TZ MU BD OM TL KM AG DM GD LC VC JM BB MG"
)
_CYCLONES = _countries(
    "BD IN MM LK PK OM YE PH VN CN TW JP KR KP TH KH LA MZ MG MU RE KM MW ZW FJ VU TO WS SB PG AU NZ US MX GT BZ HN "
    "NI SV CU HT DO JM BS AG BB DM GD KN LC VC TT PR GP MQ AI VG VI CV FM MH PW GU CK NC PF HK MO PT"
)
_TORNADOES = _countries("US CA BD IN AR UY PY BR ZA CN RU DE FR GB NL BE PL IT AU ZW UA BY LV EE")
_WINTER_STORMS = _countries("NL BE GB IE FR DE DK NO SE FI IS PT ES PL LT LV EE CA US CL UY NZ RU JP AR ZA FO GI CZ LU")
_DRYLANDS = _countries(
    "ML NE TD BF SN MR SD SS ER ET SO DJ KE NG EG LY TN DZ MA NA BW ZA AO YE OM SA AE QA KW BH IQ SY JO PS IR AF PK IN "
    "UZ TM KZ TJ MN CN MX CL PE AR AU ES GM LS ZW TZ UG IL EH CV"
)
_SINKING = _countries("NL ID VN BD TH CN MX IR IT IN EG PH JP US PK MM SR BR GY")
_WARM_LATITUDE = 50.0
_COLD_LATITUDE = 42.0
_TROPICAL_LATITUDE = 32.0


@dataclass(frozen=True, slots=True)
class Site:
    """What decides which hazards are plausible at a place."""

    country: str
    latitude: float
    traits: frozenset[str]

    @property
    def by_the_sea(self) -> bool:
        """Whether the sea or its tide reaches the place."""
        return bool(self.traits & {"coastal", "delta", "estuary"})

    @property
    def is_cold(self) -> bool:
        """Whether winters bring frost and snow."""
        return abs(self.latitude) >= _COLD_LATITUDE or self.country in _SNOW


def _in(countries: frozenset[str]) -> Callable[[Site], bool]:
    return lambda site: site.country in countries


_PLAUSIBLE: Mapping[str, Callable[[Site], bool]] = {
    "coastal-flooding": lambda site: site.by_the_sea,
    "estuarine-flooding": lambda site: bool(site.traits & {"delta", "estuary"}),
    "storm-surge": lambda site: site.by_the_sea and (site.country in _CYCLONES or site.country in _WINTER_STORMS),
    "sea-level-rise": lambda site: site.by_the_sea,
    "saltwater-intrusion": lambda site: site.by_the_sea,
    "coastal-erosion": lambda site: "coastal" in site.traits,
    "tsunami": lambda site: "coastal" in site.traits and site.country in _TSUNAMIS,
    "tropical-cyclone": _in(_CYCLONES),
    "extratropical-storm": _in(_WINTER_STORMS),
    "tornado": _in(_TORNADOES),
    "glacial-lake-outburst": _in(_GLACIAL_LAKES),
    "avalanche": _in(_AVALANCHES),
    "volcanic-ash": _in(_VOLCANOES),
    "earthquake": _in(_EARTHQUAKES),
    "desertification": _in(_DRYLANDS),
    "heavy-snow": lambda site: site.is_cold,
    "cold-wave": lambda site: site.is_cold or site.country in {"PE", "BO"},
    "land-subsidence": lambda site: site.country in _SINKING or bool(site.traits & {"delta", "megacity"}),
    "heatwave": lambda site: abs(site.latitude) <= _WARM_LATITUDE or site.country in {"NL", "BE", "GB", "DE"},
    "vector-borne-disease": lambda site: abs(site.latitude) <= _TROPICAL_LATITUDE,
    "soil-salinity": lambda site: site.country in _DRYLANDS or site.by_the_sea,
}


def plausible_hazards(site: Site) -> dict[str, float]:
    """Return the hazards that people at the place may have worked on, each with its commonness."""
    return {hazard: weight for hazard, weight in COMMONNESS.items() if _PLAUSIBLE.get(hazard, _always)(site)}


def _always(_: Site) -> bool:
    return True
