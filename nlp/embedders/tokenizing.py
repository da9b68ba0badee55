"""The WordPiece vocabulary that MiniLM and the static model distilled from it share."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import TYPE_CHECKING

from graph.errors import Unavailable

if TYPE_CHECKING:
    from tokenizers import Tokenizer

DIRECTORY = Path(__file__).parent / "static"
TOKENIZER = DIRECTORY / "tokenizer.json"
TOKENIZER_SHA256 = "5fd1c882abbd30517dced455a2c9768945ec726b96727927e4959348d9de550b"

PIECES = 30_522
CLASSIFY, SEPARATE = 101, 102


def checked(path: Path, sha256: str) -> bytes:
    """Return the bytes of a file of weights whose SHA-256 is known, so that no other file is ever loaded.

    Raises:
        Unavailable: the file is missing, or its bytes are not the ones that were released.
    """
    try:
        content = path.read_bytes()
    except OSError as error:
        raise Unavailable(f"The file {path} cannot be read: {error.strerror}.", "Install City2City again.") from error
    found = hashlib.sha256(content).hexdigest()
    if found != sha256:
        raise Unavailable(
            f"The file {path} was changed: its SHA-256 is {found}, expected {sha256}.", "Install City2City again."
        )
    return content


def tokenizer() -> Tokenizer:
    """Open the tokenizer, without padding or truncation: every text keeps all of its pieces."""
    from tokenizers import Tokenizer

    opened: Tokenizer = Tokenizer.from_str(checked(TOKENIZER, TOKENIZER_SHA256).decode())
    return opened
