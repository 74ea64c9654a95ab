"""Telling an account's people that its credit is used up and automatic replies are not sent for it.

What belongs here: when that is so, whom it is told, at most once a day. What does not: refusing (`core.breaker`, `store.write`), alerts at
amounts people chose, the sentence (`panel.notification_words`). Who calls it is `server.upkeep`.
"""

from datetime import datetime, timedelta

from django.db.models import F, Q

from recado.apps.accounts.models import Account, Role, User
from recado.apps.billing.models import Wallet
from recado.apps.billing.queries import standing
from recado.apps.notifications.services import notify
from recado.apps.plans.queries import prices_for
from recado.core.price import Service

TOLD_ROLES = (Role.OWNER, Role.ADMIN)
SHOWN_FOR = timedelta(days=1)
ONE_NOTICE = timedelta(days=1)


def is_broke(account: Account, now: datetime) -> bool:
    """Say whether replies were refused lately, and still would be."""
    found = standing(account)
    if found.left is None or found.refused_at is None or found.refused_at < now - SHOWN_FOR:
        return False
    return found.left < prices_for(account)[Service.FULL]


def tell_broke(now: datetime) -> None:
    """Tell owners and admins of accounts whose replies were refused since they were last told, once a day."""
    untold = Q(told_at=None) | Q(told_at__lt=F("refused_at"), told_at__lte=now - ONE_NOTICE)
    waiting = Wallet.objects.filter(untold, refused_at__gt=now - SHOWN_FOR, account__is_suspended=False).select_related("account")
    for wallet in waiting.order_by("pk"):
        if Wallet.objects.filter(pk=wallet.pk, told_at=wallet.told_at).update(told_at=now):  # else another process was quicker
            people = User.objects.filter(memberships__account=wallet.account, memberships__role__in=TOLD_ROLES, is_active=True)
            notify(wallet.account, people, "credit.used_up", {}, "/", about=f"credit:{wallet.pk}:{now:%Y-%m-%d}")
