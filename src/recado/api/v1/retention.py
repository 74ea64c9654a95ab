"""`/settings/retention`: how long the company keeps messages and files.

What belongs here: routes and shapes. What does not: saving (`apps.accounts.retention`), deleting (`apps.dialogues.retention`).
"""

from typing import Annotated

from django.db import transaction
from django.utils import timezone
from ninja import Router, Schema
from pydantic import Field, Strict

from recado.api.v1.auth import ProgramRequest, key
from recado.api.v1.recording import note
from recado.apps.accounts.models import Account
from recado.apps.accounts.retention import retention_as_written, retention_of, save_retention
from recado.apps.accounts.scopes import Scope
from recado.core.retention import LONGEST_DAYS, LONGEST_MONTHS

router = Router(tags=["Settings"])
Months = Annotated[int, Strict(), Field(ge=0, le=LONGEST_MONTHS)]
Days = Annotated[int, Strict(), Field(ge=0, le=LONGEST_DAYS)]


class RetentionIn(Schema):
    """How long what is kept; 0: for ever, null: as the installation has it."""

    messages_months: Months | None = Field(description="After so many months messages lose texts, subjects and files.")
    files_days: Days | None = Field(description="After so many days pictures and files of MMS are deleted; 0: with their message.")


class HeldFor(Schema):
    """What holds; 0: for ever."""

    messages_months: int
    files_days: int


class RetentionOut(RetentionIn):
    """What was chosen, and what holds."""

    in_force: HeldFor


@router.get(
    "/retention", auth=key(Scope.SETTINGS_READ), response=RetentionOut, operation_id="get_retention", summary="Show how long data are kept"
)
def show_retention(request: ProgramRequest) -> RetentionOut:
    """Of messages that are older phone, time and state stay."""
    return _out(request.account)


@router.put(
    "/retention", auth=key(Scope.SETTINGS_WRITE), response=RetentionOut, operation_id="set_retention", summary="Set how long data are kept"
)
@transaction.atomic
def set_retention(request: ProgramRequest, body: RetentionIn) -> RetentionOut:
    """Choose both; deleting begins a day later and cannot be undone."""
    account = request.account
    before = retention_as_written(account)
    save_retention(account, body.messages_months, body.files_days, timezone.now())
    note(request, "retention.changed", before=before, after=retention_as_written(account))
    return _out(account)


def _out(account: Account) -> RetentionOut:
    held = retention_of(account)
    return RetentionOut(
        messages_months=account.keeps_messages_months,
        files_days=account.keeps_files_days,
        in_force=HeldFor(messages_months=held.messages_months, files_days=held.files_days),
    )
