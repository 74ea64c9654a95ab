"""Reads what decisions must know about each account itself: name, language, its zone, when it is open, and what answers cost it.

What a day off means for a rule belongs to `core.condition`; the days of the Polish law come from the library `holidays`.
"""

import json
from datetime import date, datetime
from functools import lru_cache
from typing import Any

import holidays

from recado.core.condition import Clock
from recado.core.opening import Hours, read_hours
from recado.core.price import STANDARD_PRICES
from recado.core.profile import Profile
from recado.store.dialect import Connection
from recado.store.phone_zones import zone_named
from recado.store.plans import load_prices

_ACCOUNTS = "SELECT id, name, language, time_zone, keeps_public_holidays, extra_holidays, working_hours FROM accounts_account"
_YEARS = range(2020, 2061)
"""A snapshot is used for as long as nobody changes the configuration, so more years than the next are known."""


def load_profiles(con: Connection, now: datetime) -> dict[int, Profile]:
    """Return all accounts by their ids, with the prices that hold now."""
    prices = load_prices(con, now)
    return {
        key: Profile(name, language, Clock(zone_named(zone), _days_off(public, own), _hours(hours)), prices.get(key, STANDARD_PRICES))
        for key, name, language, zone, public, own, hours in con.rows(_ACCOUNTS)
    }


def _hours(stored: Any) -> Hours:
    """Return the weekly hours, which SQLite keeps as text."""
    return read_hours(json.loads(stored) if isinstance(stored, str) else stored)


def _days_off(keeps_public: Any, own: str) -> frozenset[date]:
    """Put public holidays and the account's own days, one ISO date a line, together."""
    days = _public_holidays() if keeps_public else frozenset()
    return days | {date.fromisoformat(line) for line in own.split()} if own else days


@lru_cache(maxsize=1)
def _public_holidays() -> frozenset[date]:
    return frozenset(holidays.country_holidays("PL", years=_YEARS))
