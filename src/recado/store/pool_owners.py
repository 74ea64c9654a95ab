"""Whose a text to a pool number (ECO+) is: the account that wrote to that phone from that number, and no other one did since.

What belongs here: asking the pool for a whole group. What does not: choosing pool numbers, what follows from a text (`core.decide`).
"""

from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import datetime

from recado.core.correlation import CORRELATION_WINDOW
from recado.store.dialect import Connection
from recado.store.ids import greatest_before
from recado.store.insert import BIGINT, TEXT
from recado.store.load import CONCERNED_WITHIN
from recado.store.replies import ORDERED_AHEAD

Asked = tuple[int, str, bool]
"""Number, MSISDN, and whether the text is a test."""
_PLACE = (BIGINT, TEXT)

_OWNERS = """SELECT u.number_id, u.msisdn, u.account_id FROM {keys} CROSS JOIN outbox_pooluse u
    WHERE u.msisdn = k.b AND u.number_id = k.a AND u.used_at >= ?"""
_OF_TESTS = """SELECT o.number_id, o.recipient, MIN(o.account_id), MAX(o.account_id)
    FROM {keys} CROSS JOIN outbox_outboundmessage o
    WHERE o.recipient = k.b AND o.id > ? AND o.number_id = k.a AND o.is_test AND o.account_id IS NOT NULL AND o.created_at >= ?
    GROUP BY o.number_id, o.recipient"""
_WRITERS = """SELECT DISTINCT o.account_id, o.recipient, o.number_id
    FROM {keys} CROSS JOIN outbox_outboundmessage o
    WHERE o.recipient = k.b AND o.id > ? AND o.number_id = k.a AND NOT o.is_test AND o.account_id IS NOT NULL AND o.state <> 'unsent'
        AND COALESCE(o.sent_at, o.created_at) >= ?"""


@dataclass(slots=True)
class PoolOwners:
    """What the pool says about the texts of a group. A test is never taken for real, nor the other way round."""

    owners: dict[Asked, int] = field(default_factory=dict)
    """Whose a text is: nobody else writes there within that time, so nothing is guessed."""
    former: dict[Asked, set[int]] = field(default_factory=dict)
    """Who else wrote there in the time in which an opt-out still concerns them (product.md §4); asked where a text has no owner."""

    def concerned(self, asked: Asked) -> set[int]:
        """Return the accounts that an opt-out is about: whose text it is, else whoever wrote there."""
        owner = self.owners.get(asked)
        return {owner} if owner is not None else self.former.get(asked, set())

    def dialogues(self) -> set[tuple[int, int, str]]:
        """Return (account, number, MSISDN) of all of them."""
        owning = {(account, number, msisdn) for (number, msisdn, _), account in self.owners.items()}
        return owning | {(account, number, msisdn) for (number, msisdn, _), accounts in self.former.items() for account in accounts}


def load_pool_owners(con: Connection, asked: Collection[Asked], about_consent: Collection[Asked], now: datetime) -> PoolOwners:
    """Ask the pool whose texts are, and of those about consent that are nobody's, whom they concern."""
    found = PoolOwners()
    stamp, since = con.dialect.timestamp, now - CORRELATION_WINDOW
    for number, msisdn, account in con.rows_for(_OWNERS, _PLACE, _places(asked, is_test=False), after=(stamp(since),)):
        found.owners[number, msisdn, False] = account
    tests = _places(asked, is_test=True)
    for number, msisdn, least, greatest in con.rows_for(_OF_TESTS, _PLACE, tests, after=(_least(since), stamp(since))):
        if least == greatest:  # tests take no place in the pool
            found.owners[number, msisdn, True] = least
    since = now - CONCERNED_WITHIN
    orphaned = _places([one for one in about_consent if one not in found.owners], is_test=False)
    for account, msisdn, number in con.rows_for(_WRITERS, _PLACE, orphaned, after=(_least(since), stamp(since))):
        found.former.setdefault((number, msisdn, False), set()).add(account)
    return found


def _places(asked: Collection[Asked], *, is_test: bool) -> list[tuple[int, str]]:
    return sorted({(number, msisdn) for number, msisdn, test in asked if test is is_test})


def _least(since: datetime) -> int:
    return greatest_before(int((since - ORDERED_AHEAD).timestamp() * 1000))
