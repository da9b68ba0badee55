"""A TCP proxy between driver and server that cuts connections where a test says: real faults, made at will."""

from __future__ import annotations

import contextlib
import socket
import threading
from collections import deque
from collections.abc import Iterator
from enum import Enum
from urllib.parse import urlsplit

COMMIT = b"\x00\x02\xb0\x12\x00\x00"
"""Bolt's COMMIT message: a chunk of two bytes, a structure without fields, and the end of the message."""


class Cut(Enum):
    """Where the connection is cut."""

    BEFORE_COMMIT = "the commit never reaches the server"
    AS_COMMIT_IS_SENT = "the server has the commit, and is perhaps not done with it"
    AFTER_COMMIT = "the server has committed, and its answer is lost"
    WITHIN_THE_BATCH = "the server has half of what was to be written"


class CuttingProxy:
    """Passes bytes both ways; each cut that was asked for is made once, in their order."""

    def __init__(self, uri: str) -> None:
        address = urlsplit(uri)
        self._server = (str(address.hostname), int(address.port or 7687))
        self._listener = socket.create_server(("127.0.0.1", 0))
        self._cuts: deque[Cut] = deque()
        self._guard = threading.Lock()
        self.made = 0
        threading.Thread(target=self._accept, daemon=True).start()

    @property
    def uri(self) -> str:
        """Where the proxy listens: without routing, which would lead past it."""
        return f"bolt://127.0.0.1:{self._listener.getsockname()[1]}"

    def cut(self, *where: Cut) -> None:
        """Make these cuts from now on."""
        with self._guard:
            self._cuts.extend(where)

    def close(self) -> None:
        """Take no more connections."""
        with contextlib.suppress(OSError):
            self._listener.shutdown(socket.SHUT_RDWR)
        self._listener.close()

    def _accept(self) -> None:
        with contextlib.suppress(OSError):
            while True:
                client, _ = self._listener.accept()
                server = socket.create_connection(self._server)
                answered = threading.Event()
                pair = (client, server, answered)
                for work in (self._to_server, self._to_client):
                    threading.Thread(target=work, args=pair, daemon=True).start()

    def _to_server(self, client: socket.socket, server: socket.socket, answered: threading.Event) -> None:
        with _closing(client, server):
            while sent := client.recv(65_536):
                cut = self._next(sent)
                if cut is Cut.BEFORE_COMMIT:
                    return
                if cut is Cut.WITHIN_THE_BATCH:
                    server.sendall(sent[: len(sent) // 2])
                    return
                if cut is Cut.AFTER_COMMIT:
                    client.shutdown(socket.SHUT_WR)  # what the server answers from here on reaches nobody
                    answered.clear()
                    server.sendall(sent)
                    answered.wait(30)
                    return
                server.sendall(sent)
                if cut is Cut.AS_COMMIT_IS_SENT:
                    return

    def _to_client(self, client: socket.socket, server: socket.socket, answered: threading.Event) -> None:
        with _closing(client, server):
            while told := server.recv(65_536):
                try:
                    client.sendall(told)
                finally:
                    answered.set()

    def _next(self, sent: bytes) -> Cut | None:
        with self._guard:
            if not self._cuts:
                return None
            within = self._cuts[0] is Cut.WITHIN_THE_BATCH
            if (within and len(sent) > 10_000) or (not within and sent.endswith(COMMIT)):
                self.made += 1
                return self._cuts.popleft()
            return None


@contextlib.contextmanager
def _closing(*ends: socket.socket) -> Iterator[None]:
    """Close both ends, at once and whatever happens; a connection that was cut is no error here."""
    try:
        with contextlib.suppress(OSError):
            yield
    finally:
        for end in ends:
            with contextlib.suppress(OSError):
                end.shutdown(socket.SHUT_RDWR)
            end.close()
