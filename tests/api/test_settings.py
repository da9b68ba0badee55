from pathlib import Path

import pytest

from api.settings import read_settings
from graph.errors import WrongInput


def test_without_any_setting_the_demo_network_is_meant() -> None:
    settings = read_settings({"XDG_DATA_HOME": "/data"})
    assert settings.embedded
    assert settings.home == Path("/data/city2city/demo")


def test_one_setting_chooses_the_embedded_engine_and_its_place() -> None:
    settings = read_settings({"C2C_STORE": "embedded:/net/work", "NEO4J_URI": "neo4j://elsewhere:7687"})
    assert settings.embedded
    assert settings.graph_directory == Path("/net/work/graph")


@pytest.mark.parametrize("name", ["C2C_STORE", "NEO4J_URI"])
def test_neo4j_is_chosen_by_either_name_with_its_credentials(name: str) -> None:
    settings = read_settings(
        {name: "neo4j://db.example.org:7687", "NEO4J_USERNAME": "reader", "NEO4J_PASSWORD": "made-up"}
    )
    assert not settings.embedded
    assert (settings.neo4j_username, settings.neo4j_password) == ("reader", "made-up")


def test_secrets_are_not_in_the_printed_settings() -> None:
    settings = read_settings(
        {"NEO4J_PASSWORD": "made-up-secret", "C2C_TOKEN": "made-up-token", "C2C_READ_TOKEN": "x-y"}
    )
    assert "made-up-secret" not in repr(settings)
    assert "made-up-token" not in repr(settings)
    assert "x-y" not in repr(settings)


@pytest.mark.parametrize("store", ["sqlite:here", "embedded:", "neo4j:", "somewhere"])
def test_a_store_that_means_nothing_is_named_with_the_way_out(store: str) -> None:
    with pytest.raises(WrongInput, match="embedded:PATH or neo4j://HOST:PORT") as error:
        read_settings({"C2C_STORE": store})
    assert repr(store) in error.value.detail


@pytest.mark.parametrize("value", ["a lot", "0", "64", "-1"])
def test_a_heap_that_means_nothing_is_refused(value: str) -> None:
    with pytest.raises(WrongInput, match="C2C_HEAP_MB"):
        read_settings({"C2C_HEAP_MB": value})
