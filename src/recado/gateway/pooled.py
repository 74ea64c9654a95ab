"""Texts to pool numbers (ECO+): which of a group they are, and what the pool is asked about them.

What belongs here: from messages to questions. What does not: the pool's rows (`store.pool_owners`), what follows (`core.decide`).
"""

from collections.abc import Iterable
from datetime import datetime
from typing import Protocol

from recado.core.message import InboundMessage
from recado.core.ownership import Match
from recado.store.dialect import Connection
from recado.store.pool_owners import Asked, PoolOwners, load_pool_owners


class Pending(Protocol):
    """A message about to be decided on."""

    message: InboundMessage
    match: Match


def asked(one: Pending) -> Asked:
    """Say what the pool is asked about a message."""
    return one.match.number.number_id if one.match.number is not None else 0, one.message.sender, one.message.is_test


def ask_pool(con: Connection, pending: Iterable[Pending], now: datetime) -> PoolOwners:
    """Ask whose the texts to pool numbers are; of a group without any, nothing."""
    pooled = [one for one in pending if one.match.is_pooled]
    if not pooled:
        return PoolOwners()
    return load_pool_owners(con, [asked(one) for one in pooled], [asked(one) for one in pooled if one.match.awaits_concerned], now)
