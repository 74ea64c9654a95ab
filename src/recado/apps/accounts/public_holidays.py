"""Polish public holidays by year, and the days on which a company is closed.

What belongs here: which days. What does not: whether the company is open then (`working_hours`).
"""

from datetime import date
from functools import lru_cache

import holidays

from recado.apps.accounts.company import own_days_off
from recado.apps.accounts.models import Account

LANGUAGES = {"pl": "pl", "en": "en_US"}
"""Our languages to those of the list of holidays."""


@lru_cache(maxsize=64)
def public_holidays(year: int, language: str) -> tuple[tuple[date, str], ...]:
    """List the days off of a year by Polish law, with their names in the reader's language."""
    found = holidays.country_holidays("PL", years=year, language=LANGUAGES.get(language, "en_US"))
    return tuple(sorted((day, str(name)) for day, name in found.items()))


def days_off(account: Account, today: date) -> frozenset[date]:
    """Return the days around today on which the company is closed: its own, and public holidays where it keeps them."""
    own = frozenset(own_days_off(account))
    if not account.keeps_public_holidays:
        return own
    years = (today.year - 1, today.year, today.year + 1, today.year + 2)
    return own | {day for year in years for day, _name in public_holidays(year, "en")}
