"""Telling an account's people that a code pool runs low, and that it is empty: once each, until it is filled again.

What belongs here: whom and when. What does not: the sentence (`panel.notification_words`). Who calls it, and how often, is `server.upkeep`.
"""

from datetime import datetime

from django.db import transaction
from django.db.models import Q

from recado.apps.accounts.models import Role, User
from recado.apps.codes.models import Code, CodePool
from recado.apps.notifications.services import notify

TOLD_ROLES = (Role.OWNER, Role.ADMIN)


def tell_all(now: datetime) -> None:
    """Tell of every pool that hands out codes and has few or none left; forget having told where there are enough again."""
    for pool in CodePool.objects.select_related("account").order_by("id").iterator():
        free = Code.objects.filter(pool=pool, msisdn__isnull=True, withdrawn_at__isnull=True)[: pool.low_at + 1].count()
        if free > pool.low_at:
            if pool.told_low_at or pool.told_empty_at:
                CodePool.objects.filter(pk=pool.pk).update(told_low_at=None, told_empty_at=None)
        elif (pool.told_empty_at if not free else pool.told_low_at) is None:
            _tell(pool, free, now)


@transaction.atomic
def _tell(pool: CodePool, free: int, now: datetime) -> None:
    """Tell once; not of a pool that was never used, and of an empty one not that it runs low."""
    if not Code.objects.filter(pool=pool, handed_at__isnull=False).exists():
        return
    untold = Q(told_low_at=None) if free else Q(told_empty_at=None)
    told = {"told_low_at": now} if free else {"told_low_at": pool.told_low_at or now, "told_empty_at": now}
    if not CodePool.objects.filter(untold, pk=pool.pk).update(**told) or pool.account.is_suspended:
        return
    people = User.objects.filter(memberships__account=pool.account, memberships__role__in=TOLD_ROLES, is_active=True)
    page = f"/codes/{pool.pk}/"
    if free:
        notify(pool.account, people, "codes.low", {"name": pool.name, "left": free}, page)
    else:
        notify(pool.account, people, "codes.empty", {"name": pool.name}, page)
