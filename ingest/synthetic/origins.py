"""Where the people come from, and which language besides English they write."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from random import Random

ENGLISH = "en"


def _weights(text: str, default: float = 1.0) -> dict[str, float]:
    """`NL:9 SR` becomes {"NL": 9.0, "SR": default}."""
    parts = (part.partition(":") for part in text.split())
    return {country: float(weight or default) for country, _, weight in parts}


@dataclass(frozen=True, slots=True)
class LanguageGroup:
    """Countries in whose language people write, and the share of all people who come from there."""

    share: float
    weights: Mapping[str, float]


GROUPS: Mapping[str, LanguageGroup] = {
    "es": LanguageGroup(
        0.122,
        _weights("CO:6 MX:6 PE:5 EC:4 BO:3 GT:2.5 NI:2 HN:2 SV:2 CR:2 PA:1.5 CU:2 DO:2 CL:3 AR:3 UY PY VE:2 ES:2.5 GQ"),
    ),
    "fr": LanguageGroup(
        0.100,
        _weights(
            "BJ:3 BF:3 SN:3.5 ML:3 NE:2 CI:2.5 CM:3 CD:3 TG:1.5 TD GA GN:1.5 CG BI:1.5 HT:2 MG:2.5 FR:2 CF KM DJ MC "
            "LU NC PF GP MQ GF RE YT"
        ),
    ),
    "pt": LanguageGroup(0.077, _weights("BR:8 MZ:7 AO:3 PT:2.5 CV:1.2 GW ST TL")),
    "nl": LanguageGroup(0.071, _weights("NL:9 BE:2.5 SR:2 CW AW:0.6 SX:0.2")),
    "id": LanguageGroup(0.071, _weights("ID")),
    "ar": LanguageGroup(
        0.071,
        _weights("EG:5 SD:4.5 YE:2.5 JO:2.5 IQ:2.5 SY:1.2 LB:1.2 PS:2 MA:2 TN:1.5 DZ:1.5 LY OM SA AE QA KW BH MR"),
    ),
    "vi": LanguageGroup(0.071, _weights("VN")),
    "zh": LanguageGroup(0.071, _weights("CN:9 TW:0.6")),
}
"""Groups by the language (BCP 47) that their people write; all other people write English."""

_ENGLISH_WEIGHTS = _weights(
    "ET:6 KE:5.5 GH:5.5 UG:5.5 TZ:5 NG:6 IN:7 BD:7 NP:5.5 PK:5 PH:4.5 TH:4 LK:3.5 ZM:3 ZW:3 MW:2.5 ZA:3 RW:2.5 MM:2.5 "
    "KH:2 IR:2.5 TR:1.8 AF:1.5 ER:1.5 SS:1.5 LA:1.2 BT:1.2 MN SL LR GM BW NA LS SZ US:1.5 GB:1.5 DE:1.5 IT:1.2 GR "
    "UA GE AM KZ UZ KG TJ PG FJ JM TT GY MY:1.5 JP KR AU RO AL RS"
)
_ELSEWHERE = 0.35


@dataclass(frozen=True, slots=True)
class Origin:
    """The country (ISO 3166 alpha-2) a person comes from, and the language the person writes beside English."""

    country: str
    language: str


def allot_origins(people: int, countries: Iterable[str], rng: Random) -> list[Origin]:
    """Return one origin a person, in random order: exact shares by group, every country once where people suffice."""
    known = sorted(countries)
    spoken_for = {country for group in GROUPS.values() for country in group.weights}
    origins: list[Origin] = []
    for language, group in GROUPS.items():
        weights = {country: weight for country, weight in group.weights.items() if country in known}
        counts = _apportioned(round(people * group.share), weights)
        origins += [Origin(country, language) for country in _repeated(counts)]
    others = {country: _ENGLISH_WEIGHTS.get(country, _ELSEWHERE) for country in known if country not in spoken_for}
    counts = _apportioned(people - len(origins), others)
    origins += [Origin(country, ENGLISH) for country in _repeated(counts)]
    rng.shuffle(origins)
    return origins


def _apportioned(seats: int, weights: Mapping[str, float]) -> dict[str, int]:
    """Share out seats by weight, at least one each where there are enough, by largest remainders."""
    least = 1 if seats >= len(weights) else 0
    total = sum(weights.values())
    exact = {country: (seats - least * len(weights)) * weight / total for country, weight in weights.items()}
    counts = {country: least + int(share) for country, share in exact.items()}
    by_remainder = sorted(exact, key=lambda country: (int(exact[country]) - exact[country], country))
    for country in by_remainder[: seats - sum(counts.values())]:
        counts[country] += 1
    return counts


def _repeated(counts: Mapping[str, int]) -> Iterable[str]:
    return (country for country, count in counts.items() for _ in range(count))
