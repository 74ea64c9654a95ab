"""Writes about orders: ordering, withdrawing, taking that back, assigning, refusing.

What belongs here: these changes, each safe where two people race. What does not: the state of the number itself (`apps.numbers`),
who may do it (the panels).
"""

from django.db import IntegrityError, transaction
from django.utils import timezone

from recado.apps.accounts.models import Account, User
from recado.apps.notifications.services import notify
from recado.apps.numbers.models import Number
from recado.apps.numbers.reminders import people_told
from recado.apps.numbers.services import assign_number
from recado.apps.orders.errors import OrderError, OrderRefusal
from recado.apps.orders.models import NumberOrder
from recado.apps.orders.queries import MOST_OPEN, order_refusals
from recado.core.number import NumberKind, NumberState


def order_number(account: Account, user: User | None, kind: NumberKind, number: Number | None = None, note: str = "") -> NumberOrder:
    """Order a number of a kind, this one if one is named: it is held from now on. Of two who want the same one, one gets OrderError.

    `user` is None where a program orders.
    """
    if refusal := order_refusals(account)[kind]:
        raise OrderError(refusal)
    try:
        with transaction.atomic():
            Account.objects.select_for_update().get(pk=account.pk)
            if NumberOrder.objects.filter(account=account, state=NumberOrder.State.OPEN).count() >= MOST_OPEN:
                raise OrderError(OrderRefusal.TOO_MANY)
            if number is not None:
                _check_in_stock(number, kind)
            return NumberOrder.objects.create(account=account, kind=kind.value, number=number, note=note.strip()[:500], ordered_by=user)
    except IntegrityError as error:  # another order holds it
        raise OrderError(OrderRefusal.TAKEN) from error


def withdraw_order(order: NumberOrder, user: User | None) -> None:
    """Give up an order that waits; the number it holds is free again."""
    _settle(order, user, NumberOrder.State.WITHDRAWN)


def reopen_order(order: NumberOrder) -> None:
    """Take a withdrawal back, if the number is still free; the order keeps its place."""
    try:
        with transaction.atomic():
            if order.number is not None:
                _check_in_stock(order.number, NumberKind(order.kind))
            withdrawn = NumberOrder.objects.filter(pk=order.pk, state=NumberOrder.State.WITHDRAWN)
            if not withdrawn.update(state=NumberOrder.State.OPEN, settled_at=None, settled_by=None):
                raise OrderError(OrderRefusal.SETTLED)
    except IntegrityError as error:
        raise OrderError(OrderRefusal.TAKEN) from error


@transaction.atomic
def assign_order(order: NumberOrder, number: Number, user: User) -> None:
    """Give the account what it ordered: the number picked, or another of the kind. Its people are told."""
    if number.kind != order.kind:
        raise OrderError(OrderRefusal.OTHER_KIND)
    _check_in_stock(number, NumberKind(order.kind))
    _settle(order, user, NumberOrder.State.ASSIGNED, number=number)
    assign_number(number, account=order.account)
    account, about = order.account, f"order:{order.pk}"
    notify(account, people_told(account), "order.assigned", {"number": number.digits}, f"/numbers/{number.pk}/", about=about)


@transaction.atomic
def refuse_order(order: NumberOrder, reason: str, user: User) -> None:
    """Say no, and why. The account's people are told."""
    _settle(order, user, NumberOrder.State.REFUSED, reason=reason.strip()[:300])
    account, about = order.account, f"order:{order.pk}"
    notify(account, people_told(account), "order.refused", {"why": order.reason}, "/numbers/", about=about)


def _check_in_stock(number: Number, kind: NumberKind) -> None:
    """Refuse a number that is not in stock; it stays locked until the transaction ends."""
    locked = Number.objects.select_for_update().get(pk=number.pk)
    if locked.kind != kind.value:
        raise OrderError(OrderRefusal.OTHER_KIND)
    if locked.state != NumberState.IN_STOCK.value or locked.account_id is not None:
        raise OrderError(OrderRefusal.TAKEN)


def _settle(order: NumberOrder, user: User | None, state: NumberOrder.State, *, number: Number | None = None, reason: str = "") -> None:
    """Close an order that is open; of two who do so at once, one gets OrderError."""
    order.state, order.settled_by, order.settled_at, order.reason = state, user, timezone.now(), reason
    if number is not None:
        order.number = number
    changed = {"state": state, "settled_by": user, "settled_at": order.settled_at, "reason": reason, "number": order.number}
    if not NumberOrder.objects.filter(pk=order.pk, state=NumberOrder.State.OPEN).update(**changed):
        raise OrderError(OrderRefusal.SETTLED)
