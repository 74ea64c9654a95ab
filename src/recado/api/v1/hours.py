"""When the company works: `/settings/hours`, `/settings/quiet-hours`.

What belongs here: routes and shapes. What does not: days off (`days_off`), what hours mean and which cannot be (`apps.accounts`).
"""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, time
from enum import StrEnum
from typing import Annotated

from django.db import transaction
from django.utils import timezone
from ninja import Router, Schema
from pydantic import Field

from recado.api.v1.auth import ProgramRequest, key
from recado.api.v1.exact import Flag
from recado.api.v1.problems import invalid
from recado.api.v1.recording import note
from recado.apps.accounts.company import (
    CompanyError,
    CompanyRefusal,
    hours_as_written,
    quiet_hours_as_written,
    save_hours,
    save_quiet_hours,
)
from recado.apps.accounts.models import Account
from recado.apps.accounts.public_holidays import days_off
from recado.apps.accounts.scopes import Scope
from recado.apps.accounts.working_hours import closing, from_json, next_opening
from recado.apps.numbers.services import bump_routing

router = Router(tags=["Settings"])
REFUSED = {
    CompanyRefusal.ENDS_FIRST: "closes before it opens; midnight is 00:00",
    CompanyRefusal.ONE_END_ONLY: "give both times, or null for both",
    CompanyRefusal.ALL_DAY: "it would be quiet all day; take another time, or null for both",
}


Clock = Annotated[str, Field(pattern="^([01][0-9]|2[0-3]):[0-5][0-9]$", examples=["09:00"])]


class Weekday(StrEnum):
    """A day of the week."""

    MON = "mon"
    TUE = "tue"
    WED = "wed"
    THU = "thu"
    FRI = "fri"
    SAT = "sat"
    SUN = "sun"


class Span(Schema):
    """When a day begins and ends; 00:00 as the end is midnight."""

    opens: Clock
    closes: Clock


class HoursIn(Schema):
    """When the company is open, on its own clocks."""

    days: dict[Weekday, Span] = Field(description="Weekdays left out are closed.")
    keeps_public_holidays: Flag = Field(description="Whether it is closed on Polish public holidays.")


class HoursOut(HoursIn):
    """When the company is open, and whether it is now."""

    closes_at: datetime | None = Field(description="Null: it is closed now.")
    opens_at: datetime | None = Field(description="When it opens next; null: not within a year.")


class QuietHours(Schema):
    """Between which times people are left alone, on the clock of whoever is written to; null for both: never."""

    quiet_from: Clock | None
    quiet_until: Clock | None


@router.get("/hours", auth=key(Scope.SETTINGS_READ), response=HoursOut, operation_id="get_hours", summary="Show working hours")
def show_hours(request: ProgramRequest) -> HoursOut:
    """By weekday, in the company's time zone."""
    return _hours(request.account)


@router.put("/hours", auth=key(Scope.SETTINGS_WRITE), response=HoursOut, operation_id="set_hours", summary="Set working hours")
@transaction.atomic
def set_hours(request: ProgramRequest, body: HoursIn) -> HoursOut:
    """Replace the whole week; rules and autoresponders follow at once."""
    account = request.account
    hours = {day.value: (time.fromisoformat(span.opens), time.fromisoformat(span.closes)) for day, span in body.days.items()}
    before = hours_as_written(account, from_json(account.working_hours))
    with _refused("body.days."):
        save_hours(account, hours, keeps_public_holidays=body.keeps_public_holidays)
    bump_routing()
    note(request, "hours.changed", before=before, after=hours_as_written(account, hours))
    return _hours(account)


@router.get("/quiet-hours", auth=key(Scope.SETTINGS_READ), response=QuietHours, operation_id="get_quiet_hours", summary="Show quiet hours")
def show_quiet_hours(request: ProgramRequest) -> QuietHours:
    """Nothing but direct answers is sent in them."""
    return _quiet(request.account)


@router.put("/quiet-hours", auth=key(Scope.SETTINGS_WRITE), response=QuietHours, operation_id="set_quiet_hours", summary="Set quiet hours")
@transaction.atomic
def set_quiet_hours(request: ProgramRequest, body: QuietHours) -> QuietHours:
    """Set both ends, or null for both."""
    account = request.account
    before = quiet_hours_as_written(account)
    begins, ends = (time.fromisoformat(clock) if clock else None for clock in (body.quiet_from, body.quiet_until))
    with _refused("body."):
        save_quiet_hours(account, begins, ends)
    note(request, "quiet_hours.changed", before=before, after=quiet_hours_as_written(account))
    return _quiet(account)


@contextmanager
def _refused(place: str) -> Iterator[None]:
    try:
        yield
    except CompanyError as error:
        raise invalid(f"{place}{error.field}", REFUSED[error.reason]) from error


def _hours(account: Account) -> HoursOut:
    usual, now = from_json(account.working_hours), timezone.now().astimezone(account.zone)
    closed = days_off(account, now.date())
    return HoursOut(
        days={Weekday(day): Span(opens=f"{opens:%H:%M}", closes=f"{closes:%H:%M}") for day, (opens, closes) in usual.items()},
        keeps_public_holidays=account.keeps_public_holidays,
        closes_at=closing(usual, closed, now),
        opens_at=next_opening(usual, closed, now),
    )


def _quiet(account: Account) -> QuietHours:
    written = [f"{moment:%H:%M}" if moment else None for moment in (account.quiet_from, account.quiet_until)]
    return QuietHours(quiet_from=written[0], quiet_until=written[1])
