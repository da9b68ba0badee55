"""Keys made of names."""

from __future__ import annotations

import pytest

from graph.store.slugs import slug


@pytest.mark.parametrize(
    ("name", "key"),
    [
        ("Safe  Shores (Phase 2)", "safe-shores-phase-2"),
        ("SAFE SHORES", "safe-shores"),
        ("Straße am Wasser", "strasse-am-wasser"),
        ("Sở Thủy lợi", "sở-thủy-lợi"),
        ("水利局", "水利局"),
        ("हिन्दी जल", "हिन्दी-जल"),
        ("ﬁeld", "field"),
    ],
)
def test_a_slug_keeps_letters_of_every_script(name: str, key: str) -> None:
    assert slug(name) == key


def test_names_without_letters_have_keys_of_their_own() -> None:
    assert slug("***")
    assert slug("***") != slug("+++")
