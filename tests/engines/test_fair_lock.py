"""The readers-writer lock: shared by readers, alone for a writer, fair to both."""

from __future__ import annotations

import threading
import time

from graph.engines.lock import FairLock


def start(target: object, *arguments: object) -> threading.Thread:
    thread = threading.Thread(target=target, args=arguments, daemon=True)  # type: ignore[arg-type]
    thread.start()
    return thread


def wait_until_waiting(lock: FairLock, waiting: int) -> None:
    while len(lock._queue) < waiting:
        time.sleep(0.001)


def test_readers_share() -> None:
    lock = FairLock()
    together = threading.Barrier(3, timeout=10)

    def read() -> None:
        with lock.reading():
            together.wait()

    threads = [start(read) for _ in range(3)]
    for thread in threads:
        thread.join(10)
    assert not together.broken


def test_a_writer_is_alone() -> None:
    lock = FairLock()
    inside = 0
    most = 0

    def write() -> None:
        nonlocal inside, most
        for _ in range(50):
            with lock.writing():
                inside += 1
                most = max(most, inside)
                time.sleep(0.0001)
                inside -= 1

    def read() -> None:
        for _ in range(50):
            with lock.reading():
                assert inside == 0

    threads = [start(write), start(write), start(read), start(read)]
    for thread in threads:
        thread.join(20)
    assert most == 1


def test_a_waiting_writer_is_let_in_before_readers_who_came_later() -> None:
    lock = FairLock()
    order: list[str] = []

    def write() -> None:
        with lock.writing():
            order.append("writer")

    def read() -> None:
        with lock.reading():
            order.append("reader")

    with lock.reading():
        writer = start(write)
        wait_until_waiting(lock, 1)
        reader = start(read)
        wait_until_waiting(lock, 2)
        assert order == []
    writer.join(10)
    reader.join(10)
    assert order == ["writer", "reader"]


def test_the_lock_is_free_again_after_an_error() -> None:
    lock = FairLock()
    for enter in (lock.writing, lock.reading, lock.writing):
        try:
            with enter():
                raise ValueError
        except ValueError:
            pass
    with lock.writing():
        pass
