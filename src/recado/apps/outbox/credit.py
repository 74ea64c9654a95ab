"""Money for messages that people and programs order: reserved with the message, or the message is refused.

What belongs here: asking the ledger and saying how much is missing. What does not: the updates (`store.charging`), terms and top-ups
(`apps.billing`), automatic replies (`core.breaker`).
"""

from collections.abc import Collection
from datetime import datetime

from recado.apps.accounts.models import Account
from recado.apps.outbox.models import OutboundMessage
from recado.apps.sql import lent_connection
from recado.store import charging


class NoCreditError(ValueError):
    """The account's credit does not reach; `missing` says by how much, in minor units."""

    def __init__(self, missing: int) -> None:
        super().__init__(f"{missing} minor units are missing")
        self.missing = missing


def credit_left(account: Account) -> int | None:
    """Return what an account can still spend, in minor units, which may be less than nothing; None: any amount."""
    return charging.left(lent_connection(), [account.pk]).get(account.pk)


def missing_for(account: Account, amount: int) -> int:
    """Return by how much the credit does not reach for an amount; 0 where it does."""
    left = credit_left(account) if amount else None
    return 0 if left is None else max(0, amount - left)


def reserve_money(account: Account, amount: int, now: datetime) -> None:
    """Reserve an amount, in the transaction of what it is for; raise NoCreditError, whereupon that must be undone."""
    if not charging.reserve(lent_connection(), account.pk, amount, now):
        raise NoCreditError(max(1, missing_for(account, amount)))


def give_back(account_id: int, amount: int, now: datetime) -> None:
    """Give back what was reserved and belongs to no message."""
    charging.unreserve(lent_connection(), account_id, amount, now)


def reserve_money_again(message: OutboundMessage, price: int, now: datetime) -> bool:
    """Reserve the money of a message whose own was given back; False where the credit of its account does not reach."""
    return message.account_id is None or charging.reserve_again(lent_connection(), message.pk, message.account_id, price, now)


def release_money(outbound_ids: Collection[int], now: datetime) -> None:
    """Give back what is reserved for messages that will never leave; before their cost is set to nothing."""
    charging.release(lent_connection(), outbound_ids, now)
