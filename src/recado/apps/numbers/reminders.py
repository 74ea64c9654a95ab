"""Telling an account's people that a number of theirs ends soon.

What belongs here: whom, once for each end. What does not: when it is due (`core.reminder`), the sentence (`panel.notification_words`).
Who calls it, and how often, is `server.notice_mails`.
"""

from datetime import datetime, timedelta

from django.db import transaction

from recado.apps.accounts.models import Account, Role, User
from recado.apps.notifications.services import notify
from recado.apps.numbers.models import Number
from recado.apps.numbers.queries import ending_numbers
from recado.core.reminder import is_due

TOLD_ROLES = (Role.OWNER, Role.ADMIN, Role.EDITOR)
"""Who hears of what becomes of the account's numbers."""


def people_told(account: Account) -> list[User]:
    """Return who in the account is told about its numbers."""
    return list(User.objects.filter(memberships__account=account, memberships__role__in=TOLD_ROLES, is_active=True))


def remind_all(now: datetime) -> None:
    """Tell people of the numbers whose end is near and that they were not told of yet; suspended accounts wait."""
    for number in ending_numbers(now).filter(account__is_suspended=False).select_related("account"):
        if number.account is not None and is_due(number.expires_at, number.reminded_at, now):
            _tell(number.account, number, now)


@transaction.atomic
def _tell(account: Account, number: Number, now: datetime) -> None:
    # Of two who look at once, only one still finds the old value.
    if not Number.objects.filter(pk=number.pk, reminded_at=number.reminded_at).update(reminded_at=now):
        return
    ends_at = (number.expires_at - timedelta(seconds=1)).isoformat() if number.expires_at else ""  # the last day
    notify(account, people_told(account), "number.ending", {"number": number.digits, "ends_at": ends_at}, f"/numbers/{number.pk}/")
