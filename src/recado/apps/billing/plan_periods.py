"""Remembers which plan an account was on from which day, so that each day is billed by its plan.

What belongs here: these rows. What does not: putting an account on a plan (`apps.plans.services`).
"""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from datetime import date

from django.db import transaction

from recado.apps.accounts.models import Account
from recado.apps.billing.fees_of import ALWAYS
from recado.apps.billing.models import PlanPeriod
from recado.apps.plans.models import Plan
from recado.apps.plans.queries import plans_of


@transaction.atomic
def note_plan_change(account: Account, before: Plan, after: Plan, day: date) -> None:
    """Note that an account pays another plan's fees from a day on; call it in the transaction of the change."""
    if not PlanPeriod.objects.filter(account=account).exists() and before.pk is not None:
        PlanPeriod.objects.create(account=account, plan=before, from_day=ALWAYS)
    PlanPeriod.objects.filter(account=account, from_day__gt=day).delete()
    PlanPeriod.objects.update_or_create(account=account, from_day=day, defaults={"plan": after})


def paid_after(accounts: Collection[Account]) -> Mapping[int, Sequence[tuple[date, bool]]]:
    """Return for each account from which days on it paid for texts afterwards, and from which before, in order."""
    found: dict[int, list[tuple[date, bool]]] = defaultdict(list)
    noted = PlanPeriod.objects.filter(account__in=[account.pk for account in accounts]).order_by("from_day")
    for account_id, from_day, is_prepaid in noted.values_list("account_id", "from_day", "plan__is_prepaid"):
        found[account_id].append((from_day, not is_prepaid))
    return {pk: found.get(pk) or [(ALWAYS, not plan.is_prepaid)] for pk, plan in plans_of(accounts).items()}
