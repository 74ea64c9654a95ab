"""Writes notifications.

What belongs here: telling somebody, marking as read. What does not: the sentences (`panel.notification_words`), sending mail.
"""

from collections.abc import Iterable, Mapping
from zoneinfo import ZoneInfo

from django.utils import timezone

from recado.apps.accounts.models import Account, Membership, User
from recado.apps.changes import Change, announce
from recado.apps.notifications.choices import mail_due, muted_by
from recado.apps.notifications.models import Notification


def notify(account: Account, users: Iterable[User], kind: str, values: Mapping[str, str | int], url: str, *, about: str = "") -> None:
    """Tell people of the account something, except those who do not want to hear of it; their open pages show it at once.

    What has the same `about` is told to nobody twice.
    """
    people = list(users)
    memberships = {each.user_id: each for each in Membership.objects.filter(account=account, user__in=people)}
    knowing = set(Notification.objects.filter(user__in=people, about=about).values_list("user_id", flat=True)) if about else set()
    now = timezone.now()
    told = []
    for user in people:
        member = memberships.get(user.pk)
        if user.pk in knowing or (member and kind in muted_by(member)):
            continue
        is_mailed = member is not None and (member.mailed_notices is None or kind in member.mailed_notices)
        moment = now.astimezone(ZoneInfo(user.time_zone or account.time_zone))
        due = mail_due(user, is_mailed=is_mailed, moment=moment)
        fact = {"values": dict(values), "url": url, "about": about or None}
        told.append(Notification(account=account, user=user, kind=kind, created_at=now, mail_due_at=due, **fact))
    if told:
        Notification.objects.bulk_create(told, ignore_conflicts=bool(about))  # another process may have told it meanwhile
        announce(Change("notification", account.pk))


def mark_all_read(account: Account, user: User) -> None:
    """Note that the person has seen all there are."""
    if Notification.objects.filter(account=account, user=user, read_at=None).update(read_at=timezone.now()):
        announce(Change("notification", account.pk))


def mark_read(notification: Notification) -> None:
    """Note that the person has seen one."""
    if Notification.objects.filter(pk=notification.pk, read_at=None).update(read_at=timezone.now()):
        announce(Change("notification", notification.account_id))
