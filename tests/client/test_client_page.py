"""What `docs/client.md` shows is run as it stands."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest

from api.client import City2City
from tests.conftest import ROOT, CommandLine

PAGE = (ROOT / "docs" / "client.md").read_text(encoding="utf-8")
EXAMPLES = re.findall(r"```python\n(.*?)```", PAGE, re.DOTALL)


def test_the_examples_of_the_page_run(demo_network: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("C2C_STORE", f"embedded:{demo_network}")
    scope: dict[str, Any] = {}
    with CommandLine(demo_network).serving() as client:
        address = str(client.base_url).rstrip("/")
        for example in EXAMPLES:
            exec(example.replace("http://127.0.0.1:8000", address), scope)
    assert scope["answer"].experts
    assert scope["wider"].total >= 0
    assert scope["later"].understood.regions[0].id == "014"
    assert list(scope["table"].columns) == ["hazard", "expertises"]
    assert len(scope["table"]) > 1


def test_the_page_and_the_package_name_every_call() -> None:
    import api.client

    calls = {name for name in vars(City2City) if not name.startswith("_")}
    for name in calls - {"close", "local"}:
        assert f"{name}(" in PAGE
    for name in calls:
        assert f"{name}(" in (api.client.__doc__ or "")
