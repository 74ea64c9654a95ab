"""`/number-kinds`, `/number-stock` and `/number-orders`: what numbers there are to have, and ordering one.

What belongs here: routes and shapes. What does not: who may order what and who wins a race (`apps.orders`).
"""

from datetime import datetime
from enum import StrEnum
from typing import Annotated

from django.db import transaction
from django.db.models import Count
from django.utils import timezone
from ninja import Path, Router, Schema, Status
from pydantic import ConfigDict, Field

from recado.api.v1.auth import ProgramRequest, key
from recado.api.v1.live_keys import refuse_test_key
from recado.api.v1.number_packages import NumberPackageOut, packages_shown
from recado.api.v1.paging import Page, PagingQuery, newest_first
from recado.api.v1.problems import Problem, ProblemOut, conflict, invalid
from recado.api.v1.recording import note
from recado.api.v1.shapes import Id, Text, phone_out
from recado.apps.accounts.models import Account
from recado.apps.accounts.scopes import Scope
from recado.apps.numbers.models import Number
from recado.apps.orders.errors import OrderError, OrderRefusal
from recado.apps.orders.models import NumberOrder
from recado.apps.orders.queries import all_stock, get_order_for, order_refusals, orders_of, stock
from recado.apps.orders.services import order_number, reopen_order, withdraw_order
from recado.apps.plans.price_lists import fees_of
from recado.apps.plans.queries import capabilities_on, keyword_quota, plan_of
from recado.core.number import NumberKind

router = Router(tags=["Numbers"])
REFUSALS = {
    OrderRefusal.SUSPENDED: ("account-suspended", "The account is suspended. Nothing can be ordered until it is open again."),
    OrderRefusal.NOT_FOR_ONE: ("not-to-order", "This kind is everybody's: reserve a keyword on one instead."),
    OrderRefusal.PREPAID: ("not-payable", "This kind cannot be paid in advance, as the plan asks for. Ask for another plan."),
    OrderRefusal.NOT_IN_PLAN: ("not-in-plan", "The plan does not include this kind. Ask for another plan."),
    OrderRefusal.TAKEN: ("number-taken", "The number is not free any more. Choose another one."),
    OrderRefusal.TOO_MANY: ("too-many-orders", "Five orders wait already. Withdraw one, or wait until the operator has dealt with them."),
    OrderRefusal.SETTLED: ("order-settled", "The order is not open any more. Look at its state."),
    OrderRefusal.OTHER_KIND: ("other-kind", "The number is of another kind than the one ordered."),
}


class NumberOrderState(StrEnum):
    """How far an order is; `NumberOrder.State` under a name that no other shape has."""

    OPEN = "open"
    ASSIGNED = "assigned"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"


class NumberKindOut(Schema):
    """A kind of number, as the account can have it."""

    kind: NumberKind
    abbreviation: str = Field(examples=["NDI"])
    is_shared: bool
    exact_keywords: bool
    advanced_keywords: bool = Field(description="Base, phrase and removing keywords.")
    handles_all_messages: bool
    surveys_contests_statistics: bool
    mms: bool
    keyword_quota: int | None = Field(description="Null: as many keywords as they like.")
    in_stock: int
    code: str | None = Field(description="Why the account cannot order one; null where it can.")
    packages: list[NumberPackageOut] = Field(description="What it costs; own numbers have one package without a name. None: nothing.")


class NumberKinds(Schema):
    """All kinds of number."""

    items: list[NumberKindOut]


class NumberStockOut(Schema):
    """A number that can be ordered."""

    id: int
    number: str
    kind: NumberKind


class NumberOrderIn(Schema):
    """A wish for a number."""

    model_config = ConfigDict(extra="forbid")
    kind: NumberKind
    number_id: Id | None = Field(default=None, description="One of the stock; null: any of the kind.")
    note: Annotated[Text, Field(max_length=500)] = Field(default="", description="To the operator.")


class NumberOrderOut(Schema):
    """An order, and what became of it."""

    id: int
    kind: NumberKind
    number_id: int | None
    number: str | None
    state: NumberOrderState
    note: str
    reason: str = Field(description="Where the operator refused: why.")
    ordered_at: datetime
    settled_at: datetime | None


@router.get(
    "/number-kinds",
    auth=key(Scope.KEYWORDS_READ),
    response=NumberKinds,
    operation_id="list_number_kinds",
    summary="Compare kinds of number",
)
def kinds(request: ProgramRequest) -> NumberKinds:
    """Say what each can do on the account's plan, what it costs net of VAT, and whether the account can order one."""
    refusals = order_refusals(request.account)
    counts = dict(all_stock().order_by().values_list("kind").annotate(Count("pk")))
    return NumberKinds(items=[_kind(request.account, kind, refusals[kind], counts.get(kind.value, 0)) for kind in NumberKind])


@router.get(
    "/number-stock",
    auth=key(Scope.KEYWORDS_READ),
    response=Page[NumberStockOut],
    operation_id="list_number_stock",
    summary="List numbers that can be ordered",
)
def in_stock(
    request: ProgramRequest,  # noqa: ARG001  # ninja hands it over
    paging: PagingQuery,
    kind: NumberKind,
    search: Annotated[Text, Field(max_length=20)] = "",
) -> Page[NumberStockOut]:
    """`search` is a piece of the number."""
    return newest_first(stock(kind, search), paging, lambda one: NumberStockOut(id=one.pk, number=phone_out(one.digits), kind=kind))


@router.get(
    "/number-orders", auth=key(Scope.KEYWORDS_READ), response=Page[NumberOrderOut], operation_id="list_number_orders", summary="List orders"
)
def orders(request: ProgramRequest, paging: PagingQuery) -> Page[NumberOrderOut]:
    """All the account ever ordered, the newest first."""
    return newest_first(orders_of(request.account), paging, _shown)


@router.post(
    "/number-orders",
    auth=key(Scope.KEYWORDS_WRITE),
    response={201: NumberOrderOut, 409: ProblemOut},
    operation_id="order_number",
    summary="Order a number",
)
@transaction.atomic
def order(request: ProgramRequest, body: NumberOrderIn) -> Status[NumberOrderOut]:
    """Hold it from now on until the operator gives it, or says why not. It may cost money, so a test key orders nothing."""
    refuse_test_key(request)
    number = Number.objects.filter(pk__in=stock(body.kind).values("pk"), pk=body.number_id).first() if body.number_id else None
    if body.number_id and number is None:
        raise invalid("body.number_id", "is not in the stock of this kind, or not any more")
    try:
        made = order_number(request.account, None, body.kind, number, body.note)
    except OrderError as error:
        raise _problem(error) from error
    note(request, "order.placed", _name(made), made.pk, after={"kind": body.kind.value, "note": made.note})
    return Status(201, _shown(made))


@router.get(
    "/number-orders/{order_id}",
    auth=key(Scope.KEYWORDS_READ),
    response=NumberOrderOut,
    operation_id="get_number_order",
    summary="Show an order",
)
def show(request: ProgramRequest, order_id: Path[Id]) -> NumberOrderOut:
    """How far it is."""
    return _shown(get_order_for(request.account, order_id))


@router.post(
    "/number-orders/{order_id}/withdraw",
    auth=key(Scope.KEYWORDS_WRITE),
    response={200: NumberOrderOut, 409: ProblemOut},
    operation_id="withdraw_number_order",
    summary="Withdraw an order",
)
@transaction.atomic
def withdraw(request: ProgramRequest, order_id: Path[Id]) -> NumberOrderOut:
    """Give up an order that waits; its number is free again."""
    found = get_order_for(request.account, order_id)
    try:
        withdraw_order(found, None)
    except OrderError as error:
        raise _problem(error) from error
    note(request, "order.withdrawn", _name(found), found.pk)
    return _shown(get_order_for(request.account, order_id))


@router.post(
    "/number-orders/{order_id}/reopen",
    auth=key(Scope.KEYWORDS_WRITE),
    response={200: NumberOrderOut, 409: ProblemOut},
    operation_id="reopen_number_order",
    summary="Take a withdrawal back",
)
@transaction.atomic
def reopen(request: ProgramRequest, order_id: Path[Id]) -> NumberOrderOut:
    """Let it wait again at its place, if its number is still free."""
    refuse_test_key(request)
    found = get_order_for(request.account, order_id)
    try:
        reopen_order(found)
    except OrderError as error:
        raise _problem(error) from error
    note(request, "order.reopened", _name(found), found.pk)
    return _shown(get_order_for(request.account, order_id))


def _problem(error: OrderError) -> Problem:
    return conflict(*REFUSALS[error.reason])


def _kind(account: Account, kind: NumberKind, refusal: OrderRefusal | None, count: int) -> NumberKindOut:
    can = capabilities_on(plan_of(account), kind)
    return NumberKindOut(
        kind=kind,
        abbreviation=can.abbreviation,
        is_shared=can.is_shared,
        exact_keywords=can.exact_keywords,
        advanced_keywords=can.advanced_keywords,
        handles_all_messages=can.all_messages,
        surveys_contests_statistics=can.surveys_contests_statistics,
        mms=can.mms,
        keyword_quota=keyword_quota(account, kind),
        in_stock=count,
        code=REFUSALS[refusal][0] if refusal else None,
        packages=packages_shown(fees_of(account, kind, timezone.now())),
    )


def _shown(order: NumberOrder) -> NumberOrderOut:
    return NumberOrderOut(
        id=order.pk,
        kind=NumberKind(order.kind),
        number_id=order.number_id,
        number=phone_out(order.number.digits) if order.number else None,
        state=NumberOrderState(order.state),
        note=order.note,
        reason=order.reason,
        ordered_at=order.ordered_at,
        settled_at=order.settled_at,
    )


def _name(order: NumberOrder) -> str:
    return order.number.digits if order.number else order.get_kind_display()
