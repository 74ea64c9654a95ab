"""How far accounts may go: the floor of each wallet, from the plan and, where an account that pays afterwards has one, its own limit.

What belongs here: keeping the floors right when a plan, an account's plan or its limit changes. What does not: plans (`apps.plans`, which
knows nothing of money that was spent), checking the floor (`store.charging`, with every amount that is reserved).

A floor that rises above what an account has takes nothing back: what is reserved is sent, and nothing more.
"""

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from recado.apps.accounts.models import Account
from recado.apps.billing.models import Wallet
from recado.apps.plans.models import Plan
from recado.apps.plans.queries import accounts_on, plan_of
from recado.apps.sql import lent_connection
from recado.core.ledger import floor_on
from recado.store import charging


class PrepaidLimitError(ValueError):
    """Who pays before cannot owe anything, so that a limit would mean nothing."""


def floor_of(plan: Plan, own_limit: int | None = None) -> int | None:
    """Return below what an account on a plan may not go; None: it may owe any amount."""
    return floor_on(plan.credit_limit, own_limit, is_prepaid=plan.is_prepaid)


@transaction.atomic
def apply_terms(account: Account) -> None:
    """Let the wallet follow the account's plan and limit; call it where either changed, in that transaction."""
    charging.open_wallet(lent_connection(), account.pk, timezone.now())
    wallet = Wallet.objects.select_for_update().get(account=account)
    Wallet.objects.filter(pk=wallet.pk).update(floor=floor_of(plan_of(account), wallet.own_limit), updated_at=timezone.now())


@transaction.atomic
def apply_terms_of_plan(plan: Plan) -> None:
    """Let all wallets on a plan follow it; those with a limit of their own keep it where the plan is paid afterwards."""
    on_it = Wallet.objects.filter(account__in=accounts_on(plan).order_by())
    on_it.filter(own_limit=None).update(floor=floor_of(plan), updated_at=timezone.now())
    on_it.exclude(own_limit=None).update(floor=0 if plan.is_prepaid else -F("own_limit"), updated_at=timezone.now())


@transaction.atomic
def set_own_limit(account: Account, amount: int | None) -> None:
    """Let an account owe as much as this whatever limit its plan has; None: as the plan says.

    Raises ValueError below nothing, and PrepaidLimitError where the plan is paid in advance.
    """
    if amount is not None and amount < 0:
        raise ValueError("a limit is not below nothing")
    if amount and plan_of(account).is_prepaid:
        raise PrepaidLimitError("this account pays in advance")
    charging.open_wallet(lent_connection(), account.pk, timezone.now())
    Wallet.objects.filter(account=account).update(own_limit=amount)
    apply_terms(account)
