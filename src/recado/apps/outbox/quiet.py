"""Quiet hours of an account, asked for one phone.

What belongs here: whether a text may leave now, for whoever writes one. What does not: the arithmetic (`core.quiet`), group sends (the
feeder of `delivery` keeps them). Direct answers are excepted: people who answer a conversation and automatic replies do not ask.
"""

from datetime import datetime

from recado.apps.accounts.models import Account
from recado.core.quiet import QuietHours, next_allowed
from recado.store.phone_zones import zone_named, zones_of


def quiet_hours_of(account: Account) -> QuietHours | None:
    """Return the account's quiet hours, None where it keeps none."""
    if account.quiet_from is None or account.quiet_until is None:
        return None
    return QuietHours(account.quiet_from, account.quiet_until)


def quiet_until(account: Account, msisdn: str, now: datetime) -> datetime | None:
    """Return when the quiet hours end that hold now on the phone's wall clock; None where a text may leave at once."""
    allowed = next_allowed(now, quiet_hours_of(account), zones_of(msisdn, zone_named(account.time_zone)))
    return allowed if allowed > now else None


def clock_of(account: Account, msisdn: str, moment: datetime) -> datetime:
    """Return a moment as the clock of a phone shows it, as far as its number tells; of several zones the first."""
    return moment.astimezone(zones_of(msisdn, zone_named(account.time_zone))[0])
