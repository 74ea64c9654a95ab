"""`/billing`: how the account stands, its limits and what the month costs; alerts.

What belongs here: routes and shapes. What does not: other plans (`billing_plans`), invoices and statements (`billing_documents`), sums
(`apps.billing`).
"""

from datetime import date
from typing import Annotated

from django.db import transaction
from ninja import Router, Schema
from pydantic import Field, Strict

from recado.api.v1.auth import ProgramRequest, key
from recado.api.v1.billing_documents import InvoiceOut, invoice_out
from recado.api.v1.billing_plans import PlanOut, PlanRequestOut, plan_out
from recado.api.v1.recording import note
from recado.apps.accounts.models import Account
from recado.apps.accounts.scopes import Scope
from recado.apps.billing.alerts import alerts_of, low_credit, save_alerts
from recado.apps.billing.documents import overdue_of
from recado.apps.billing.due import fees_of_month, spent_by_origin
from recado.apps.billing.plan_requests import open_request_of
from recado.apps.billing.queries import is_used_up, standing
from recado.apps.billing.sellers import seller
from recado.apps.billing.subscriptions import today_of
from recado.apps.outbox.models import Origin
from recado.apps.plans.queries import keyword_limits, plan_of, prices_for
from recado.core.billing import month_of
from recado.core.number import NumberKind
from recado.core.price import Service

router = Router(tags=["Billing"])
MOST_ALERTS = 3
Amount = Annotated[int, Strict(), Field(ge=0, lt=10**11)]


class LimitOut(Schema):
    """How many keywords may be held on numbers of a kind."""

    kind: NumberKind
    held: int
    most: int | None = Field(description="Null: no limit.")


class TextsOut(Schema):
    """Texts of this month that are paid for, by who caused them."""

    origin: Origin
    count: int
    cost: int


class MonthOut(Schema):
    """What a month costs so far."""

    month: str = Field(examples=["2026-11"])
    texts: list[TextsOut]
    fees: int = Field(description="Numbers and packages of keywords.")
    total: int


class BillingOut(Schema):
    """How the account stands; all amounts in minor units, net."""

    plan: PlanOut
    prices: dict[Service, int] = Field(description="Of one segment; of an MMS as a whole.")
    balance: int = Field(description="Below nothing: what it owes.")
    reserved: int = Field(description="Of that, reserved for what is on its way.")
    left: int | None = Field(description="What can still be spent; null: any amount.")
    owed: int
    credit_limit: int | None = Field(description="What it may owe; null: there is no such limit.")
    is_low: bool
    is_used_up: bool = Field(description="What is left does not reach for one text.")
    overdue: list[InvoiceOut]
    limits: list[LimitOut]
    month: MonthOut
    alerts: list[int]
    plan_request: PlanRequestOut | None
    top_up_text: str = Field(description="How to pay in, in the operator's words.")


class AlertsIn(Schema):
    """At which amounts people of the account are told."""

    amounts: list[Amount] = Field(max_length=MOST_ALERTS, description="Minor units left, or owed by who pays afterwards; empty: the usual.")


class AlertsOut(Schema):
    """Amounts at which people of the account are told, the greatest first."""

    amounts: list[int]


@router.get("", auth=key(Scope.BILLING_READ), response=BillingOut, operation_id="get_billing", summary="Show plan, limits and credit")
def show(request: ProgramRequest) -> BillingOut:
    """Everything but invoices and movements in one answer."""
    account, today = request.account, today_of(request.account)
    stands, found, asked = standing(account), seller(), open_request_of(account)
    return BillingOut(
        plan=plan_out(plan_of(account)),
        prices=dict(prices_for(account)),
        balance=stands.balance,
        reserved=stands.reserved,
        left=stands.left,
        owed=stands.owed,
        credit_limit=-stands.floor if stands.floor else None,
        is_low=low_credit(account) is not None,
        is_used_up=is_used_up(account),
        overdue=[invoice_out(one) for one in overdue_of(account, today)],
        limits=[LimitOut(kind=each.kind, held=each.held, most=each.most) for each in keyword_limits(account)],
        month=_month(account, month_of(today)),
        alerts=alerts_of(account),
        plan_request=PlanRequestOut(plan=plan_out(asked.plan), asked_at=asked.created_at) if asked else None,
        top_up_text=found.top_up_text if found else "",
    )


@router.put("/alerts", auth=key(Scope.BILLING_WRITE), response=AlertsOut, operation_id="set_credit_alerts", summary="Set credit alerts")
@transaction.atomic
def set_alerts(request: ProgramRequest, body: AlertsIn) -> AlertsOut:
    """Replace the amounts at which owners, admins and billing people are told."""
    before = alerts_of(request.account)
    save_alerts(request.account, body.amounts)
    after = alerts_of(request.account)
    note(request, "credit.alerts_changed", request.account.name, before={"amounts": _noted(before)}, after={"amounts": _noted(after)})
    return AlertsOut(amounts=after)


def _month(account: Account, month: date) -> MonthOut:
    spent, fees = spent_by_origin(account, month), fees_of_month(account, month)
    texts = [TextsOut(origin=Origin(origin), count=count, cost=cost) for origin, (count, cost) in spent.items()]
    return MonthOut(month=f"{month:%Y-%m}", texts=texts, fees=fees, total=fees + sum(each.cost for each in texts))


def _noted(amounts: list[int]) -> str:
    """Write amounts as the activity log keeps them: `20,00 zł, 5,00 zł`."""
    return ", ".join(f"{amount // 100},{amount % 100:02} zł" for amount in amounts)
