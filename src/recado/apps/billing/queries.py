"""Reads of the ledger: how an account stands.

What belongs here: sums for pages, programs and alerts. What does not: recounting them (`self_check`), prices (`apps.plans`).
"""

from dataclasses import dataclass
from datetime import datetime

from recado.apps.accounts.models import Account
from recado.apps.billing.models import Wallet
from recado.apps.billing.terms import floor_of
from recado.apps.plans.queries import plan_of, prices_for
from recado.core.price import Service


@dataclass(frozen=True, slots=True)
class Standing:
    """What an account has, in minor units net of VAT."""

    balance: int
    """Below nothing: what it owes."""
    reserved: int
    """Of that, what is reserved for messages on their way and group sends."""
    floor: int | None
    """`balance - reserved` never goes below; None: any amount may be owed."""
    refused_at: datetime | None = None
    """When an automatic reply was last not sent because nothing was left."""

    @property
    def owed(self) -> int:
        """What is to be paid for, what is on its way included; nothing where there is credit."""
        return max(0, self.reserved - self.balance)

    @property
    def left(self) -> int | None:
        """What can still be spent; None: any amount. Below nothing where the terms became stricter meanwhile."""
        return None if self.floor is None else self.balance - self.reserved - self.floor


def standing(account: Account) -> Standing:
    """Return how an account stands; one whose money never moved has nothing."""
    wallet = Wallet.objects.filter(account=account).first()
    if wallet is None:
        return Standing(0, 0, floor_of(plan_of(account)))
    return Standing(wallet.balance, wallet.reserved, wallet.floor, wallet.refused_at)


def is_used_up(account: Account) -> bool:
    """Say whether what is left does not reach for one text any more."""
    left = standing(account).left
    return left is not None and left < prices_for(account)[Service.FULL]
