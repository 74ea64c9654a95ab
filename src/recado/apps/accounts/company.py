"""Writes about the company itself: name, language, time zone, data for invoices, working and quiet hours.

What belongs here: what the account's managers decide for everybody in it. What does not: people (`team`), a person's own choices
(`preferences`).
"""

from collections.abc import Iterable, Mapping
from datetime import date, time
from enum import Enum

from recado.apps.accounts.models import Account
from recado.apps.accounts.working_hours import Hours, to_json

COMPANY_FIELDS = ("name", "language", "time_zone", "company", "tax_id", "address", "postcode", "city")
"""What is known about a company."""
LONGEST_LIST = 200
"""Own days off that are kept; beyond, the oldest go."""


class CompanyRefusal(Enum):
    """Why hours cannot be kept as asked."""

    ENDS_FIRST = "ends_first"
    """A day would close before it opens."""
    ONE_END_ONLY = "one_end_only"
    """Quiet hours have both ends or none."""
    ALL_DAY = "all_day"
    """It would be quiet always."""


class CompanyError(ValueError):
    """Hours cannot be kept as asked; `reason` says why, `field` where: a weekday, `quiet_from` or `quiet_until`."""

    def __init__(self, reason: CompanyRefusal, field: str) -> None:
        super().__init__(f"{field}: {reason.value}")
        self.reason, self.field = reason, field


def company_data(account: Account) -> dict[str, str]:
    """Return what is known about the company, field to value."""
    return {name: getattr(account, name) for name in COMPANY_FIELDS}


def save_company(account: Account, data: Mapping[str, str]) -> None:
    """Change the company's data; `data` has some or all of COMPANY_FIELDS."""
    for name in COMPANY_FIELDS:
        setattr(account, name, data.get(name, getattr(account, name)))
    account.save(update_fields=COMPANY_FIELDS)


def save_hours(account: Account, hours: Hours, *, keeps_public_holidays: bool) -> None:
    """Say when the company is open, and whether Polish public holidays are days off; raise CompanyError."""
    check_hours(hours)
    account.working_hours = to_json(hours)
    account.keeps_public_holidays = keeps_public_holidays
    account.save(update_fields=["working_hours", "keeps_public_holidays"])


def check_hours(hours: Hours) -> None:
    """Refuse a day that closes before it opens; midnight is its end. Raise CompanyError."""
    for day, (opens, closes) in hours.items():
        if closes <= opens and closes != time.min:
            raise CompanyError(CompanyRefusal.ENDS_FIRST, day)


def own_days_off(account: Account) -> list[date]:
    """List the company's own days off, in order."""
    return sorted(date.fromisoformat(line) for line in account.extra_holidays.split())


def save_days_off(account: Account, days: Iterable[date]) -> None:
    """Replace the company's own days off."""
    account.extra_holidays = "\n".join(day.isoformat() for day in sorted(set(days))[-LONGEST_LIST:])
    account.save(update_fields=["extra_holidays"])


def save_quiet_hours(account: Account, begins: time | None, ends: time | None) -> None:
    """Say when people are left alone, on the wall clock of whoever is written to; None for both: never. Raise CompanyError."""
    check_quiet_hours(begins, ends)
    account.quiet_from, account.quiet_until = begins, ends
    account.save(update_fields=["quiet_from", "quiet_until"])


def check_quiet_hours(begins: time | None, ends: time | None) -> None:
    """Refuse one end without the other, and a night without an end; raise CompanyError."""
    if (begins is None) is not (ends is None):
        raise CompanyError(CompanyRefusal.ONE_END_ONLY, "quiet_from" if begins is None else "quiet_until")
    if begins is not None and begins == ends:
        raise CompanyError(CompanyRefusal.ALL_DAY, "quiet_until")


def quiet_hours_as_written(account: Account) -> dict[str, str]:
    """Return the quiet hours as the activity log keeps them."""
    return {name: _write(moment) if (moment := getattr(account, name)) else "" for name in ("quiet_from", "quiet_until")}


def hours_as_written(account: Account, hours: Hours) -> dict[str, str]:
    """Return the hours as the activity log keeps them, weekday to `09:00-17:00`."""
    written = {day: f"{_write(opens)}-{_write(closes)}" for day, (opens, closes) in hours.items()}
    return {**written, "keeps_public_holidays": "yes" if account.keeps_public_holidays else "no"}


def _write(moment: time) -> str:
    return moment.strftime("%H:%M")
