"""The network over HTTP: eight clients at once, and the memory that the server then holds."""

from __future__ import annotations

import signal
import subprocess
import threading
import time
from pathlib import Path
from typing import Any

import httpx

from tests.bench.asking import QUESTIONS, percentiles
from tests.bench.children import C2C, ROOT, Watch, environment, family, megabytes

CLIENTS = 8
_READY_SECONDS = 120


def measure(store: Path) -> dict[str, Any]:
    """Serve the store, ask every question from every client, and stop the server."""
    began = time.perf_counter()
    process = subprocess.Popen(
        [C2C, "serve", "--port", "0"],
        env=environment(store),
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    )
    try:
        with Watch(process.pid) as watch:
            address = _address(process)
            _until_ready(address)
            ready = time.perf_counter() - began
            first = _ask(httpx.Client(base_url=address, trust_env=False, timeout=60), QUESTIONS[0])
            began = time.perf_counter()
            seconds, errors = _all_clients(address)
            took = time.perf_counter() - began
            pids = family(process.pid)
            told = {
                "ready_seconds": ready,
                "first_ask_ms": first * 1000,
                "clients": CLIENTS,
                "requests": len(seconds),
                "errors": errors,
                "requests_a_second": len(seconds) / took,
                "resident_megabytes": _sum(pids, "VmRSS"),
                "own_megabytes": _sum(pids, "RssAnon"),
            }
        return told | percentiles(seconds) | {"peak_megabytes": watch.peak_megabytes}
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(timeout=60)


def _address(process: subprocess.Popen[str]) -> str:
    assert process.stdout is not None
    for line in process.stdout:
        if "answers at" in line:
            return line.split("answers at ")[1].split()[0]
    raise RuntimeError("the server ended before it answered")


def _until_ready(address: str) -> None:
    for _ in range(_READY_SECONDS * 50):
        try:
            if httpx.get(f"{address}/readyz", trust_env=False).status_code == 200:
                return
        except httpx.TransportError:
            pass
        time.sleep(0.02)
    raise RuntimeError("the server was not ready in time")


def _all_clients(address: str) -> tuple[list[float], int]:
    """Every client asks all questions, each beginning elsewhere in the list; a connection of its own is kept open."""
    clients = [_Client(address, len(QUESTIONS) * number // CLIENTS) for number in range(CLIENTS)]
    for client in clients:
        client.start()
    for client in clients:
        client.join()
    return [second for client in clients for second in client.seconds], sum(client.errors for client in clients)


class _Client(threading.Thread):
    def __init__(self, address: str, begin: int) -> None:
        super().__init__()
        self._address = address
        self._questions = QUESTIONS[begin:] + QUESTIONS[:begin]
        self.seconds: list[float] = []
        self.errors = 0

    def run(self) -> None:
        with httpx.Client(base_url=self._address, trust_env=False, timeout=60) as client:
            for question in self._questions:
                try:
                    self.seconds.append(_ask(client, question))
                except (httpx.HTTPError, KeyError):
                    self.errors += 1


def _ask(client: httpx.Client, question: str) -> float:
    began = time.perf_counter()
    answer = client.post("/ask", json={"question": question})
    seconds = time.perf_counter() - began
    answer.raise_for_status()
    _ = answer.json()["experts"]
    return seconds


def _sum(pids: list[int], what: str) -> float | None:
    found = [each for pid in pids if (each := megabytes(pid, what)) is not None]
    return sum(found) if found else None
