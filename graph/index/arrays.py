"""Arrays on disk, memory-mapped and never pickled, and sets of small numbers as bits of 64-bit words."""

from __future__ import annotations

import os
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

Bits = NDArray[np.uint64]
"""Shape (words, n): bit i of a set is bit i % 64 of word i // 64."""

_WORD = 64


def save_array(directory: Path, name: str, array: NDArray[Any]) -> None:
    """Write an array to `name.npy`."""
    np.save(directory / f"{name}.npy", np.ascontiguousarray(array), allow_pickle=False)


def open_array(directory: Path, name: str) -> NDArray[Any]:
    """Map an array that `save_array` wrote; an empty one, which cannot be mapped, is read."""
    path = directory / f"{name}.npy"
    try:
        mapped: NDArray[Any] = np.load(path, mmap_mode="r", allow_pickle=False).view(np.ndarray)
        return mapped
    except ValueError:
        return np.asarray(np.load(path, allow_pickle=False))


def sync_directory(directory: Path) -> None:
    """Make sure that every file of a directory is on disk."""
    for path in directory.iterdir():
        with path.open("r+b") as file:
            os.fsync(file.fileno())
    sync_entries(directory)


def sync_entries(directory: Path) -> None:
    """Make sure that the names in a directory are on disk, where the system lets a directory be synced."""
    if os.name == "posix":
        handle = os.open(directory, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def as_bits(members: Iterable[int]) -> int:
    """Return the set as one number of any length."""
    bits = 0
    for member in members:
        bits |= 1 << member
    return bits


def pack(sets: Sequence[int], size: int) -> Bits:
    """Return sets of numbers below `size`, each as `as_bits` gives it, as shape (words, len(sets))."""
    words = max(1, -(-size // _WORD))
    packed = np.zeros((words, len(sets)), np.uint64)
    for word in range(words):
        packed[word] = [(bits >> (_WORD * word)) & 0xFFFF_FFFF_FFFF_FFFF for bits in sets]
    return packed


def holds(bits: Bits, member: int) -> NDArray[np.bool_]:
    """Return which of the n sets hold a number."""
    held: NDArray[np.bool_] = (bits[member // _WORD] & np.uint64(1 << (member % _WORD))) != 0
    return held


def members(bits: Bits, column: int) -> list[int]:
    """Return the numbers in one set, ascending."""
    found: list[int] = []
    for word, value in enumerate(bits[:, column].tolist()):
        found.extend(word * _WORD + bit for bit in range(_WORD) if value >> bit & 1)
    return found


def counts(bits: Bits) -> NDArray[np.int64]:
    """Return for each number how many of the n sets hold it, shape (64 * words,)."""
    as_bytes = np.ascontiguousarray(bits.astype("<u8")).view(np.uint8).reshape(len(bits), -1, 8)
    held: NDArray[np.int64] = np.unpackbits(as_bytes, axis=2, bitorder="little").sum(axis=1, dtype=np.int64).ravel()
    return held
