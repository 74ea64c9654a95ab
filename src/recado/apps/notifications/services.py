"""Writes notifications.

What belongs here: telling somebody, marking as read. What does not: the sentences (`panel.notification_words`), sending mail.
"""

from collections.abc import Iterable, Mapping

from django.utils import timezone

from recado.apps.accounts.models import Account, User
from recado.apps.changes import Change, announce
from recado.apps.notifications.models import Notification


def notify(account: Account, users: Iterable[User], kind: str, values: Mapping[str, str | int], url: str) -> None:
    """Tell people of the account something; their open pages show it at once."""
    told = [Notification(account=account, user=user, kind=kind, values=dict(values), url=url) for user in users]
    if told:
        Notification.objects.bulk_create(told)
        announce(Change("notification", account.pk))


def mark_all_read(account: Account, user: User) -> None:
    """Note that the person has seen all there are."""
    if Notification.objects.filter(account=account, user=user, read_at=None).update(read_at=timezone.now()):
        announce(Change("notification", account.pk))


def mark_read(notification: Notification) -> None:
    """Note that the person has seen one."""
    if Notification.objects.filter(pk=notification.pk, read_at=None).update(read_at=timezone.now()):
        announce(Change("notification", notification.account_id))
