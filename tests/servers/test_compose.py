"""compose.yaml and the Dockerfile, held to the code as far as that goes without a container engine."""

from __future__ import annotations

import re
import subprocess
import sys
import tomllib
from typing import Any

import pytest
import yaml

from api.settings import read_settings
from tests.conftest import ROOT, CommandLine
from tests.servers.neo4j_server import IMAGE

TEXT = (ROOT / "compose.yaml").read_text(encoding="utf-8")
SERVICES: dict[str, Any] = yaml.safe_load(TEXT)["services"]
OURS = {name: service for name, service in SERVICES.items() if service["image"] == "city2city"}
SECRETS = ("NEO4J_PASSWORD", "C2C_TOKEN")
DOCKERFILE = (ROOT / "Dockerfile").read_text(encoding="utf-8").replace("\\\n", " ")


def filled_in(text: str, **given: str) -> str:
    """Fill in variables as the engine does: `${NAME:-default}`, and `${NAME:?what to do}`, which refuses to start."""

    def value(found: re.Match[str]) -> str:
        name, kind, rest = found.groups()
        if given.get(name):
            return given[name]
        if kind == "?":
            raise LookupError(f"{name}: {rest}")
        return rest

    return re.sub(r"(?<!\$)\$\{(\w+):([-?])([^}]*)\}", value, text)


def environment(service: str, **given: str) -> dict[str, str]:
    return {name: filled_in(value, **given) for name, value in SERVICES[service]["environment"].items()}


@pytest.mark.parametrize("missing", SECRETS)
def test_it_refuses_to_start_without_a_password_and_a_token(missing: str) -> None:
    given = {name: "made-up-secret" for name in SECRETS if name != missing}
    with pytest.raises(LookupError, match=f"^{missing}: set it"):
        [environment(service, **given) for service in SERVICES]
    assert [environment(service, **dict.fromkeys(SECRETS, "made-up-secret")) for service in SERVICES]


def test_no_secret_and_no_default_of_one_stands_in_the_file() -> None:
    for name, value in ((name, value) for each in SERVICES.values() for name, value in each["environment"].items()):
        if re.search("PASSWORD|TOKEN|AUTH", name):
            assert re.fullmatch(r"(neo4j/)?\$\{\w+:(\?[^}]+|-)\}", value), name


@pytest.mark.parametrize("service", sorted(OURS))
def test_every_setting_in_it_is_one_that_the_code_reads(service: str) -> None:
    stated = environment(service, **dict.fromkeys(SECRETS, "made-up-secret"))
    assert stated
    source = (ROOT / "api" / "settings.py").read_text(encoding="utf-8")
    assert [name for name in stated if f'environment.get("{name}"' not in source] == []
    settings = read_settings(stated)
    assert settings.store == "neo4j://neo4j:7687"
    assert (settings.neo4j_username, settings.neo4j_password) == ("neo4j", "made-up-secret")
    assert str(settings.home).startswith("/data/"), "all that lies beside the graph is on the volume"


def test_the_database_is_the_one_that_the_tests_run_on() -> None:
    assert SERVICES["neo4j"]["image"] == IMAGE
    assert "ports" not in SERVICES["neo4j"], "only City2City reaches it"


def test_each_service_waits_for_what_it_needs() -> None:
    assert SERVICES["migrate"]["command"] == ["c2c", "migrate"]
    assert SERVICES["migrate"]["depends_on"] == {"neo4j": {"condition": "service_healthy"}}
    assert SERVICES["city2city"]["depends_on"] == {"migrate": {"condition": "service_completed_successfully"}}
    assert "healthcheck" in SERVICES["neo4j"]
    volumes = yaml.safe_load(TEXT)["volumes"]
    assert {volume.partition(":")[0] for each in SERVICES.values() for volume in each["volumes"]} == set(volumes)


def test_the_healthcheck_gets_through_the_door_that_the_settings_make(network_copy: Any) -> None:
    stated = environment("city2city", **dict.fromkeys(SECRETS, "made-up-secret"))
    door = tuple(
        (name, value) for name, value in stated.items() if name in ("C2C_TOKEN", "C2C_READ_TOKEN", "C2C_HOSTS")
    )
    assert re.search(r'^CMD \["c2c", "serve", "--host", "0\.0\.0\.0"\]$', DOCKERFILE, re.MULTILINE)
    with CommandLine(network_copy, door).serving("--host", "0.0.0.0") as client:
        program, *arguments = SERVICES["city2city"]["healthcheck"]["test"][1:]
        asked = [each.replace(":8000", f":{client.base_url.port}") for each in arguments]
        assert program == "python"
        assert subprocess.run([sys.executable, *asked], check=False, timeout=60).returncode == 0
        client.headers["Host"] = "localhost"
        assert client.get("/experts").status_code == 401
        assert client.get("/experts", headers={"Authorization": "Bearer made-up-secret"}).status_code == 200


def test_the_image_installs_what_make_installs_and_runs_as_nobody_special() -> None:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    flags = re.search(r"^PIP := .* (--only-binary :all:)$", makefile, re.MULTILINE)
    assert flags
    installs = [line.split(" install ")[1].split() for line in DOCKERFILE.splitlines() if " install --no-cache" in line]
    assert installs == [
        ["--no-cache-dir", *flags[1].split(), "--require-hashes", "-r", "requirements.lock"],
        ["--no-cache-dir", *flags[1].split(), "--no-deps", "."],
    ]
    assert "--require-hashes -r requirements.lock" in makefile
    user = re.findall(r"^USER (\d+)$", DOCKERFILE, re.MULTILINE)
    assert user == ["10001"]
    assert "install --directory --owner 10001 /data" in DOCKERFILE


def test_the_image_holds_the_packages_and_nothing_else_of_the_checkout() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    packages = project["tool"]["hatch"]["build"]["targets"]["wheel"]["packages"]
    copied = {
        name for line in re.findall(r"^COPY (?!--from)(.+)$", DOCKERFILE, re.MULTILINE) for name in line.split()[:-1]
    }
    assert copied == {*packages, "requirements.lock", "pyproject.toml", "README.md", "LICENSE"}
    ignored = (ROOT / ".dockerignore").read_text(encoding="utf-8").splitlines()
    assert {line[1:] for line in ignored if line.startswith("!")} == copied
    assert "*" in ignored
    python = re.findall(r"^FROM python:(\d+)\.(\d+)-slim", DOCKERFILE, re.MULTILINE)
    assert set(python) == {("3", "11")}, "the Python that the locks were made for"
