"""`/number-kinds` and `/number-stock`: what numbers there are to have.

What belongs here: routes and shapes. What does not: ordering one (`number_orders`).
"""

from typing import Annotated

from django.db.models import Count
from django.utils import timezone
from ninja import Router, Schema
from pydantic import Field

from recado.api.v1.auth import ProgramRequest, key
from recado.api.v1.number_shapes import ORDER_REFUSALS, NumberPackageOut, packages_shown
from recado.api.v1.paging import Page, PagingQuery, newest_first
from recado.api.v1.shapes import Text, phone_out
from recado.apps.accounts.models import Account
from recado.apps.accounts.scopes import Scope
from recado.apps.orders.errors import OrderRefusal
from recado.apps.orders.queries import all_stock, order_refusals, stock
from recado.apps.plans.price_lists import fees_of
from recado.apps.plans.queries import capabilities_on, keyword_quota, plan_of
from recado.core.number import NumberKind

router = Router(tags=["Numbers"])


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
        code=ORDER_REFUSALS[refusal][0] if refusal else None,
        packages=packages_shown(fees_of(account, kind, timezone.now())),
    )
