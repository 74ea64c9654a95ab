"""`/settings/days-off`: days on which the company is closed.

What belongs here: routes and shapes. What does not: hours (`hours`), which days are public holidays (`apps.accounts`).
"""

from datetime import date
from typing import Annotated

from django.db import transaction
from django.utils import timezone
from ninja import Path, Router, Schema, Status
from pydantic import AfterValidator, BeforeValidator

from recado.api.v1.auth import ProgramRequest, key
from recado.api.v1.exact import only_text
from recado.api.v1.problems import not_found
from recado.api.v1.recording import note
from recado.apps.accounts.company import (
    own_days_off,
    save_days_off,
)
from recado.apps.accounts.models import Account
from recado.apps.accounts.public_holidays import public_holidays
from recado.apps.accounts.scopes import Scope
from recado.apps.numbers.services import bump_routing

router = Router(tags=["Settings"])
EARLIEST, LATEST = date(2000, 1, 1), date(2099, 12, 31)


def _usual(day: date) -> date:
    if not EARLIEST <= day <= LATEST:
        raise ValueError(f"must lie between {EARLIEST:%Y} and {LATEST:%Y}")
    return day


Day = Annotated[date, BeforeValidator(only_text), AfterValidator(_usual)]


class DayIn(Schema):
    """A day on which the company is closed."""

    day: Day


class HolidayOut(Schema):
    """A public holiday."""

    day: date
    name: str


class DaysOffOut(Schema):
    """The company's own days off, and public holidays of this year and the next."""

    own: list[date]
    public: list[HolidayOut]


@router.get("/days-off", auth=key(Scope.SETTINGS_READ), response=DaysOffOut, operation_id="list_days_off", summary="List days off")
def list_days_off(request: ProgramRequest) -> DaysOffOut:
    """At most 200 of its own; public ones count where `keeps_public_holidays` of the hours says so."""
    return _days_off(request.account)


@router.post("/days-off", auth=key(Scope.SETTINGS_WRITE), response={201: DaysOffOut}, operation_id="add_day_off", summary="Add a day off")
@transaction.atomic
def add_day_off(request: ProgramRequest, body: DayIn) -> Status[DaysOffOut]:
    """Close the company on one more day; one that is there already stays. Beyond 200 the oldest go."""
    before = own_days_off(request.account)
    if body.day not in before:
        save_days_off(request.account, [*before, body.day])
        bump_routing()
        note(request, "day_off.added", body.day.isoformat())
    return Status(201, _days_off(request.account))


@router.delete(
    "/days-off/{day}", auth=key(Scope.SETTINGS_WRITE), response={204: None}, operation_id="remove_day_off", summary="Remove a day off"
)
@transaction.atomic
def remove_day_off(request: ProgramRequest, day: Path[Day]) -> Status[None]:
    """Make one of its own days off a usual day again."""
    before = own_days_off(request.account)
    if day not in before:
        raise not_found()
    save_days_off(request.account, [each for each in before if each != day])
    bump_routing()
    note(request, "day_off.removed", day.isoformat())
    return Status(204, None)


def _days_off(account: Account) -> DaysOffOut:
    year = timezone.now().astimezone(account.zone).year
    public = [HolidayOut(day=day, name=name) for each in (year, year + 1) for day, name in public_holidays(each, account.language)]
    return DaysOffOut(own=own_days_off(account), public=public)
