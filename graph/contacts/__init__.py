"""What never enters the graph: contact details, consent and its history, and people whose consent is missing."""

from graph.contacts.records import (
    Access,
    Consent,
    ConsentEvent,
    ContactDetails,
    Held,
    Tally,
    WithheldPerson,
)
from graph.contacts.store import ContactStore

__all__ = ["Access", "Consent", "ConsentEvent", "ContactDetails", "ContactStore", "Held", "Tally", "WithheldPerson"]
