"""Reads of notifications: a person's newest, one of them, how many are unread.

What belongs here: what the bell asks. What does not: telling somebody (`services`).
"""

from recado.apps.accounts.models import Account, User
from recado.apps.notifications.models import Notification

PAGE = 50
UNREAD_WITHIN = 100
"""So many of the newest are looked at when the unread are counted."""


def notifications_of(account: Account, user: User, *, before_id: int | None = None, limit: int = PAGE) -> list[Notification]:
    """Return a person's notifications in an account, newest first, older than one of them if asked."""
    rows = Notification.objects.filter(account=account, user=user)
    if before_id is not None:
        rows = rows.filter(id__lt=before_id)
    return list(rows.order_by("-id")[:limit])


def get_notification_for(account: Account, user: User, notification_id: int) -> Notification:
    """Return a notification of the person; raise Notification.DoesNotExist for all others."""
    return Notification.objects.get(account=account, user=user, pk=notification_id)


def unread_notifications(account: Account, user: User) -> int:
    """Count the unread among the newest."""
    newest = Notification.objects.filter(account=account, user=user).order_by("-id").values_list("read_at", flat=True)
    return sum(read_at is None for read_at in newest[:UNREAD_WITHIN])
