"""How long an account keeps its messages and the files of its MMS.

What belongs here: what was chosen, and what holds where nothing was. What does not: deleting (`apps.dialogues.retention`).
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.db.models import Q

from recado.apps.accounts.models import Account
from recado.core.retention import FOR_EVER, LONGEST_DAYS, LONGEST_MONTHS

GRACE = timedelta(days=1)
"""So long after a change nothing is deleted: whoever chose wrongly can choose again."""
RETENTION_FIELDS = ("keeps_messages_months", "keeps_files_days")


class RetentionError(ValueError):
    """A time is negative or longer than there is; `field` says which."""

    def __init__(self, field: str) -> None:
        super().__init__(field)
        self.field = field


@dataclass(frozen=True, slots=True)
class Retention:
    """What holds for an account; 0 is for ever (`core.retention.FOR_EVER`)."""

    messages_months: int
    files_days: int


def installation_retention() -> Retention:
    """Return what holds for accounts that chose nothing."""
    return Retention(settings.RECADO.keep_messages_months, settings.RECADO.keep_files_days)


def retention_of(account: Account) -> Retention:
    """Return what holds for an account."""
    usual = installation_retention()
    months, days = account.keeps_messages_months, account.keeps_files_days
    return Retention(usual.messages_months if months is None else months, usual.files_days if days is None else days)


def save_retention(account: Account, messages_months: int | None, files_days: int | None, now: datetime) -> None:
    """Choose; None is what holds on the installation, 0 for ever. Raise RetentionError."""
    for field, value, longest in zip(RETENTION_FIELDS, (messages_months, files_days), (LONGEST_MONTHS, LONGEST_DAYS), strict=True):
        if value is not None and not FOR_EVER <= value <= longest:
            raise RetentionError(field)
    account.keeps_messages_months, account.keeps_files_days, account.retention_set_at = messages_months, files_days, now
    account.save(update_fields=[*RETENTION_FIELDS, "retention_set_at"])


def retention_as_written(account: Account) -> dict[str, str]:
    """Return the choice as the activity log keeps it: numbers, `forever`, or nothing for what holds on the installation."""
    values = ((name, getattr(account, name)) for name in RETENTION_FIELDS)
    return {name: "" if value is None else "forever" if value == FOR_EVER else str(value) for name, value in values}


def accounts_that_forget(now: datetime) -> list[Account]:
    """Return accounts that keep something for a while only, but those that changed it within GRACE."""
    usual = installation_retention()
    forgets = Q()
    for field, value in zip(RETENTION_FIELDS, (usual.messages_months, usual.files_days), strict=True):
        forgets |= Q(**{f"{field}__gt": FOR_EVER})
        if value != FOR_EVER:
            forgets |= Q(**{f"{field}__isnull": True})
    settled = Q(retention_set_at__isnull=True) | Q(retention_set_at__lte=now - GRACE)
    return list(Account.objects.filter(forgets, settled).order_by("pk"))
