"""Telling an account's people that a destination was paused because nothing arrives there.

What belongs here: whom, once for each pause. What does not: when it is paused (`core.pausing`), the sentence (`panel.notification_words`).
Who calls it, and how often, is `server.upkeep`.
"""

from datetime import datetime

from django.db import transaction

from recado.apps.accounts.models import Role, User
from recado.apps.notifications.services import notify
from recado.apps.outbox.models import Destination
from recado.core.pausing import PauseReason

TOLD_ROLES = (Role.OWNER, Role.ADMIN)
AT_ONCE = 1000


def tell_all(now: datetime) -> None:
    """Tell owners and admins of what is paused and nobody was told of yet."""
    untold = Destination.objects.filter(paused_at__isnull=False, pause_told_at=None).select_related("account")
    for destination in untold.order_by("id")[:AT_ONCE]:
        _tell(destination, now)


@transaction.atomic
def _tell(destination: Destination, now: datetime) -> None:
    same = Destination.objects.filter(pk=destination.pk, paused_at=destination.paused_at, pause_told_at=None)
    if not same.update(pause_told_at=now) or destination.account.is_suspended or destination.pause_reason == PauseReason.BY_HAND:
        return
    account = destination.account
    people = User.objects.filter(memberships__account=account, memberships__role__in=TOLD_ROLES, is_active=True)
    page = f"/forwards/{destination.pk}/"
    if destination.pause_reason == PauseReason.GONE:
        notify(account, people, "forward.gone", {"name": destination.name}, page)
    elif destination.pause_reason == PauseReason.MAILBOX:
        notify(account, people, "forward.mailbox", {"name": destination.name}, page)
    else:
        notify(account, people, "forward.paused", {"name": destination.name}, page)
