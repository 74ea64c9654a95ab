"""Pool numbers (ECO+) for panel and programs: taking one for a phone, and saying which one it would be.

What belongs here: joining services to `store.pool`. What does not: the choice itself (`core.correlation`), the pool of a campaign
(`apps.campaigns.preparing`).
"""

from collections.abc import Sequence
from datetime import datetime, timedelta

from django.conf import settings

from recado.apps.accounts.models import Account
from recado.apps.numbers.models import Number
from recado.apps.sql import lent_connection
from recado.store.pool import PoolNumber, load_pool, look_up_number, look_up_numbers, take_numbers


def correlation_window() -> timedelta:
    """Return how long a pool number stays tied to an account for a phone, as this installation has it."""
    return timedelta(days=settings.RECADO.correlation_days)


def pool_numbers() -> list[PoolNumber]:
    """Return the numbers of the pool that can send now."""
    return load_pool(lent_connection())


def pool_number_for(account: Account, msisdn: str, now: datetime) -> PoolNumber | None:
    """Say which pool number a message to a phone would leave from, without taking it; None where none is free for this account."""
    return look_up_number(lent_connection(), account.pk, msisdn, pool_numbers(), now, correlation_window())


def pool_numbers_for(account: Account, msisdns: Sequence[str], now: datetime) -> dict[str, PoolNumber]:
    """Say the same of many phones; one for which none is free is not in the answer."""
    return look_up_numbers(lent_connection(), account.pk, msisdns, pool_numbers(), now, correlation_window())


def take_pool_number(account: Account, msisdn: str, now: datetime, *, at: datetime, preferred: Number | None = None) -> PoolNumber | None:
    """Take a pool number for a message that goes out `at` a time, the preferred one if it is free; within the caller's transaction."""
    pool = pool_numbers()
    chosen = [one for one in pool if preferred is not None and one.id == preferred.pk]
    for some in (chosen, pool):
        if some and (taken := take_numbers(lent_connection(), account.pk, {msisdn: at}, some, now, correlation_window())):
            return taken[msisdn]
    return None


def take_pool_numbers(account: Account, msisdns: Sequence[str], now: datetime, *, at: datetime) -> dict[str, PoolNumber]:
    """Take a pool number for each of many phones; one for which none is free is not in the answer. Within the caller's transaction."""
    expected = dict.fromkeys(msisdns, at)
    return take_numbers(lent_connection(), account.pk, expected, pool_numbers(), now, correlation_window())


def number_for_test(msisdn: str, pool: Sequence[PoolNumber] | None = None) -> PoolNumber | None:
    """Return a pool number to show as the sender of a test, which takes none; None where the installation has no pool."""
    pool = pool_numbers() if pool is None else pool
    return pool[sum(map(ord, msisdn)) % len(pool)] if pool else None
