"""Other plans: which may be asked for, what each would change, asking for one.

What belongs here: routes and shapes. What does not: the figures (`apps.billing.plan_preview`), changing the plan (the operator).
"""

from datetime import datetime

from django.db import transaction
from django.utils import timezone
from ninja import Router, Schema
from pydantic import Field

from recado.api.v1.auth import ProgramRequest, key
from recado.api.v1.exact import ExactId
from recado.api.v1.problems import not_found
from recado.api.v1.recording import note
from recado.api.v1.shapes import Id
from recado.apps.accounts.models import Account
from recado.apps.accounts.scopes import Scope
from recado.apps.billing.fees_of import prices_of_plan
from recado.apps.billing.plan_preview import changes_with, difference_of
from recado.apps.billing.plan_requests import ask_for_plan, open_request_of
from recado.apps.billing.sellers import plans_to_ask_for
from recado.apps.billing.subscriptions import today_of
from recado.apps.plans.models import Plan
from recado.core.billing import Change
from recado.core.number import NumberKind
from recado.core.price import Service

router = Router(tags=["Billing"])


class PlanOut(Schema):
    """A plan."""

    id: int | None = Field(description="Null: the installation has no plans, and the standard prices hold.")
    name: str
    is_prepaid: bool


class PlanRequestOut(Schema):
    """Another plan the account asked for; the operator changes it."""

    plan: PlanOut
    asked_at: datetime


class ChangeOut(Schema):
    """What one thing the account has would cost for the rest of the month."""

    kind: NumberKind
    package: str
    number: str | None
    now: int
    then: int
    monthly_now: int
    monthly_then: int | None = Field(description="Null: it cannot be had there.")


class PlanPreviewOut(Schema):
    """What another plan would change from today on."""

    plan: PlanOut
    prices: dict[Service, int]
    changes: list[ChangeOut]
    difference: int = Field(description="More or less for the rest of the month.")


class PlanIn(Schema):
    """Which plan is asked for."""

    plan_id: ExactId


@router.get("/plans", auth=key(Scope.BILLING_READ), response=list[PlanOut], operation_id="list_plans", summary="List plans to ask for")
def list_plans(request: ProgramRequest) -> list[PlanOut]:
    """Those the operator offers, without the account's own; never many."""
    return [plan_out(plan) for plan in plans_to_ask_for(request.account)]


@router.get(
    "/plan-preview", auth=key(Scope.BILLING_READ), response=PlanPreviewOut, operation_id="preview_plan", summary="Preview another plan"
)
def preview_plan(request: ProgramRequest, plan_id: Id) -> PlanPreviewOut:
    """Say what would change if the account were on a plan from today on."""
    plan = _offered(request.account, plan_id)
    changes = list(changes_with(request.account, plan, today_of(request.account)))
    prices = dict(prices_of_plan(plan, timezone.now()))
    return PlanPreviewOut(
        plan=plan_out(plan), prices=prices, changes=[_change(each) for each in changes], difference=difference_of(changes)
    )


@router.post(
    "/plan-request", auth=key(Scope.BILLING_WRITE), response=PlanRequestOut, operation_id="ask_for_plan", summary="Ask for another plan"
)
@transaction.atomic
def ask(request: ProgramRequest, body: PlanIn) -> PlanRequestOut:
    """Ask the operator, who changes it; what was asked for before and waits is replaced."""
    plan = _offered(request.account, body.plan_id)
    ask_for_plan(request.account, plan, request.auth.owner)
    note(request, "account.plan_asked", plan.name, plan.pk)
    asked = open_request_of(request.account)
    return PlanRequestOut(plan=plan_out(plan), asked_at=asked.created_at if asked else timezone.now())


def _offered(account: Account, plan_id: int) -> Plan:
    found = next((plan for plan in plans_to_ask_for(account) if plan.pk == plan_id), None)
    if found is None:
        raise not_found()
    return found


def plan_out(plan: Plan) -> PlanOut:
    """Show a plan."""
    return PlanOut(id=plan.pk, name=plan.name, is_prepaid=plan.is_prepaid)


def _change(change: Change) -> ChangeOut:
    kind, package, digits = change.subject.split("|")
    return ChangeOut(
        kind=NumberKind(kind),
        package=package,
        number=digits or None,
        now=change.now,
        then=change.then,
        monthly_now=change.monthly_now,
        monthly_then=change.monthly_then,
    )
