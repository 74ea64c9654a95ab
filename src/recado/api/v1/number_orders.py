"""`/number-orders`: wishes for a number, and what became of them.

What belongs here: routes and shapes. What does not: who may order what and who wins a race (`apps.orders`).
"""

from datetime import datetime
from enum import StrEnum
from typing import Annotated

from django.db import transaction
from ninja import Path, Router, Schema, Status
from pydantic import ConfigDict, Field

from recado.api.v1.auth import ProgramRequest, key
from recado.api.v1.live_keys import refuse_test_key
from recado.api.v1.number_shapes import ORDER_REFUSALS
from recado.api.v1.paging import Page, PagingQuery, newest_first
from recado.api.v1.problems import Problem, ProblemOut, conflict, invalid
from recado.api.v1.recording import note
from recado.api.v1.shapes import Id, Text, phone_out
from recado.apps.accounts.scopes import Scope
from recado.apps.numbers.models import Number
from recado.apps.orders.errors import OrderError
from recado.apps.orders.models import NumberOrder
from recado.apps.orders.queries import get_order_for, orders_of, stock
from recado.apps.orders.services import order_number, reopen_order, withdraw_order
from recado.core.number import NumberKind

router = Router(tags=["Numbers"])


class NumberOrderState(StrEnum):
    """How far an order is; `NumberOrder.State` under a name that no other shape has."""

    OPEN = "open"
    ASSIGNED = "assigned"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"


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
    return conflict(*ORDER_REFUSALS[error.reason])


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
