"""Customers asking for another plan; the operator changes it on the account's page.

What belongs here: asking once, and settling. What does not: putting an account on a plan (`apps.plans.services`).
"""

from datetime import datetime

from django.db import transaction
from django.db.models import QuerySet

from recado.apps.accounts.models import Account, User
from recado.apps.billing.models import PlanRequest
from recado.apps.plans.models import Plan


@transaction.atomic
def ask_for_plan(account: Account, plan: Plan, by: User | None) -> None:
    """Ask for a plan; what was asked for before and waits is replaced. None: a program asks."""
    PlanRequest.objects.update_or_create(account=account, settled_at=None, defaults={"plan": plan, "asked_by": by})


def open_requests() -> QuerySet[PlanRequest]:
    """Return what customers wait for, the oldest first."""
    return PlanRequest.objects.filter(settled_at=None).select_related("account", "plan").order_by("created_at")


def open_request_of(account: Account) -> PlanRequest | None:
    """Return what an account waits for."""
    return open_requests().filter(account=account).first()


def settle_request(request_id: int, now: datetime) -> PlanRequest:
    """Take a request off the list; raise PlanRequest.DoesNotExist where there is none."""
    found = PlanRequest.objects.select_related("account", "plan").get(pk=request_id)
    PlanRequest.objects.filter(pk=request_id, settled_at=None).update(settled_at=now)
    return found
