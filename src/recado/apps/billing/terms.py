"""Terms of accounts: how far the money of each may go, by its plan and by what was agreed with it alone.

What belongs here: the floor of wallets. What does not: what is in them (`services`), plans themselves (`apps.plans`).
"""

from django.db import transaction
from django.utils import timezone

from recado.apps.accounts.models import Account
from recado.apps.billing.models import Wallet
from recado.apps.plans.models import Plan
from recado.apps.plans.queries import accounts_on, plan_of


@transaction.atomic
def apply_terms(account: Account) -> None:
    """Give an account the floor its plan and its own limit ask for; it gets a wallet where it has none."""
    plan = plan_of(account)
    wallet, _made = Wallet.objects.select_for_update().get_or_create(account=account)
    limit = plan.credit_limit if wallet.own_limit is None else wallet.own_limit
    wallet.floor = 0 if plan.is_prepaid else None if limit is None else -limit
    wallet.updated_at = timezone.now()
    wallet.save(update_fields=["floor", "updated_at"])


@transaction.atomic
def apply_terms_of_plan(plan: Plan) -> None:
    """Do the same for everybody on a plan."""
    for account in accounts_on(plan).order_by("pk"):
        apply_terms(account)


@transaction.atomic
def set_own_limit(account: Account, amount: int | None) -> None:
    """Say how much an account may owe where that is not what its plan says; None: as the plan says."""
    Wallet.objects.get_or_create(account=account)
    Wallet.objects.filter(account=account).update(own_limit=amount)
    apply_terms(account)
