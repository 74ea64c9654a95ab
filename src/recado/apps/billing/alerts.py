"""Telling an account's people that their credit runs low, or that what they owe grows, at the amounts they chose.

What belongs here: when to tell, once until it recovers, and saving the amounts. What does not: the sentence (`panel.notification_words`);
who calls it each minute (`server.upkeep`).
"""

from collections.abc import Collection
from datetime import datetime

from django.db import transaction
from django.db.models import Case, F, Q, QuerySet, Value, When

from recado.apps.accounts.models import Account, Role, User
from recado.apps.billing.models import CreditAlert, Wallet
from recado.apps.billing.queries import standing
from recado.apps.notifications.services import notify
from recado.apps.plans.queries import default_plan, plan_of

TOLD_ROLES = (Role.OWNER, Role.ADMIN, Role.BILLING)
FIRST_AMOUNT = 2000
"""At how much left who pays before is told as long as nobody chose: 20 zł."""


def save_alerts(account: Account, amounts: Collection[int]) -> None:
    """Set the amounts at which an account is told; those that stay keep whether it was told. None: told when nothing is left."""
    wanted = set(amounts) or {0}
    with transaction.atomic():
        CreditAlert.objects.filter(account=account).exclude(amount__in=wanted).delete()
        known = set(CreditAlert.objects.filter(account=account).values_list("amount", flat=True))
        CreditAlert.objects.bulk_create([CreditAlert(account=account, amount=amount) for amount in sorted(wanted - known)])


def alerts_of(account: Account) -> list[int]:
    """Return the amounts at which an account is told, those that nobody chose included."""
    chosen = list(CreditAlert.objects.filter(account=account).order_by("-amount").values_list("amount", flat=True))
    return chosen or ([FIRST_AMOUNT] if plan_of(account).is_prepaid else [])


def low_credit(account: Account) -> int | None:
    """Return what is left to an account that pays before and was told that it is little; None where it is not so."""
    told = CreditAlert.objects.filter(account=account).exclude(told_at=None)
    return standing(account).left if plan_of(account).is_prepaid and told.exists() else None


def tell_reached(now: datetime) -> None:
    """Tell people of amounts that were reached, and be ready to tell again of those that recovered."""
    _give_first()
    for alert in _reached().filter(told_at=None).select_related("account__plan", "account__wallet"):
        _tell(alert, now)
    CreditAlert.objects.exclude(told_at=None).exclude(pk__in=_reached().values("pk")).update(told_at=None)


def _prepaid() -> Q:
    own = Q(account__plan__is_prepaid=True)
    return own | Q(account__plan=None) if default_plan().is_prepaid else own


def _reached() -> QuerySet[CreditAlert]:
    left = F("account__wallet__balance") - F("account__wallet__reserved")
    alerts = CreditAlert.objects.filter(account__wallet__isnull=False, account__is_suspended=False)
    # Who pays before has this much left; who pays after has spent more than it.
    stands = Case(When(_prepaid(), then=left), default=left + 2 * F("amount") + Value(1))
    return alerts.annotate(stands=stands).filter(Q(amount__gte=F("stands"))).exclude(~_prepaid() & Q(amount=0))


def _give_first() -> None:
    """Give whoever pays before and chose nothing the usual alert."""
    wallets = Wallet.objects.filter(_prepaid(), account__credit_alerts=None).exclude(balance=0)
    alerts = [CreditAlert(account_id=account_id, amount=FIRST_AMOUNT) for account_id in wallets.values_list("account_id", flat=True)]
    CreditAlert.objects.bulk_create(alerts, ignore_conflicts=True)


@transaction.atomic
def _tell(alert: CreditAlert, now: datetime) -> None:
    # Of two who look at once, only one still finds that nobody was told.
    if not CreditAlert.objects.filter(pk=alert.pk, told_at=None).update(told_at=now):
        return
    account, wallet = alert.account, alert.account.wallet
    people = list(User.objects.filter(memberships__account=account, memberships__role__in=TOLD_ROLES, is_active=True))
    free = wallet.balance - wallet.reserved
    if plan_of(account).is_prepaid:
        notify(account, people, "credit.low", {"minor_units": free}, "/billing/")
    else:
        notify(account, people, "credit.owed", {"minor_units": -free}, "/billing/")
