"""A person as the graph keeps one: the record, what each expertise was linked to, and a fingerprint of both."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from graph.model.links import Linked
from graph.model.people import Alumnus


@dataclass(frozen=True, slots=True)
class StoredPerson:
    """`links` by expertise key; `fingerprint` changes whenever anything loaded of the person changes."""

    alumnus: Alumnus
    links: Mapping[str, Linked]
    fingerprint: str
