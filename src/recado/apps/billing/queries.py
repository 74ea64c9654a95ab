"""Reads about an account's money.

What belongs here: what an account has and may still spend. What does not: statements (`statements`), invoices (`documents`).
"""

from dataclasses import dataclass

from recado.apps.accounts.models import Account
from recado.apps.billing.models import Wallet


@dataclass(frozen=True, slots=True)
class Standing:
    """Where an account's money stands, in minor units."""

    balance: int
    reserved: int
    floor: int | None
    """None: it may owe any amount."""

    @property
    def left(self) -> int | None:
        """What it may still spend; None where nothing limits it."""
        return None if self.floor is None else self.balance - self.reserved - self.floor


def standing(account: Account) -> Standing:
    """Return where an account's money stands."""
    wallet = Wallet.objects.filter(account=account).first()
    return Standing(wallet.balance, wallet.reserved, wallet.floor) if wallet else Standing(0, 0, None)
