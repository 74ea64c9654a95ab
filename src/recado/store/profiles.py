"""Reads what decisions must know about each account itself: name, language, its zone, and the days on which it is closed.

What a day off means for a rule belongs to `core.condition`; the days of the Polish law come from the library `holidays`.
"""

from datetime import date
from functools import lru_cache
from typing import Any

import holidays

from recado.core.condition import Clock
from recado.core.profile import Profile
from recado.store.dialect import Connection
from recado.store.phone_zones import zone_named

_ACCOUNTS = "SELECT id, name, language, time_zone, keeps_public_holidays, extra_holidays FROM accounts_account"
_YEARS = range(2020, 2061)
"""A snapshot is used for as long as nobody changes the configuration, so more years than the next are known."""


def load_profiles(con: Connection) -> dict[int, Profile]:
    """Return all accounts by their ids."""
    return {
        key: Profile(name, language, Clock(zone_named(zone), _days_off(public, own)))
        for key, name, language, zone, public, own in con.rows(_ACCOUNTS)
    }


def _days_off(keeps_public: Any, own: str) -> frozenset[date]:
    """Put public holidays and the account's own days, one ISO date a line, together."""
    days = _public_holidays() if keeps_public else frozenset()
    return days | {date.fromisoformat(line) for line in own.split()} if own else days


@lru_cache(maxsize=1)
def _public_holidays() -> frozenset[date]:
    return frozenset(holidays.country_holidays("PL", years=_YEARS))
