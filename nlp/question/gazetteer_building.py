"""Writes a gazetteer: arrays in plain numpy files, in a folder named by their content, switched to in one step."""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Iterable, Sequence
from hashlib import blake2b
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from graph.errors import WrongInput
from graph.model.places import City
from nlp.normalising import fold
from nlp.question.keys import deletions, key, spelled

VERSION = 1
DESCRIPTION = "gazetteer.json"
ARRAYS = (
    "keys", "key_starts", "key_rows", "key_own",
    "ids", "names", "names_starts", "countries", "populations", "districts",
    "misspelled_keys", "misspelled_names", "spellings", "spellings_starts", "spelling_rows",
)  # fmt: skip
POPULATION_OF_MISSPELLED = 200_000
"""A city's other names are known misspelled too from this many people on; its own name always."""


def is_noise(name: str) -> bool:
    """Whether a city's other name is none that people write: a code, one letter, a romanisation left in lower case."""
    letters = [character for character in name if character.isalpha()]
    if len(letters) < 2:
        return True
    first = letters[0]
    if first.isascii():
        return (first.islower() and name[0].isalnum()) or (len(name) <= 4 and name.isupper())
    return False


def write(cities: Iterable[City], directory: Path) -> None:
    """Write the arrays of these cities, then point the description at them and drop older folders."""
    ordered = sorted(cities, key=lambda city: (-city.population, city.id))
    if not ordered:
        raise WrongInput("A gazetteer needs at least one city.", "Load the cities first.")
    arrays = _arrays(ordered)
    digest = blake2b(b"".join(array.tobytes() for array in arrays.values()), digest_size=8).hexdigest()
    folder = directory / digest
    folder.mkdir(parents=True, exist_ok=True)
    for name, array in arrays.items():
        part = folder / f"{name}.part"
        with part.open("wb") as file:
            np.save(file, array, allow_pickle=False)
        os.replace(part, folder / f"{name}.npy")
    part = directory / f"{DESCRIPTION}.part"
    part.write_text(json.dumps({"version": VERSION, "folder": digest}), "utf-8")
    os.replace(part, directory / DESCRIPTION)
    for other in directory.iterdir():
        if other.is_dir() and other.name != digest and (other / "keys.npy").exists():
            shutil.rmtree(other, ignore_errors=True)


def _arrays(cities: Sequence[City]) -> dict[str, NDArray[Any]]:
    rows = {city.id: row for row, city in enumerate(cities)}
    bearers: dict[str, dict[int, bool]] = {}
    spellings: dict[str, int] = {}
    for row, city in enumerate(cities):
        for name, own in _names(city):
            bearers.setdefault(name, {}).setdefault(row, own)
            if len(name) >= 6 and name.isascii() and (own or city.population >= POPULATION_OF_MISSPELLED):
                spellings.setdefault(name, row)
    return {**_keys(bearers), **_described(cities, rows), **_misspelled(spellings)}


def _names(city: City) -> Iterable[tuple[str, bool]]:
    own = spelled(fold(city.name))
    if own:
        yield own, True
    for name in city.names:
        if not is_noise(name):
            key_name = spelled(fold(name))
            if len(key_name) >= 2 and key_name != own:
                yield key_name, False


def _keys(bearers: dict[str, dict[int, bool]]) -> dict[str, NDArray[Any]]:
    ordered = sorted((key(name), sorted(rows.items())) for name, rows in bearers.items())
    flat = [pair for _, pairs in ordered for pair in pairs]
    return {
        "keys": np.array([hashed for hashed, _ in ordered], dtype=np.uint64),
        "key_starts": _starts(len(pairs) for _, pairs in ordered),
        "key_rows": np.array([row for row, _ in flat], dtype=np.int32),
        "key_own": np.array([own for _, own in flat], dtype=np.bool_),
    }


def _described(cities: Sequence[City], rows: dict[str, int]) -> dict[str, NDArray[Any]]:
    return {
        "ids": np.array([city.id.encode() for city in cities], dtype=np.bytes_),
        "countries": np.array([city.country.encode() for city in cities], dtype=np.bytes_),
        "populations": np.array([city.population for city in cities], dtype=np.int64),
        "districts": np.array([rows.get(city.district_of or "", -1) for city in cities], dtype=np.int32),
        **_texts("names", [city.name for city in cities]),
    }


def _misspelled(spellings: dict[str, int]) -> dict[str, NDArray[Any]]:
    pairs = sorted((key(variant), index) for index, name in enumerate(spellings) for variant in deletions(name))
    return {
        "misspelled_keys": np.array([hashed for hashed, _ in pairs], dtype=np.uint64),
        "misspelled_names": np.array([index for _, index in pairs], dtype=np.int32),
        "spelling_rows": np.array(list(spellings.values()), dtype=np.int32),
        **_texts("spellings", list(spellings)),
    }


def _texts(name: str, texts: Sequence[str]) -> dict[str, NDArray[Any]]:
    encoded = [text.encode() for text in texts]
    return {
        name: np.frombuffer(b"".join(encoded), dtype=np.uint8),
        f"{name}_starts": _starts(len(text) for text in encoded),
    }


def _starts(lengths: Iterable[int]) -> NDArray[Any]:
    return np.concatenate(([0], np.cumsum(list(lengths), dtype=np.int64))).astype(np.int32)
