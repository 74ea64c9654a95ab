"""Remembers which plan an account was on from which day, so that fees are shared among days when it changes.

What belongs here: these rows. What does not: putting an account on a plan (`apps.plans.services`).
"""

from datetime import date

from django.db import transaction

from recado.apps.accounts.models import Account
from recado.apps.billing.fees_of import ALWAYS
from recado.apps.billing.models import PlanPeriod
from recado.apps.plans.models import Plan


@transaction.atomic
def note_plan_change(account: Account, before: Plan, after: Plan, day: date) -> None:
    """Note that an account pays another plan's fees from a day on; call it in the transaction of the change."""
    if not PlanPeriod.objects.filter(account=account).exists() and before.pk is not None:
        PlanPeriod.objects.create(account=account, plan=before, from_day=ALWAYS)
    PlanPeriod.objects.filter(account=account, from_day__gt=day).delete()
    PlanPeriod.objects.update_or_create(account=account, from_day=day, defaults={"plan": after})
