"""Telling an account's people that a reservation of theirs ends soon.

What belongs here: whom, once for each end. What does not: when it is due (`core.reminder`), the sentence (`panel.notification_words`).
Who calls it, and how often, is `server.notice_mails`.
"""

from datetime import datetime

from django.db import transaction

from recado.apps.accounts.models import Account, Role, User
from recado.apps.keywords.models import Keyword
from recado.apps.keywords.overview import all_ending_soon
from recado.apps.notifications.services import notify
from recado.core.reminder import is_due

REMINDED_ROLES = (Role.OWNER, Role.ADMIN, Role.EDITOR)
ENDING = "keyword.ending"


def remind_all(now: datetime) -> None:
    """Tell owners and editors of the keywords whose end is near and that they were not told of yet; suspended accounts wait."""
    ending = all_ending_soon(now).filter(account__is_suspended=False).select_related("account")
    for keyword in ending:
        if is_due(keyword.ends_at, keyword.reminded_at, now):
            _tell(keyword.account, keyword, now)


@transaction.atomic
def _tell(account: Account, keyword: Keyword, now: datetime) -> None:
    # Of two who look at once, only one still finds the old value.
    if not Keyword.objects.filter(pk=keyword.pk, reminded_at=keyword.reminded_at).update(reminded_at=now):
        return
    people = User.objects.filter(memberships__account=account, memberships__role__in=REMINDED_ROLES, is_active=True)
    ends_at = keyword.ends_at.isoformat() if keyword.ends_at else ""
    notify(account, people, ENDING, {"word": keyword.word, "ends_at": ends_at}, f"/keywords/{keyword.pk}/")
