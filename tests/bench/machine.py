"""What the figures were measured on."""

from __future__ import annotations

import os
import platform
import re
import subprocess
from importlib.metadata import version
from pathlib import Path

from tests.bench.children import ROOT


def described() -> dict[str, str]:
    """Return processor, cores, memory, system, Python, revision and how busy the machine was at the beginning."""
    return {
        "processor": _found(r"model name\s*:\s*(.+)", "/proc/cpuinfo") or platform.processor() or "not told",
        "cores": str(len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count()),
        "memory": _memory(),
        "system": f"{platform.system()} {platform.machine()}",
        "Python": platform.python_version(),
        "embedded engine": f"arcadedb-embedded {version('arcadedb-embedded')}",
        "numpy": version("numpy"),
        "revision": _revision(),
        "load average at the beginning": f"{os.getloadavg()[0]:.1f}",
    }


def _memory() -> str:
    kilobytes = _found(r"MemTotal:\s+(\d+) kB", "/proc/meminfo")
    return f"{int(kilobytes) * 1024 / 1e9:.0f} GB" if kilobytes else "not told"


def _revision() -> str:
    told = subprocess.run(
        ["git", "describe", "--always", "--dirty"], cwd=ROOT, capture_output=True, text=True, check=False
    )
    return told.stdout.strip() or "not told"


def _found(pattern: str, path: str) -> str | None:
    try:
        found = re.search(pattern, Path(path).read_text(encoding="utf-8"))
    except OSError:
        return None
    return found.group(1).strip() if found else None
