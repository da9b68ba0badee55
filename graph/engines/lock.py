"""A fair readers-writer lock: readers run beside each other, a writer alone, and nobody waits for ever."""

from __future__ import annotations

import threading
from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager


class FairLock:
    """Readers share, a writer has it alone; both are let in in the order in which they came.

    The order is what makes it fair: a stream of readers cannot keep a writer waiting, nor writers a reader.
    It is not reentrant: who holds it must not ask for it again.
    """

    def __init__(self) -> None:
        self._guard = threading.Lock()
        self._queue: deque[tuple[bool, threading.Event]] = deque()
        self._readers = 0
        self._writing = False

    @contextmanager
    def reading(self) -> Iterator[None]:
        """Hold the lock beside other readers."""
        self._enter(writer=False)
        try:
            yield
        finally:
            with self._guard:
                self._readers -= 1
                self._admit()

    @contextmanager
    def writing(self) -> Iterator[None]:
        """Hold the lock alone."""
        self._enter(writer=True)
        try:
            yield
        finally:
            with self._guard:
                self._writing = False
                self._admit()

    def _enter(self, *, writer: bool) -> None:
        turn = threading.Event()
        entry = (writer, turn)
        with self._guard:
            self._queue.append(entry)
            self._admit()
        try:
            turn.wait()
        except BaseException:
            self._give_up(entry)
            raise

    def _admit(self) -> None:
        while self._queue and not self._writing:
            writer, turn = self._queue[0]
            if writer and self._readers:
                return
            self._queue.popleft()
            if writer:
                self._writing = True
            else:
                self._readers += 1
            turn.set()

    def _give_up(self, entry: tuple[bool, threading.Event]) -> None:
        """Leave the queue, or hand back what was given in the moment of an interrupt."""
        with self._guard:
            if entry in self._queue:
                self._queue.remove(entry)
            elif entry[0]:
                self._writing = False
            else:
                self._readers -= 1
            self._admit()
