"""An embedder that keeps what it has embedded, so that a text seen before costs a look-up."""

from __future__ import annotations

import hashlib
import os
import sqlite3
import threading
from collections.abc import Mapping, Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from nlp.ports import Embedder

_TOGETHER = 500
_SCHEMA = "CREATE TABLE IF NOT EXISTS vectors (key BLOB PRIMARY KEY, vector BLOB NOT NULL) WITHOUT ROWID"


class RememberingEmbedder:
    """Wraps a slow embedder; vectors lie in an SQLite file by the hash of embedder name and text, never the text.

    Worth it where embedding a text takes longer than a tenth of a millisecond. Thread-safe.
    """

    def __init__(self, embedder: Embedder, path: Path) -> None:
        self._embedder = embedder
        self.name = embedder.name
        self.dimensions = embedder.dimensions
        path.parent.mkdir(parents=True, exist_ok=True)
        os.close(os.open(path, os.O_CREAT | os.O_RDWR, 0o600))
        self._lock = threading.Lock()
        self._file = sqlite3.connect(path, check_same_thread=False, isolation_level=None)
        self._file.execute("PRAGMA secure_delete = ON")
        self._file.execute(_SCHEMA)

    def embed(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Return one unit row for each text, embedding only those not seen before."""
        keys = [self._key(text) for text in texts]
        known = self._known(set(keys))
        new = {key: text for key, text in zip(keys, texts, strict=True) if key not in known}
        if new:
            vectors = self._embedder.embed(list(new.values()))
            made = dict(zip(new, vectors, strict=True))
            self._keep(made)
            known |= made
        rows = [known[key] for key in keys]
        return np.stack(rows) if rows else np.zeros((0, self.dimensions), np.float32)

    def knows(self, texts: Sequence[str]) -> set[str]:
        """Return those texts that need no embedding."""
        known = self._known({self._key(text) for text in texts})
        return {text for text in texts if self._key(text) in known}

    def remember(self, vectors: Mapping[str, NDArray[np.float32]]) -> None:
        """Keep vectors, by text, that this embedder made elsewhere."""
        if vectors:
            self._keep({self._key(text): vector for text, vector in vectors.items()})

    def forget(self, texts: Sequence[str]) -> None:
        """Erase the vectors of texts; the file keeps no byte of them."""
        with self._lock:
            self._file.executemany("DELETE FROM vectors WHERE key = ?", [(self._key(text),) for text in texts])
            self._file.execute("VACUUM")

    def close(self) -> None:
        """Close the file."""
        self._file.close()

    def _key(self, text: str) -> bytes:
        return hashlib.blake2b(f"{self.name}\0{text}".encode(), digest_size=16).digest()

    def _known(self, keys: set[bytes]) -> dict[bytes, NDArray[np.float32]]:
        found: dict[bytes, NDArray[np.float32]] = {}
        ordered = list(keys)
        for first in range(0, len(ordered), _TOGETHER):
            some = ordered[first : first + _TOGETHER]
            marks = ",".join("?" * len(some))
            with self._lock:
                rows = self._file.execute(f"SELECT key, vector FROM vectors WHERE key IN ({marks})", some)  # noqa: S608
                found |= {key: np.frombuffer(vector, np.float32) for key, vector in rows}
        return found

    def _keep(self, vectors: dict[bytes, NDArray[np.float32]]) -> None:
        rows = [(key, np.ascontiguousarray(vector, np.float32).tobytes()) for key, vector in vectors.items()]
        with self._lock:
            self._file.execute("BEGIN")
            self._file.executemany("INSERT OR REPLACE INTO vectors VALUES (?, ?)", rows)
            self._file.execute("COMMIT")
