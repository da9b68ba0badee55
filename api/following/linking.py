"""Linking what others wrote: one process at a time, which has the lease; the others read what it wrote."""

from __future__ import annotations

import logging
import os
import socket
import uuid
from collections.abc import Mapping
from typing import TYPE_CHECKING

from graph.store.lease import Lease
from graph.store.linking import LinkStore

if TYPE_CHECKING:
    from api.wiring import Network

LEASE = "embed and link"
TEXTS_AT_ONCE = 500
"""Texts linked before the lease is renewed: well within its time on a slow machine."""

log = logging.getLogger("city2city")


class Linking:
    """This process's part in linking. `waits` is true while there is work that another process has the right to do."""

    def __init__(self, network: Network) -> None:
        self._network = network
        self._links = LinkStore(network.waiting_engine)
        self.lease = Lease(network.waiting_engine, LEASE, f"{socket.gethostname()}/{os.getpid()}/{uuid.uuid4().hex}")
        self.waits = False
        self._unlinked: dict[str, str] = {}
        self._told_of: str | None = None
        self._has_lease = False

    def some(self, rewritten: Mapping[str, str]) -> bool:
        """Link some texts that nobody has linked, or not the linker in force; False where none is left to us.

        `rewritten` are texts that changed under their links, by expertise the fingerprint of the person.
        """
        if rewritten and rewritten != self._unlinked:
            self._links.unlink(rewritten)
            self._unlinked = dict(rewritten)
        in_force = self._network.networks.linker()
        linker = in_force or self._network.linker.name
        waiting = self._links.waiting(linker, TEXTS_AT_ONCE)
        self.waits = bool(waiting) and self._may_link(linker) and not self.lease.take()
        if not waiting or self.waits or not self._may_link(linker):
            self.give_back()
            return False
        self._has_lease = True
        if in_force is None:
            self._network.networks.set_linker(linker)
        linked = self._network.linker.link([each.text for each in waiting], [each.language for each in waiting])
        self._links.put(waiting, linked)
        return True

    def give_back(self) -> None:
        """Give the lease back, if it is ours."""
        if self._has_lease:
            self._has_lease = False
            self.lease.release()

    def _may_link(self, linker: str) -> bool:
        """True where the linker in force is ours: two linkers would undo each other's work without end."""
        own = self._network.linker.name
        if linker != own and self._told_of != linker:
            self._told_of = linker
            log.warning(
                "Texts wait for the linker %s, and this process has %s: c2c load places puts it in force.", linker, own
            )
        return linker == own
