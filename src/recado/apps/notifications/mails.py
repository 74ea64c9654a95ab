"""Which notifications are to go out by e-mail now, and noting that they have.

What belongs here: finding, claiming, settling. What does not: writing and sending (`panel.notice_mail`), when one is due (`choices`).
"""

from collections.abc import Iterable
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Exists, OuterRef, Q

from recado.apps.accounts.models import MailNotices, Membership
from recado.apps.notifications.models import Notification

AGAIN_AFTER = timedelta(minutes=10)
"""When it is tried again if the mail server did not take it, or we were stopped in between."""
NO_NEWS_AFTER = timedelta(days=2)
"""How old a notification is that no mail is worth; one a day waits for at most a day."""
AT_ONCE = 500


def claim_due(now: datetime) -> list[Notification]:
    """Take what is due, by person and account; what nobody wants any more is settled unsent."""
    is_member = Exists(Membership.objects.filter(user=OuterRef("user"), account=OuterRef("account")))
    is_of_no_use = Q(read_at__isnull=False) | Q(created_at__lt=now - NO_NEWS_AFTER) | Q(user__is_active=False)
    is_unwanted = Q(user__mail_notices=MailNotices.OFF) | ~is_member
    with transaction.atomic():
        due = Notification.objects.filter(mail_due_at__lte=now)
        due.filter(is_of_no_use | is_unwanted).update(mail_due_at=None)
        claimed = list(due.select_related("user", "account").order_by("user_id", "account_id", "id")[:AT_ONCE])
        Notification.objects.filter(pk__in=[each.pk for each in claimed]).update(mail_due_at=now + AGAIN_AFTER)
    return claimed


def settle(notifications: Iterable[Notification]) -> None:
    """Note that the mail about them went out."""
    Notification.objects.filter(pk__in=[each.pk for each in notifications]).update(mail_due_at=None)
