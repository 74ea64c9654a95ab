"""The chain of the activity log: each entry is tied by SHA-256 to the one before, so that what is changed or taken out later shows.

What belongs here: hashing and verifying. What does not: writing entries (`services`). The chain tells of changes behind Recado's back;
who can write the database and knows this module can also forge a whole new chain.
"""

import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass

from recado.apps.audit.models import AuditEntry, AuditHead


@dataclass(frozen=True, slots=True)
class Broken:
    """Where a chain does not hold."""

    chain: int
    """The account's id; 0 for the installation's own chain."""
    entry_id: int | None
    """The first entry that does not fit; None where entries at the end are missing."""


def chain_of(entry: AuditEntry) -> int:
    """Return the key of the chain an entry belongs to."""
    return entry.account_id or 0


def digest(entry: AuditEntry) -> str:
    """Return the SHA-256 of the entry before and of everything this one says, as canonical JSON."""
    said = [
        entry.previous_sha256,
        chain_of(entry),
        entry.actor,
        entry.is_operator,
        entry.action,
        entry.object_name,
        entry.object_id,
        entry.before,
        entry.after,
        entry.at.isoformat(),
    ]
    return hashlib.sha256(json.dumps(said, sort_keys=True, separators=(",", ":")).encode()).hexdigest()


def broken_chains() -> Iterator[Broken]:
    """Go through every chain and yield the first fault of each."""
    for head in AuditHead.objects.order_by("chain"):
        fault = _fault(head)
        if fault:
            yield fault


def _fault(head: AuditHead) -> Broken | None:
    of_chain = AuditEntry.objects.filter(account_id=head.chain) if head.chain else AuditEntry.objects.filter(account=None)
    entries = of_chain.exclude(sha256="").order_by("id")  # those without are older than the chain
    previous, count = "", 0
    for entry in entries.iterator(chunk_size=1000):
        if entry.previous_sha256 != previous or entry.sha256 != digest(entry):
            return Broken(head.chain, entry.pk)
        previous, count = entry.sha256, count + 1
    return None if (previous, count) == (head.sha256, head.entry_count) else Broken(head.chain, None)
