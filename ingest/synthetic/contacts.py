"""Made-up contact details and consent: addresses at example.org, telephone numbers set aside for fiction."""

from __future__ import annotations

import unicodedata
from datetime import date, timedelta
from random import Random

from ingest.synthetic.careers import PRESENT_YEAR, Person

_GROUNDS = ("online form", "alumni survey", "reunion sign-up", "signed letter", "renewal of membership")
_OPEN_TO = (
    "city exchanges", "mentoring", "short missions", "guest lectures", "online advice", "hosting visitors",
    "joint research", "reviewing plans",
)  # fmt: skip
_GIVES_CONSENT, _REFUSES_CONSENT = 0.93, 0.02


def contact_columns(person: Person, rng: Random) -> dict[str, str]:
    """E-mail address, telephone number and postal address; each known of about half of the people."""
    columns: dict[str, str] = {}
    if rng.random() < 0.5:
        columns["email"] = f"{_plain(person.name)}.{person.key[2:]}@example.org"
    if rng.random() < 0.4:
        columns["telephone"] = _fictional_number(rng)
    if rng.random() < 0.3:
        columns["address"] = f"{1 + int(rng.random() * 98)} Example Street, {person.home.name}"
    return columns


def consent_columns(rng: Random) -> dict[str, str]:
    """Consent with its date and ground; missing or refused for a few."""
    drawn = rng.random()
    if drawn > _GIVES_CONSENT + _REFUSES_CONSENT:
        return {}
    return {
        "consent": "yes" if drawn < _GIVES_CONSENT else "no",
        "consent_date": _some_day(2019, rng),
        "consent_ground": rng.choice(_GROUNDS),
    }


def standing_columns(person: Person, rng: Random) -> dict[str, str]:
    """What people state beside their work: gender, what they are open to, and when the record was confirmed."""
    columns: dict[str, str] = {}
    if rng.random() < 0.6:
        columns["gender"] = "non-binary" if rng.random() < 0.01 else "woman" if person.is_woman else "man"
    if rng.random() < 0.35:
        columns["open_to"] = ", ".join(rng.sample(_OPEN_TO, 1 + int(rng.random() * 2)))
    if rng.random() < 0.83:
        columns["confirmed"] = _some_day(2016, rng)
    return columns


def _some_day(since: int, rng: Random) -> str:
    first, last = date(since, 1, 1), date(PRESENT_YEAR, 6, 30)
    return (first + timedelta(days=rng.randrange((last - first).days))).isoformat()


def _fictional_number(rng: Random) -> str:
    """From the ranges that the British and American regulators keep free for drama."""
    if rng.random() < 0.5:
        return f"+44 7700 900{rng.randrange(1000):03d}"
    return f"+1 202 555 01{rng.randrange(100):02d}"


def _plain(name: str) -> str:
    letters = unicodedata.normalize("NFKD", name.replace("đ", "d").replace("Đ", "D").replace("ı", "i"))
    return ".".join("".join(c for c in part if c.isascii() and c.isalpha()) for part in letters.lower().split())
